import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { NetworkError, UserError } from '@platformatic/kafka';
import type { Dial, DialAddress } from '../dialer.ts';

/**
 * A stream to a broker, with TLS in it where that is asked for. Errors are those that the library has for its own
 * sockets, with what really happened as their cause; or the reason of the signal.
 */
export async function dialedStream(
  dial: Dial,
  address: DialAddress,
  secure: tls.ConnectionOptions | undefined,
  signal: AbortSignal,
): Promise<Duplex> {
  try {
    const stream = await dial(address, signal);
    return secure === undefined ? stream : await secured(stream, address, secure, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new NetworkError(`Connection to ${address.host}:${address.port} failed.`, {
      cause: asError(error),
    });
  }
}

async function secured(
  stream: Duplex,
  address: DialAddress,
  options: tls.ConnectionOptions,
  signal: AbortSignal,
): Promise<Duplex> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    const socket = tls.connect({ ...address, ...options, socket: stream });
    socket.on('error', reject);
    socket.once('secureConnect', resolve);
    socket.once('close', () =>
      reject(new UserError('TLS handshake failed. Please verify the broker supports TLS.')),
    );
    await promise;
    return socket;
  } catch (error) {
    stream.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
