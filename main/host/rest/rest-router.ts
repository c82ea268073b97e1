import { type AnyProcedure, isProcedure, Procedure } from '@orpc/server';
import { ruleOf } from '../access/rules.ts';
import type { ContractRouter } from '../web/rpc-socket.ts';
import { type FlatInput, flatInputOf } from './flat-input.ts';

/** The contract under the paths and methods of REST. */
export interface RestRouter {
  readonly router: ContractRouter;
  /** Members that stand in the query, by the procedure's path (`runs.list`), where it is asked for by GET. */
  readonly queries: ReadonlyMap<string, FlatInput>;
}

/**
 * Gives every procedure a method and a path: `runs.list` is `/runs/list`. What only looks, and asks with single
 * values, is a GET with a query; everything else a POST with a body of JSON.
 */
export function restRouter(router: ContractRouter): RestRouter {
  const queries = new Map<string, FlatInput>();
  const convert = (tree: object, path: readonly string[]): object =>
    Object.fromEntries(
      Object.entries(tree).map(([name, value]: [string, unknown]) => {
        const here = [...path, name];
        if (isProcedure(value)) return [name, routed(value, here, queries)];
        return [name, typeof value === 'object' && value !== null ? convert(value, here) : value];
      }),
    );
  // The same shape with the same procedures, as a walk over all members cannot tell.
  return { router: convert(router, []) as ContractRouter, queries };
}

function routed(
  procedure: AnyProcedure,
  path: readonly string[],
  queries: Map<string, FlatInput>,
): AnyProcedure {
  const definition = procedure['~orpc'];
  const rule = ruleOf(path);
  const flat = rule?.changes === false ? flatInputOf(definition.inputSchema) : undefined;
  if (flat !== undefined) queries.set(path.join('.'), flat);
  return new Procedure({
    ...definition,
    route: {
      ...definition.route,
      method: flat === undefined ? 'POST' : 'GET',
      path: `/${path.join('/')}`,
      operationId: path.join('.'),
      tags: [path[0] ?? ''],
      summary: `For ${rule?.least ?? 'nobody'}${rule?.least === 'admin' ? '' : ' and above'}`,
    },
  });
}
