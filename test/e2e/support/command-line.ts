import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ENTRY = join(import.meta.dirname, '..', '..', '..', 'main', 'entries', 'cli.ts');

/** The command line on a data directory: what a test asks after what it saw on a screen. */
export class CommandLine {
  readonly #env: NodeJS.ProcessEnv;

  constructor(dataDirectory: string) {
    this.#env = { ...process.env, HOLDFAST_DATA_DIR: dataDirectory, LANG: 'C.UTF-8' };
  }

  /** Runs a command and gives what it prints under `--json`. */
  async cli(...args: string[]): Promise<unknown> {
    return JSON.parse(await this.#print(args));
  }

  /** The same for commands that print a line for each thing that happens. */
  async lines(...args: string[]): Promise<unknown[]> {
    const text = await this.#print(args);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  async #print(args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [ENTRY, ...args, '--json'], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const [code] = await once(child, 'close');
    const text = Buffer.concat(chunks).toString('utf8');
    if (code !== 0) throw new Error(`holdfast ${args.join(' ')} ended with ${code}: ${text}`);
    return text;
  }
}
