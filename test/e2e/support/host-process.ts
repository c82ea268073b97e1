import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Role } from '../../../shared/contract/session.ts';
import { createCertificates } from '../../servers/certificates.ts';
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
  /** As browsers of other machines know it; empty on a host without users. */
  readonly publicUrl: string;
  readonly directory: string;
  stop(): Promise<void>;
  /** SIGKILL: nothing is closed, nothing is noted. */
  kill(): Promise<void>;
  /** On the same port and data directory. */
  start(): Promise<void>;
  /** Runs the command line on the same data directory and gives what it prints under `--json`. */
  cli(...args: string[]): Promise<unknown>;
  /** The same for commands that print a line for each thing that happens. */
  lines(...args: string[]): Promise<unknown[]>;
}

/** Of every user. */
export const PASSWORD = 'correct horse battery';

/** What is not as on a host of its own machine alone. */
export interface HostOptions {
  /** Served to other machines as well, by TLS, to users of these names. One must be an admin. */
  readonly users?: { readonly [name: string]: Role };
}

/** Starts a host; resolves when it serves. */
export async function startHost({ users }: HostOptions = {}): Promise<HostProcess> {
  const host = new RunningHost(workFolder('e2e-host'), await reservePort());
  if (users !== undefined) await host.addUsers(users);
  await host.start();
  return host;
}

class RunningHost implements HostProcess {
  readonly directory: string;
  readonly #data: string;
  readonly #commands: CommandLine;
  readonly #port: ReservedPort;
  /** For other machines, if it serves them. */
  #flags: readonly string[] = [];
  #said: z.infer<typeof announced> | undefined;
  #end: ((signal: 'SIGTERM' | 'SIGKILL') => Promise<void>) | undefined;

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

  get publicUrl(): string {
    return this.#flags.length === 0 ? '' : `https://localhost:${this.#port.port}`;
  }

  async addUsers(users: { readonly [name: string]: Role }): Promise<void> {
    const { folder } = await createCertificates(this.directory);
    const file = join(this.directory, 'password');
    await writeFile(file, PASSWORD);
    for (const [name, role] of Object.entries(users)) {
      await this.cli('user', 'add', name, '--role', role, '--password-file', file);
    }
    this.#flags = [
      ...['--address', '0.0.0.0', '--public-name', 'localhost'],
      ...['--tls-certificate', join(folder, 'server.pem'), '--tls-key', join(folder, 'server.key')],
    ];
  }

  async start(): Promise<void> {
    const log = join(this.directory, 'host.log');
    const child = spawn(
      process.execPath,
      [
        ...[ENTRY, 'serve', '--json', '--print-link', '--log-file', log],
        ...['--port', String(this.#port.port), ...this.#flags],
      ],
      {
        env: { ...process.env, HOLDFAST_DATA_DIR: this.#data, LANG: 'C.UTF-8' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const gone = once(child, 'exit');
    this.#end = async (signal) => {
      child.kill(signal);
      await gone;
    };
    const line = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
    const first = await Promise.race([line, gone.then(() => undefined)]);
    if (first === undefined) throw new Error(`the host ended at start: ${await readFile(log, 'utf8')}`);
    this.#said = announced.parse(JSON.parse(first));
  }

  async stop(): Promise<void> {
    await this.#end?.('SIGTERM');
    this.#end = undefined;
  }

  async kill(): Promise<void> {
    await this.#end?.('SIGKILL');
    this.#end = undefined;
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
