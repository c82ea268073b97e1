import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a host answers at one path over plain HTTP. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Anyone on this machine may ask: the answer tells nothing that is worth a token. */
  readonly open?: true;
  answer(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** The route for a request; its query is not looked at. HEAD is answered as GET. */
export function findRoute(routes: readonly Route[], method: string, url: string): Route | undefined {
  const path = url.split('?', 1)[0];
  const asked = method === 'HEAD' ? 'GET' : method;
  return routes.find((route) => route.path === path && route.method === asked);
}
