import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { offeredProtocols, RPC_PATH } from '../../../shared/contract/handshake.ts';
import { fromReport } from '../../../shared/contract/reported.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { errorReport } from '../../../shared/model/run.ts';
import type { Client } from './client.ts';
import { withConnectionErrors } from './connection-errors.ts';
import type { Announcement, Session } from './session.ts';

/** Bytes of one message from a host: pages of entries with their values are the largest. */
const MESSAGE_LIMIT = 64 * 1024 * 1024;
const HANDSHAKE_MILLISECONDS = 10_000;
const REFUSAL_LIMIT = 64 * 1024;
const DONE = 1000;

const refusal = z.object({ error: errorReport });

/**
 * Connects to a running host with the token of its announcement. Undefined when nobody listens there.
 * @throws HoldfastError what the host refused the connection with (`host.contract-mismatch`, `host.unauthorized`),
 *   `host.token-unreadable`, `host.connection-lost`
 */
export async function connectHost(host: Announcement): Promise<Session | undefined> {
  const token = await readToken(host.tokenFile);
  const address = new URL(RPC_PATH, host.url);
  address.protocol = 'ws:';
  const webSocket = new WebSocket(address, offeredProtocols(), {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: HANDSHAKE_MILLISECONDS,
    maxPayload: MESSAGE_LIMIT,
    perMessageDeflate: false,
  });
  if (!(await opened(webSocket))) return undefined;
  const link = new RPCLink({ websocket: asBrowserSocket(webSocket) });
  const client: Client = createORPCClient(withConnectionErrors(link, webSocket));
  return { client, engine: 'host', close: () => closed(webSocket) };
}

/**
 * The link that signs a browser of this machine in: the token stands in its fragment, which browsers never send.
 * @throws HoldfastError `host.token-unreadable`
 */
export async function linkTo({ url, tokenFile }: Announcement): Promise<string> {
  return `${url}/#token=${await readToken(tokenFile)}`;
}

type BrowserSocket = ConstructorParameters<typeof RPCLink>[0]['websocket'];

/** `ws` keeps the browser's interface; only its declared listener options are narrower. */
function asBrowserSocket(webSocket: WebSocket): BrowserSocket {
  return webSocket as unknown as BrowserSocket;
}

async function readToken(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('host.token-unreadable', { path, problem }, error);
  }
}

/** False when the connection is refused by the machine itself. */
function opened(webSocket: WebSocket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    webSocket.once('open', () => resolve(true));
    webSocket.once('unexpected-response', (_request, response: IncomingMessage) => {
      readRefusal(response).then(reject, reject);
    });
    webSocket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') resolve(false);
      else reject(new HoldfastError('host.connection-lost', { problem: error.message }, error));
    });
  });
}

async function readRefusal(response: IncomingMessage): Promise<HoldfastError> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > REFUSAL_LIMIT) break;
    chunks.push(chunk);
  }
  const parsed = refusal.safeParse(parseJson(Buffer.concat(chunks).toString('utf8')));
  if (parsed.success) return fromReport(parsed.data.error);
  const problem = detail('it-answers', { status: response.statusCode ?? 'nothing' });
  return new HoldfastError('host.connection-lost', { problem });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function closed(webSocket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (webSocket.readyState === WebSocket.CLOSED) return resolve();
    webSocket.once('close', () => resolve());
    webSocket.close(DONE);
  });
}
