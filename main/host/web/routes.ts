import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from '../access/caller.ts';
import type { Door } from './door.ts';

/** A request on its way through the host. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly door: Door;
}

/** What a host answers at one path over plain HTTP. */
export interface RouteBase {
  readonly methods: readonly ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  readonly path: string;
  /** Also everything below the path. */
  readonly below?: true;
  /** Bytes that a request's body may have; nothing given: 64 KiB. */
  readonly bodyLimit?: number;
}

/** Anyone who reaches the host may ask: the answer tells nothing that is worth a token. */
export interface OpenRoute extends RouteBase {
  readonly open: true;
  answer(visit: Visit): void | Promise<void>;
}

/** Only for those who were let in. */
export interface ClosedRoute extends RouteBase {
  readonly open?: never;
  answer(visit: Visit, admission: Admission): void | Promise<void>;
}

export type Route = OpenRoute | ClosedRoute;

/** The path of a request as it stands there, without its query: nothing is decoded or made shorter. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** The route for a request. HEAD is answered as GET. */
export function findRoute(routes: readonly Route[], request: IncomingMessage): Route | undefined {
  const path = pathOf(request);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return routes.find((route) => isAt(route, path) && route.methods.some((own) => own === method));
}

function isAt(route: Route, path: string): boolean {
  return path === route.path || (route.below === true && path.startsWith(`${route.path}/`));
}
