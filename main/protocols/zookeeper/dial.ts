import net from 'node:net';
import tls from 'node:tls';
import { formatServer, type ServerAddress } from './connect-string.ts';
import { ZooKeeperError } from './errors.ts';
import type { TlsOptions } from './types.ts';

/**
 * Opens TCP, and TLS where asked for, to one server. Rejects with `ConnectionLoss` or `TlsFailed`, or
 * with the reason of `signal`; no socket is left behind.
 */
export async function dial(
  address: ServerAddress,
  tlsOptions: TlsOptions | undefined,
  signal: AbortSignal,
): Promise<net.Socket> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<net.Socket>();
  const socket = tlsOptions === undefined ? net.connect({ ...address }) : connectTls(address, tlsOptions);
  const onAbort = (): void => settle(() => reject(signal.reason));
  const onError = (error: Error): void =>
    settle(() => reject(dialError(address, error, tlsOptions !== undefined)));
  const onReady = (): void => {
    detach();
    resolve(socket);
  };
  const readyEvent = tlsOptions === undefined ? 'connect' : 'secureConnect';
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
  return promise;
}

function connectTls({ host, port }: ServerAddress, options: TlsOptions): tls.TLSSocket {
  const { verify = true, servername, ...pem } = options;
  // An address is no valid server name indication; the certificate is then checked against the address.
  const name = servername ?? (net.isIP(host) === 0 ? host : undefined);
  const settings: tls.ConnectionOptions = {
    ...pem,
    host,
    port,
    rejectUnauthorized: verify,
    ...(name === undefined ? {} : { servername: name }),
  };
  try {
    return tls.connect(settings);
  } catch (error) {
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
