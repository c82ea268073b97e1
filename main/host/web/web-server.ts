import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { RPC_PATH } from '../../../shared/contract/handshake.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { authenticate, type Credentials } from '../access/authenticate.ts';
import type { Logger } from '../log.ts';
import type { Pages } from '../pages/pages.ts';
import { type Address, authority, loopbackAuthorities, publicAuthorities } from './address.ts';
import type { Door } from './door.ts';
import { guardBody, guardRequest } from './guard.ts';
import { refuse, refuseUpgrade } from './refusal.ts';
import { findRoute, pathOf, type Route } from './routes.ts';
import type { RpcSocket } from './rpc-socket.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { TlsIdentity } from './tls.ts';

const LIMITS = { maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 30_000 };
const MOST_CONNECTIONS = 256;
/** Milliseconds for a TLS handshake: whoever opens connections and says nothing must not fill them all. */
const HANDSHAKE_MILLISECONDS = 10_000;
/** Bytes that a body may have where the route says nothing else. */
const BODY_LIMIT = 64 * 1024;

/** What a host offers at each of its addresses. */
export interface Site {
  readonly routes: readonly Route[];
  readonly pages: Pages;
  readonly rpc: RpcSocket;
  readonly credentials: Credentials;
  readonly log: Logger;
}

/** Open to other machines: under TLS, by these names. */
export interface PublicSide {
  readonly tls: TlsIdentity;
  /** Host names that people open it by, each with a port where another one than ours is seen from outside. */
  readonly names: readonly string[];
}

/** A listening address. */
export interface WebServer {
  /** `http://127.0.0.1:41234`, or with the first of the public names. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Listens and serves the site: the contract on `/rpc`, the routes, and the pages for everything else. Without a
 * public side the address must be a loopback one.
 * @throws HoldfastError `host.address-in-use`
 */
export async function startWebServer(at: Address, site: Site, side?: PublicSide): Promise<WebServer> {
  const server: Server = side === undefined ? createServer(LIMITS) : secureServer(side.tls);
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, at);
  const door = doorAt(port, side);
  server.on('request', (request, response) => void answer(request, response, site, door));
  server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head, site, door));
  return {
    url: `${door.scheme}://${side === undefined ? authority({ ...at, port }) : door.authorities.at(-1)}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function secureServer(tls: TlsIdentity) {
  const server = createSecureServer({
    ...LIMITS,
    ...tls.current(),
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MILLISECONDS,
  });
  const stop = tls.onChange((renewed) => server.setSecureContext(renewed));
  server.on('close', stop);
  return server;
}

function doorAt(port: number, side: PublicSide | undefined): Door {
  if (side === undefined) {
    return { scheme: 'http', port, authorities: loopbackAuthorities(port), isLocal: true };
  }
  return { scheme: 'https', port, authorities: publicAuthorities(side.names, port), isLocal: false };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  door: Door,
): Promise<void> {
  setSecurityHeaders(response);
  try {
    guardRequest(request, door);
    await answerGuarded(request, response, site, door);
  } catch (error) {
    logRefusal(site.log, request, error);
    if (response.headersSent) response.destroy();
    else refuse(response, error);
  }
}

async function answerGuarded(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  door: Door,
): Promise<void> {
  const route = findRoute(site.routes, request);
  guardBody(request, route?.bodyLimit ?? BODY_LIMIT);
  const visit = { request, response, door };
  if (route?.open === true) return route.answer(visit);
  if (route === undefined && (await site.pages.answer(request, response))) return;
  const admission = await authenticate(request, door, site.credentials);
  if (route === undefined) throw noSuchPage(request);
  await route.answer(visit, admission);
}

async function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  site: Site,
  door: Door,
): Promise<void> {
  socket.on('error', (error: Error) => site.log.warn({ problem: error.message }, 'connection failed'));
  try {
    guardRequest(request, door);
    const admission = await authenticate(request, door, site.credentials);
    if (request.url !== RPC_PATH) throw noSuchPage(request);
    site.rpc.accept(request, socket, head, admission);
  } catch (error) {
    logRefusal(site.log, request, error);
    refuseUpgrade(socket, error);
  }
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
