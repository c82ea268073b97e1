import { followHost, HostNotStarted, type RawChild, type RunningHost } from './host-child.ts';

export interface OwnHostParts {
  readonly dataDirectory: string;
  readonly logFile: string;
  /** Starts the host's entry with these arguments. */
  start(args: readonly string[]): RawChild;
  /** The port that the last host had: what pages keep in the browser belongs to it. */
  lastPort(): number | undefined;
  rememberPort(port: number): void;
}

/**
 * Starts a host that belongs to this program, on the port of the last one unless somebody else has that now.
 * `signal` ends it before it serves.
 * @throws HostNotStarted
 */
export async function startOwnHost(parts: OwnHostParts, signal: AbortSignal): Promise<RunningHost> {
  const host = await startNear(parts, parts.lastPort() ?? 0, signal);
  parts.rememberPort(Number(new URL(host.url).port));
  return host;
}

async function startNear(parts: OwnHostParts, port: number, signal: AbortSignal): Promise<RunningHost> {
  try {
    return await followHost(parts.start(argumentsOf(parts, port)), signal);
  } catch (error) {
    const isTaken = error instanceof HostNotStarted && error.problem.code === 'host.address-in-use';
    if (port === 0 || !isTaken) throw error;
    return followHost(parts.start(argumentsOf(parts, 0)), signal);
  }
}

function argumentsOf({ dataDirectory, logFile }: OwnHostParts, port: number): readonly string[] {
  const where = ['--owned', '--data-dir', dataDirectory, '--port', String(port)];
  return [...where, '--log-file', logFile, '--log-level', 'warn'];
}
