import { ORPCError } from '@orpc/server';
import { reportError } from '../../../shared/errors/error.ts';

/** An error as it crosses the wire. Those that oRPC raised itself (input that does not fit) already have their form. */
export function asReply(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error;
  const data = reportError(error);
  return new ORPCError(data.code, { message: data.message, data });
}
