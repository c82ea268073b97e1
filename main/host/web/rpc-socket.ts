import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import { type WebSocket, WebSocketServer } from 'ws';
import { CONTRACT_VERSION, type Contract } from '../../../shared/contract/contract.ts';
import { contractProtocol } from '../../../shared/contract/handshake.ts';
import { SIGNED_OUT_STATUS } from '../../../shared/contract/session.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Admit, CallContext } from '../access/admit.ts';
import { offered } from '../access/authenticate.ts';
import type { Admission } from '../access/caller.ts';
import type { Logger } from '../log.ts';

/** The implementation of the whole contract. */
export type ContractRouter = Router<Contract, CallContext>;

/** Bytes of one message: a task with thousands of patterns is far smaller. */
const MESSAGE_LIMIT = 4 * 1024 * 1024;
const PING_MILLISECONDS = 30_000;
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;
const CLOSE_MILLISECONDS = 2_000;

/** Serves the contract over WebSocket connections. */
export class RpcSocket {
  readonly #handler: RPCHandler<CallContext>;
  readonly #server: WebSocketServer;
  readonly #log: Logger;

  /** `admit` sees every call before the engine does. */
  constructor(router: ContractRouter, admit: Admit, log: Logger) {
    this.#handler = new RPCHandler<CallContext>(router, { clientInterceptors: [admit] });
    this.#log = log;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: MESSAGE_LIMIT,
      perMessageDeflate: false,
      handleProtocols: () => contractProtocol(CONTRACT_VERSION),
    });
  }

  /**
   * Takes over the socket of a request that was let in.
   * @throws HoldfastError `host.contract-mismatch` when the client does not speak this contract.
   */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, admission: Admission): void {
    const client = offered(request).version ?? 'unknown';
    if (client !== String(CONTRACT_VERSION)) {
      throw new HoldfastError('host.contract-mismatch', { client, host: CONTRACT_VERSION });
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket, admission));
  }

  /** Says goodbye to every client; cuts those that do not answer. */
  async close(): Promise<void> {
    const open = [...this.#server.clients];
    await Promise.all(open.map(sayGoodbye));
    this.#server.close();
  }

  #serve(webSocket: WebSocket, admission: Admission): void {
    this.#log.info({ user: admission.caller.user }, 'client connected');
    webSocket.on('error', (error) => this.#log.warn({ problem: error.message }, 'client failed'));
    webSocket.on('close', (status) => this.#log.info({ status }, 'client gone'));
    keepAlive(webSocket);
    endWith(webSocket, admission.ended);
    // Only `send` is used by `message` and `close`; the declared type asks for a whole browser socket.
    const peer = { send: (data: Message) => sendAndWait(webSocket, data) } as unknown as Peer;
    webSocket.on('message', (data, isBinary) => {
      // Nothing in the contract is binary.
      if (isBinary) return this.#dismiss(webSocket, new TypeError());
      const context: CallContext = { admission, face: 'rpc' };
      this.#handler
        .message(peer, String(data), { context })
        .catch((error: unknown) => this.#dismiss(webSocket, error));
    });
    webSocket.on('close', () => this.#handler.close(peer));
  }

  /** What cannot be read or answered ends the connection. The error's text may quote the message: not logged. */
  #dismiss(webSocket: WebSocket, error: unknown): void {
    if (webSocket.readyState !== webSocket.OPEN) return;
    this.#log.warn({ problem: error instanceof Error ? error.name : 'unknown' }, 'message not understood');
    webSocket.close(POLICY_VIOLATION, 'message not understood');
  }
}

type Peer = Parameters<RPCHandler<CallContext>['close']>[0];
type Message = Parameters<WebSocket['send']>[0];

/**
 * Resolves when the message has left for the network. oRPC awaits it before it asks an event iterator for more,
 * so a slow client holds up its own stream instead of filling the host's memory.
 */
function sendAndWait(webSocket: WebSocket, data: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    webSocket.send(data, (error) => (error ? reject(error) : resolve()));
  });
}

/** Ends a connection whose other end no longer answers, as after a sleep or a pulled cable. */
function keepAlive(webSocket: WebSocket): void {
  let answered = true;
  webSocket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return webSocket.terminate();
    answered = false;
    webSocket.ping();
  }, PING_MILLISECONDS);
  webSocket.on('close', () => clearInterval(timer));
}

/** Closes a connection whose session is over: what it only listens to must end too. */
function endWith(webSocket: WebSocket, ended: AbortSignal | undefined): void {
  if (ended === undefined) return;
  const close = () => webSocket.close(SIGNED_OUT_STATUS, 'signed out');
  ended.addEventListener('abort', close, { once: true });
  if (ended.aborted) close();
  webSocket.on('close', () => ended.removeEventListener('abort', close));
}

function sayGoodbye(webSocket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => webSocket.terminate(), CLOSE_MILLISECONDS);
    webSocket.on('close', () => {
      clearTimeout(cut);
      resolve();
    });
    webSocket.close(GOING_AWAY, 'the host stops');
  });
}
