import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type ReservedPort, reservePort } from '../../servers/ports.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { CommandLine } from './command-line.ts';

const ENTRY = join(import.meta.dirname, '..', '..', '..', 'main', 'entries', 'cli.ts');

const announced = z.object({ url: z.string(), link: z.string() });

/** A real `holdfast serve` in a process of its own, on a data directory of its own. */
export interface HostProcess extends AsyncDisposable {
  /** As printed: signs a browser in. Another one after each start. */
  readonly link: string;
  readonly url: string;
  readonly directory: string;
  stop(): Promise<void>;
  /** On the same port and data directory. */
  start(): Promise<void>;
  /** Runs the command line on the same data directory and gives what it prints under `--json`. */
  cli(...args: string[]): Promise<unknown>;
  /** The same for commands that print a line for each thing that happens. */
  lines(...args: string[]): Promise<unknown[]>;
}

/** Starts a host; resolves when it serves. */
export async function startHost(): Promise<HostProcess> {
  const port = await reservePort();
  const host = new RunningHost(workFolder('e2e-host'), port);
  await host.start();
  return host;
}

class RunningHost implements HostProcess {
  readonly directory: string;
  readonly #data: string;
  readonly #commands: CommandLine;
  readonly #port: ReservedPort;
  #said: z.infer<typeof announced> | undefined;
  #stop: (() => Promise<void>) | undefined;

  constructor(directory: string, port: ReservedPort) {
    this.directory = directory;
    this.#data = join(directory, 'data');
    this.#commands = new CommandLine(this.#data);
    this.#port = port;
  }

  get link(): string {
    return this.#said?.link ?? '';
  }

  get url(): string {
    return this.#said?.url ?? '';
  }

  async start(): Promise<void> {
    const log = join(this.directory, 'host.log');
    const child = spawn(
      process.execPath,
      [ENTRY, 'serve', '--json', '--print-link', '--port', String(this.#port.port), '--log-file', log],
      {
        env: { ...process.env, HOLDFAST_DATA_DIR: this.#data, LANG: 'C.UTF-8' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const gone = once(child, 'exit');
    this.#stop = async () => {
      child.kill('SIGTERM');
      await gone;
    };
    const line = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
    const first = await Promise.race([line, gone.then(() => undefined)]);
    if (first === undefined) throw new Error(`the host ended at start: ${await readFile(log, 'utf8')}`);
    this.#said = announced.parse(JSON.parse(first));
  }

  async stop(): Promise<void> {
    await this.#stop?.();
    this.#stop = undefined;
  }

  cli(...args: string[]): Promise<unknown> {
    return this.#commands.cli(...args);
  }

  lines(...args: string[]): Promise<unknown[]> {
    return this.#commands.lines(...args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.#port.release();
    removeWorkFolder(this.directory);
  }
}
