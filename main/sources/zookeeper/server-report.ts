import { dial, type Way } from '../../protocols/zookeeper/dial.ts';
import { type ConnectOptions, formatServer, type ServerAddress } from '../../protocols/zookeeper/index.ts';

/** What one server says of itself. */
export interface ServerReport {
  readonly address: string;
  /** `3.9.4` */
  readonly version: string;
  /** `standalone`, `leader`, `follower`, `observer` or `read-only`. */
  readonly mode: string;
  readonly nodes: number | undefined;
}

/** A server that said nothing, and why. */
export interface ServerSilence {
  readonly address: string;
  /** The server answers, but is not willing to serve or to tell. */
  readonly answers: boolean;
  readonly problem: string;
}

/** Answers of `srvr` are some hundred bytes long. */
const LONGEST_ANSWER = 64 * 1024;

/**
 * Asks a server by the four letter word `srvr`, the only one that servers answer unless they are configured to. On a
 * connection of its own, closed by the server after the answer. Never rejects but for an abort.
 */
export async function askServer(
  address: ServerAddress,
  {
    tls,
    dial: through,
    connectTimeoutMs = 10_000,
  }: Pick<ConnectOptions, 'tls' | 'dial' | 'connectTimeoutMs'>,
  signal?: AbortSignal,
): Promise<ServerReport | ServerSilence> {
  const timeout = AbortSignal.timeout(connectTimeoutMs);
  const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  const name = formatServer(address);
  try {
    return readReport(name, await ask(address, { tls, dial: through }, either));
  } catch (error) {
    signal?.throwIfAborted();
    return { address: name, answers: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function ask(address: ServerAddress, way: Way, signal: AbortSignal): Promise<string> {
  const socket = await dial(address, way, signal);
  const onAbort = (): void => {
    socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  signal.addEventListener('abort', onAbort);
  try {
    socket.write('srvr');
    let answer = '';
    for await (const chunk of socket) {
      answer += String(chunk);
      if (answer.length > LONGEST_ANSWER) throw new Error('the answer is too long');
    }
    return answer;
  } finally {
    signal.removeEventListener('abort', onAbort);
    socket.destroy();
  }
}

/** Reads the answer to `srvr`. */
export function readReport(address: string, answer: string): ServerReport | ServerSilence {
  const version = /^Zookeeper version: (\d+(?:\.\d+)*)/m.exec(answer)?.[1];
  const mode = /^Mode: (\S+)/m.exec(answer)?.[1];
  if (version === undefined || mode === undefined) {
    return { address, answers: true, problem: answer.trim().split('\n')[0] ?? '' };
  }
  const nodes = /^Node count: (\d+)/m.exec(answer)?.[1];
  return { address, version, mode, nodes: nodes === undefined ? undefined : Number(nodes) };
}

export function isReport(answer: ServerReport | ServerSilence): answer is ServerReport {
  return 'version' in answer;
}
