import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Dial } from '../dialer.ts';
import { formatServer, type ServerAddress } from './connect-string.ts';
import { ZooKeeperError } from './errors.ts';
import type { TlsOptions } from './types.ts';

/** How to get to a server. */
export interface Way {
  readonly tls: TlsOptions | undefined;
  /** Undefined: TCP from this machine. */
  readonly dial: Dial | undefined;
}

/**
 * Opens TCP or what stands for it, and TLS in it where asked for, to one server. Rejects with `ConnectionLoss` or
 * `TlsFailed`, or with the reason of `signal`; no socket is left behind.
 */
export async function dial(address: ServerAddress, way: Way, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted();
  const below = way.dial === undefined ? undefined : await dialled(address, way.dial, signal);
  if (way.tls !== undefined) {
    return settled(address, connectTls(address, way.tls, below), 'secureConnect', signal);
  }
  return below ?? settled(address, net.connect({ ...address }), 'connect', signal);
}

async function dialled(address: ServerAddress, dial: Dial, signal: AbortSignal): Promise<Duplex> {
  try {
    return await dial(address, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw dialError(address, error instanceof Error ? error : new Error(String(error)), false);
  }
}

/** The socket when it is ready. */
function settled(
  address: ServerAddress,
  socket: net.Socket,
  readyEvent: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<net.Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<net.Socket>();
  const onAbort = (): void => settle(() => reject(signal.reason));
  const onError = (error: Error): void =>
    settle(() => reject(dialError(address, error, readyEvent === 'secureConnect')));
  const onReady = (): void => {
    detach();
    resolve(socket);
  };
  const detach = (): void => {
    signal.removeEventListener('abort', onAbort);
    socket.off('error', onError).off(readyEvent, onReady);
  };
  const settle = (rejectNow: () => void): void => {
    detach();
    // An error may still come while the socket is torn down; unheard it would end the process.
    socket.on('error', () => {});
    socket.destroy();
    rejectNow();
  };
  signal.addEventListener('abort', onAbort);
  socket.setNoDelay(true);
  socket.on('error', onError).on(readyEvent, onReady);
  if (signal.aborted) onAbort();
  return promise;
}

function connectTls(
  { host, port }: ServerAddress,
  options: TlsOptions,
  below: Duplex | undefined,
): tls.TLSSocket {
  const { verify = true, servername, ...pem } = options;
  // An address is no valid server name indication; the certificate is then checked against the address.
  const name = servername ?? (net.isIP(host) === 0 ? host : undefined);
  const settings: tls.ConnectionOptions = {
    ...pem,
    host,
    port,
    rejectUnauthorized: verify,
    ...(name === undefined ? {} : { servername: name }),
    ...(below === undefined ? {} : { socket: below }),
  };
  try {
    return tls.connect(settings);
  } catch (error) {
    below?.destroy();
    // Key material that is no PEM is refused before anything is sent.
    throw dialError({ host, port }, error instanceof Error ? error : new Error(String(error)), true);
  }
}

/** Names what went wrong with a socket. */
export function socketError(address: ServerAddress, error: Error): ZooKeeperError {
  return dialError(address, error, false);
}

/** While TLS is set up, what is no error of the system is one of TLS: a certificate or a name. */
function dialError(address: ServerAddress, error: Error, settingUpTls: boolean): ZooKeeperError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const ofSystem = 'syscall' in error || error instanceof AggregateError || code === 'ECONNRESET';
  const ofTls = /^ERR_(SSL|TLS|OSSL)/.test(code) || (settingUpTls && !ofSystem);
  return new ZooKeeperError(ofTls ? 'TlsFailed' : 'ConnectionLoss', {
    message: `${formatServer(address)}: ${error.message || code}`,
    cause: error,
  });
}
