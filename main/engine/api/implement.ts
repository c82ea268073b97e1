import { implement } from '@orpc/server';
import { engineContract } from '../../../shared/contract/contract.ts';
import { asReply } from './reply.ts';
import type { Requests } from './requests.ts';

/**
 * The contract, to be filled in. Whatever a procedure or its stream throws leaves as an `ORPCError` whose code is
 * ours and whose data is the report. Procedures of this one outlive the engine's stop.
 */
export const enduring = implement(engineContract).use(async ({ next }) => {
  try {
    const result = await next();
    return isStream(result.output) ? { ...result, output: reported(result.output) } : result;
  } catch (error) {
    throw asReply(error);
  }
});

/** The same for procedures that end with the engine: `context.signal` also fires when it stops. */
export function implementFor(requests: Requests) {
  return enduring.use(async ({ signal, next }) => {
    const context = { signal: requests.signal(signal) };
    const result = await requests.during(Promise.resolve(next({ context })));
    return isStream(result.output) ? { ...result, output: requests.stream(result.output) } : result;
  });
}
export type Api = ReturnType<typeof implementFor>;

function isStream(output: unknown): output is AsyncGenerator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

async function* reported(stream: AsyncGenerator<unknown>): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw asReply(error);
  }
}
