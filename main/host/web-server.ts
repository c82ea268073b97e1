import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { HEALTH_PATH, RPC_PATH } from '../../shared/contract/handshake.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { type Address, authority, requireLoopback } from './address.ts';
import { authenticate } from './authenticate.ts';
import { guardRequest } from './guard.ts';
import type { Logger } from './log.ts';
import { answerHealth, refuse, refuseUpgrade } from './refusal.ts';
import { findRoute, type Route } from './routes.ts';
import { type ContractRouter, RpcSocket } from './rpc-socket.ts';

const HEADER_BYTES = 16 * 1024;
const HEADERS_MILLISECONDS = 10_000;
const REQUEST_MILLISECONDS = 30_000;
const MOST_CONNECTIONS = 256;

export interface WebServerOptions extends Address {
  readonly router: ContractRouter;
  readonly token: string;
  readonly log: Logger;
}

/** A listening host. */
export interface WebServer {
  /** `http://127.0.0.1:41234`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Listens on a loopback address and serves the contract on `/rpc` to whoever has the token.
 * @throws HoldfastError `host.not-loopback`, `host.address-in-use`
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  requireLoopback(options.address);
  const rpc = new RpcSocket(options.router, options.log);
  const routes: readonly Route[] = [
    { method: 'GET', path: HEALTH_PATH, open: true, answer: (_request, response) => answerHealth(response) },
  ];
  const server = createServer({
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: HEADERS_MILLISECONDS,
    requestTimeout: REQUEST_MILLISECONDS,
  });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, options);
  const gate = { port, token: options.token, log: options.log };
  server.on('request', (request, response) => void answer(request, response, routes, gate));
  server.on('upgrade', (request, socket, head) => upgrade(request, socket, head, rpc, gate));
  return {
    url: `http://${authority({ address: options.address, port })}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await rpc.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a request is checked against. */
interface Gate {
  readonly port: number;
  readonly token: string;
  readonly log: Logger;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly Route[],
  gate: Gate,
): Promise<void> {
  try {
    guardRequest(request, gate.port);
    const method = request.method ?? 'GET';
    const route = findRoute(routes, method, request.url ?? '/');
    if (route?.open !== true) authenticate(request, gate.token);
    if (route === undefined) throw noSuchPage(request);
    await route.answer(request, response);
  } catch (error) {
    logRefusal(gate.log, request, error);
    refuse(response, error);
  }
}

function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, rpc: RpcSocket, gate: Gate): void {
  socket.on('error', (error: Error) => gate.log.warn({ problem: error.message }, 'connection failed'));
  try {
    guardRequest(request, gate.port);
    authenticate(request, gate.token);
    if (request.url !== RPC_PATH) throw noSuchPage(request);
    rpc.accept(request, socket, head);
  } catch (error) {
    logRefusal(gate.log, request, error);
    refuseUpgrade(socket, error);
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function noSuchPage(request: IncomingMessage): HoldfastError {
  return new HoldfastError('host.no-such-page', { method: request.method ?? 'GET', path: pathOf(request) });
}

function logRefusal(log: Logger, request: IncomingMessage, error: unknown): void {
  const problem = error instanceof Error ? error.message : String(error);
  log.warn({ method: request.method, path: pathOf(request), problem }, 'request refused');
}

/** Gives the port that it got. */
function listen(server: Server, { address, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new HoldfastError('host.address-in-use', { address, port }, error) : error);
    });
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}
