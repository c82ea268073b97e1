import type { RawChild } from './host-child.ts';
import { hostEnvironment } from './spawn-node.ts';

/** A process of Electron's, as far as it is needed here. */
export interface UtilityChild {
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  once(event: 'exit', listener: (code: number) => void): unknown;
  /** Undefined before it runs and after it has ended. */
  readonly pid: number | undefined;
  postMessage(message: unknown): void;
}

/** `utilityProcess.fork`. */
export type Fork = (
  entry: string,
  args: string[],
  options: { readonly stdio: 'pipe'; readonly serviceName: string; readonly env: Record<string, string> },
) => UtilityChild;

/** Starts a program as a child process of Electron's own Node, which ends with Electron. */
export function forkUtility(fork: Fork, entry: string, args: readonly string[]): RawChild {
  const env = hostEnvironment(process.env);
  const child = fork(entry, [...args], { stdio: 'pipe', serviceName: 'Holdfast host', env });
  if (child.stdout === null || child.stderr === null) throw new Error('a process without output');
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    exited: new Promise((resolve) => child.once('exit', (code: number) => resolve(`exit code ${code}`))),
    stop: () => child.postMessage('stop'),
    kill: () => kill(child.pid),
  };
}

/** Electron's own way only asks a process to end. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
