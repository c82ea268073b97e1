import { ORPCError } from '@orpc/client';

/** The code that a call fails with; throws when it does not fail. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (thrown: unknown) => thrown,
  );
  if (error instanceof ORPCError) return error.code;
  throw error;
}
