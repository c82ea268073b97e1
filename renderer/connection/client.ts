import { type ClientLink, createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '../../shared/contract/contract.ts';
import { asOurs } from '../../shared/contract/reported.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { connection } from './connection.ts';

type NoContext = Record<never, never>;

/** Every procedure of the contract. All failures are HoldfastErrors. */
export type Client = ContractRouterClient<Contract, NoContext>;

const link: ClientLink<NoContext> = {
  call: async (path, input, options) => {
    const current = connection.link();
    // What is under way when the connection goes, oRPC ends as if the caller had aborted it.
    const explain = (error: unknown) =>
      options.signal?.aborted !== true && connection.state().state !== 'open' ? lost() : asOurs(error);
    try {
      const output = await current.call(path, input, options);
      return isStream(output) ? explained(output, explain) : output;
    } catch (error) {
      throw explain(error);
    }
  },
};

function lost(): HoldfastError {
  return new HoldfastError('host.connection-lost', { problem: 'the host closed it' });
}

function isStream(output: unknown): output is AsyncIterableIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

async function* explained(
  stream: AsyncIterableIterator<unknown>,
  explain: (error: unknown) => unknown,
): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw explain(error);
  }
}

/** For calls outside of queries: streams, and what an event handler does. */
export const client: Client = createORPCClient(link);

/** For TanStack Query: `useQuery(api.clusters.list.queryOptions({ input: {} }))`, `.key()` to invalidate. */
export const api = createTanstackQueryUtils(client);
