import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../shared/contract/contract.ts';
import { reportError } from '../../../shared/errors/error.ts';

/**
 * The contract, to be filled in. Whatever a procedure or its stream throws leaves as an `ORPCError` whose code is
 * ours and whose data is the report.
 */
export const api = implement(contract).use(async ({ next }) => {
  try {
    const result = await next();
    return isStream(result.output) ? { ...result, output: reported(result.output) } : result;
  } catch (error) {
    throw asReply(error);
  }
});

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

/** Errors that oRPC raised itself (input that does not fit) already have their form. */
function asReply(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error;
  const data = reportError(error);
  return new ORPCError(data.code, { message: data.message, data });
}
