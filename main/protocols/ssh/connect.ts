import net from 'node:net';
import ssh2, { type Client, type ConnectConfig } from 'ssh2';
import type { ShownHostKey } from '../../../shared/model/tunnel.ts';
import { SshError, type SshErrorCode } from './errors.ts';
import { fingerprintOf, judgeHostKey, keyTypeOf } from './fingerprint.ts';
import type { SignInMethods } from './sign-in.ts';
import { hostText, type SshOptions } from './types.ts';

/** Questions for a sign of life that may stay without an answer. */
const KEEP_ALIVES_IN_VAIN = 3;

/** A connection to the host, signed in. It ends once, when the socket below it closes. */
export interface SshConnection {
  readonly client: Client;
  readonly socket: net.Socket;
}

/** Where to knock: what is needed to see a host's key. */
export type SshAddress = Pick<SshOptions, 'host' | 'port' | 'connectTimeoutMs'>;

/**
 * Connects, checks the host's key before anything is said to it, and signs in. Takes no longer than the time to connect.
 * @throws SshError, or the signal's reason
 */
export async function connectSsh(
  options: SshOptions,
  methods: SignInMethods,
  signal: AbortSignal,
): Promise<SshConnection> {
  const host = { host: hostText(options), user: options.user };
  let refusal: SshError | undefined;
  const hostVerifier = (key: Buffer): boolean => {
    const shown = fingerprintOf(key);
    const verdict = judgeHostKey(options.hostKeys, shown);
    if (verdict === 'accepted') return true;
    const code: SshErrorCode = verdict === 'unknown' ? 'HostKeyUnknown' : 'HostKeyChanged';
    const problem = verdict === 'unknown' ? 'its key is not accepted yet' : 'it shows another key';
    refusal = new SshError(code, { ...host, problem, shown, known: options.hostKeys });
    return false;
  };
  try {
    return await open(options, signal, {
      username: options.user,
      hostVerifier,
      authHandler: [...methods],
      keepaliveInterval: options.keepAliveMs,
      keepaliveCountMax: KEEP_ALIVES_IN_VAIN,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw refusal ?? failure(error, options);
  }
}

/**
 * The key that a host shows, which nobody has vouched for; nobody signs in.
 * @throws SshError `Unreachable`, or the signal's reason
 */
export async function showHostKey(address: SshAddress, signal: AbortSignal): Promise<ShownHostKey> {
  let shown: ShownHostKey | undefined;
  const hostVerifier = (key: Buffer): boolean => {
    shown = { type: keyTypeOf(key), fingerprint: fingerprintOf(key) };
    return false;
  };
  try {
    const { socket } = await open(address, signal, { username: 'nobody', hostVerifier });
    socket.destroy();
  } catch (error) {
    signal.throwIfAborted();
    if (shown === undefined) throw failure(error, { ...address, user: '' });
  }
  if (shown === undefined) {
    throw new SshError('Unreachable', { host: hostText(address), user: '', problem: 'it shows no key' });
  }
  return shown;
}

/** The connection once it is signed in; whatever goes wrong before, its socket is gone. */
async function open(
  { host, port, connectTimeoutMs }: SshAddress,
  signal: AbortSignal,
  config: ConnectConfig,
): Promise<SshConnection> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = net.connect({ host, port });
  socket.setNoDelay(true);
  const client = new ssh2.Client();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  const timer = setTimeout(
    () => reject(new Error(`not ready within ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  client.once('ready', resolve);
  client.on('error', reject);
  client.once('close', () => reject(new Error('it closed the connection')));
  try {
    client.connect({ ...config, sock: socket, readyTimeout: 0 });
    await promise;
    return { client, socket };
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

function failure(error: unknown, options: Pick<SshOptions, 'host' | 'port' | 'user'>): SshError {
  if (error instanceof SshError) return error;
  return new SshError(codeOf(error), {
    host: hostText(options),
    user: options.user,
    problem: problemOf(error),
  });
}

/** The library says at which stage it failed. */
function codeOf(error: unknown): SshErrorCode {
  if (!(error instanceof Error) || !('level' in error)) return 'Unreachable';
  if (error.level === 'client-authentication') return 'SignInRefused';
  return error.level === 'agent' ? 'NoAgent' : 'Unreachable';
}

function problemOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(problemOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
