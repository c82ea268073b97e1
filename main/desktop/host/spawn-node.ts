import { type SpawnOptions, spawn } from 'node:child_process';
import type { RawChild } from './host-child.ts';

/** What must not reach the host: it is about Electron's own Node. */
const NOT_FOR_CHILDREN = ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'];

/** The environment for a host. */
export function hostEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && !NOT_FOR_CHILDREN.includes(pair[0]),
  );
  return Object.fromEntries(kept);
}

/** Starts a program of Node as a child that ends when its standard input does, also when this process is killed. */
export function spawnNode(node: string, entry: string, args: readonly string[]): RawChild {
  const options = {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: hostEnvironment(process.env),
    windowsHide: true,
  } as const satisfies SpawnOptions;
  const child = spawn(node, [entry, ...args], options);
  // Writing to a child that is gone is no failure: that it went is told by its exit.
  child.stdin.on('error', () => {});
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    exited: new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    }),
    stop: () => child.stdin.end(),
    kill: () => void child.kill('SIGKILL'),
  };
}
