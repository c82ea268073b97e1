import { implement } from '@orpc/server';
import { hostContract } from '../../../shared/contract/contract.ts';
import { asReply } from '../../engine/api/reply.ts';
import type { CallContext } from '../access/admit.ts';

/** The host's own part of the contract, to be filled in. Errors leave as the engine's do. */
export const hostApi = implement(hostContract)
  .$context<CallContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw asReply(error);
    }
  });
