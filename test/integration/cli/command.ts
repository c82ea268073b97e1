import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { until } from '../../servers/condition.ts';

export const ENTRY = fileURLToPath(new URL('../../../main/entries/cli.ts', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command under way. */
export interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly out: () => string;
  readonly err: () => string;
  readonly finished: Promise<Finished>;
}

/** A data directory and the real program on it, as a process of its own for every command. */
export interface Desk extends AsyncDisposable {
  readonly folder: string;
  start(...argv: string[]): Started;
  /** Runs a command to its end. */
  run(...argv: string[]): Promise<Finished>;
  /** Runs a command that must succeed and gives its JSON: the document, or the last line of a stream. */
  json(...argv: string[]): Promise<unknown>;
  /** Starts `serve` and waits until it serves; ends with the desk. */
  serve(...flags: string[]): Promise<Started>;
}

/** A desk in a temporary folder; `env` is added to a bare environment. */
export async function openDesk(env: Record<string, string> = {}): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-cli-'));
  const running = new Set<Started>();
  const start = (...argv: string[]) => {
    const started = startCommand(folder, env, argv);
    running.add(started);
    void started.finished.then(() => running.delete(started));
    return started;
  };
  const run = (...argv: string[]) => {
    const started = start(...argv);
    started.child.stdin.end();
    return started.finished;
  };
  return {
    folder,
    start,
    run,
    json: async (...argv) => {
      const { code, out, err } = await run(...argv, '--json');
      if (code !== 0) throw new Error(`${argv.join(' ')} exited ${code}: ${out}${err}`);
      return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
    },
    serve: async (...flags) => {
      const host = start('serve', ...flags);
      await until('the host serves', () => (host.out().includes('token in') ? true : undefined));
      return host;
    },
    [Symbol.asyncDispose]: async () => {
      for (const { child } of running) child.kill('SIGKILL');
      await Promise.all([...running].map(({ finished }) => finished));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startCommand(folder: string, env: Record<string, string>, argv: string[]): Started {
  const child = spawn(process.execPath, [ENTRY, ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C', HOLDFAST_DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const finished = once(child, 'close').then(([code]: (number | null)[]) => ({
    code: code ?? null,
    out,
    err,
  }));
  return { child, out: () => out, err: () => err, finished };
}
