import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const workRoot = join(tmpdir(), 'holdfast-test');
/** Linux's file system in memory. */
const memory = '/dev/shm';
const memoryRoot = existsSync(memory) ? join(memory, 'holdfast-test') : workRoot;
const folders = new Set<string>();
const children = new Set<ChildProcess>();
let guarded = false;

/** Whether a process of this id exists (also when it belongs to another user). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * A temporary folder for one server, removed with everything in it when this process ends. What an earlier
 * process that was killed outright left behind (folder and server) is cleared first.
 */
export function workFolder(name: string): string {
  return newFolder(workRoot, name);
}

/**
 * Like `workFolder`, in memory where the system can do that: for a server that syncs every file to the disk, which
 * data that is thrown away does not need.
 */
export function memoryFolder(name: string): string {
  return newFolder(memoryRoot, name);
}

function newFolder(root: string, name: string): string {
  guardExit();
  mkdirSync(root, { recursive: true });
  const folder = mkdtempSync(join(root, `${process.pid}-${name}-`));
  folders.add(folder);
  return folder;
}

/** Removes a folder made by `workFolder` or `memoryFolder` before the process ends. */
export function removeWorkFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** A server process whose output goes to a file. */
export interface ServerProcess {
  readonly pid: number;
  /** Why it ended, or undefined while it runs. */
  ended(): string | undefined;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process has ended. */
  gone(): Promise<void>;
}

/**
 * Starts a server that cannot outlive this process: it is killed on exit, on SIGINT and SIGTERM, by the kernel
 * when this process is killed outright (Linux), and its pid stands in `<folder>/pid` for a later sweep.
 */
export function startProcess(command: string, args: string[], folder: string, log: string): ServerProcess {
  guardExit();
  const output = openSync(log, 'a');
  const [file, argv] = boundToParent(command, args);
  const child = spawn(file, argv, { stdio: ['ignore', output, output], cwd: folder });
  closeSync(output);
  children.add(child);
  let reason: string | undefined;
  const gone = new Promise<void>((resolve) => {
    const finish = (why: string) => {
      reason = why;
      children.delete(child);
      resolve();
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, signal) => finish(signal ?? `exit code ${code}`));
  });
  if (child.pid !== undefined) writeFileSync(join(folder, 'pid'), String(child.pid));
  // A server alone does not keep this process alive; waiting for its end does.
  child.unref();
  return {
    pid: child.pid ?? -1,
    ended: () => reason,
    signal: (name) => void child.kill(name),
    gone: async () => {
      if (reason === undefined) child.ref();
      await gone;
    },
  };
}

/** Linux: the kernel kills the child when its parent dies, even by SIGKILL. `setpriv` execs, so the pid stays. */
function boundToParent(command: string, args: string[]): [string, string[]] {
  const setpriv = '/usr/bin/setpriv';
  return existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'KILL', command, ...args]] : [command, args];
}

function guardExit(): void {
  if (guarded) return;
  guarded = true;
  for (const root of new Set([workRoot, memoryRoot])) sweepAbandoned(root);
  process.on('exit', clearAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      clearAll();
      // The default action follows now that this handler is off, unless somebody else handles the signal too.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}

function clearAll(): void {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function sweepAbandoned(root: string): void {
  if (!existsSync(root)) return;
  for (const name of readdirSync(root)) {
    const owner = Number.parseInt(name, 10);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const folder = join(root, name);
    killAbandoned(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills the process named in the folder's pid file if its command line still names the folder. */
function killAbandoned(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(pid, 'SIGKILL');
  } catch {
    // No pid file or no such process: nothing is left to kill.
  }
}
