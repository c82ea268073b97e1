import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import type { WebSocket } from 'ws';
import { HoldfastError } from '../../../shared/errors/error.ts';

const MESSAGE_TOO_BIG = 1009;

/**
 * A link whose calls and streams fail with a typed error when the connection goes away under them; by itself
 * oRPC ends them as if the caller had aborted.
 */
export function withConnectionErrors<T extends ClientContext>(
  link: ClientLink<T>,
  webSocket: Pick<WebSocket, 'once'>,
): ClientLink<T> {
  let lost: HoldfastError | undefined;
  webSocket.once('close', (code: number, reason: Buffer) => {
    lost = connectionLost(code, reason.toString('utf8'));
  });
  const explain = (error: unknown, signal: AbortSignal | undefined) =>
    lost !== undefined && signal?.aborted !== true ? lost : error;
  return {
    call: async (path: readonly string[], input: unknown, options: ClientOptions<T>) => {
      try {
        const output = await link.call(path, input, options);
        return isStream(output) ? explained(output, (error) => explain(error, options.signal)) : output;
      } catch (error) {
        throw explain(error, options.signal);
      }
    },
  };
}

function connectionLost(code: number, reason: string): HoldfastError {
  if (code === MESSAGE_TOO_BIG) return new HoldfastError('host.too-large', { limit: 'allowed' });
  const problem = reason === '' ? `closed with status ${code}` : reason;
  return new HoldfastError('host.connection-lost', { problem });
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
