import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Language } from '../../shared/errors/text.ts';
import { errorReport } from '../../shared/model/run.ts';
import { DemoFailure } from './failure.ts';
import type { Stage } from './stage.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'main', 'entries', 'cli.ts');
const failureLine = z.object({ error: errorReport });
const pagesShown = z.object({ link: z.string() });

export interface HoldfastOptions {
  readonly dataDirectory: string;
  readonly language: Language;
  readonly stage: Stage;
  /** Ends whatever command is under way, cleanly. */
  readonly signal: AbortSignal;
}

/** What a command printed and how it ended. */
export interface Answer {
  readonly exitCode: number;
  /** Its lines of JSON. */
  readonly lines: readonly unknown[];
}

/** The product, used as its users do: the command line as a process, on a data directory of its own. */
export class Holdfast {
  readonly dataDirectory: string;
  readonly #options: HoldfastOptions;

  constructor(options: HoldfastOptions) {
    this.#options = options;
    this.dataDirectory = options.dataDirectory;
  }

  /**
   * Runs one command with `--json`, announcing it as a person would type it.
   * @throws DemoFailure with the product's own message when it ends in any other way than `expected`
   */
  async run(args: readonly string[], expected: readonly number[] = [0]): Promise<Answer> {
    const { stage, signal } = this.#options;
    signal.throwIfAborted();
    const command = typed(args);
    stage.announce(command);
    const start = performance.now();
    const child = this.#spawn(args);
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    try {
      const [exitCode, printed, complaint] = await Promise.all([
        exitCodeOf(child),
        readAll(child.stdout),
        readAll(child.stderr),
      ]);
      signal.throwIfAborted();
      const seconds = Math.round(performance.now() - start) / 1000;
      stage.commandEnded({ command, exitCode, seconds });
      const lines = jsonLines(printed);
      if (!expected.includes(exitCode)) throw failureOf(command, exitCode, lines, complaint);
      return { exitCode, lines };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** The product's version, as it says itself. */
  async version(): Promise<string> {
    const child = this.#spawn(['--version']);
    const [printed] = await Promise.all([readAll(child.stdout), exitCodeOf(child)]);
    return printed.trim();
  }

  /** Opens the pages in the browser, with a host behind them; resolves with its process and the link once it serves. */
  async open(): Promise<{ readonly host: ChildProcess; readonly link: string }> {
    const args = ['open'];
    this.#options.stage.announce(typed(args));
    const child = this.#spawn(args);
    child.stderr?.resume();
    if (child.stdout === null) throw new DemoFailure('holdfast open has no output');
    for await (const line of createInterface({ input: child.stdout })) {
      if (line !== '') return { host: child, link: checked(JSON.parse(line), pagesShown).link };
    }
    throw new DemoFailure(`${typed(args)} ended at once (exit code ${await exitCodeOf(child)})`);
  }

  #spawn(args: readonly string[]): ChildProcess {
    const { dataDirectory, language } = this.#options;
    const all = [ENTRY, ...args, ...(args[0] === '--version' ? [] : ['--json', '--lang', language])];
    return spawn(process.execPath, all, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: a Ctrl-C reaches the demo alone, which then ends its children in good order.
      detached: true,
      env: { ...process.env, HOLDFAST_DATA_DIR: dataDirectory },
    });
  }
}

/**
 * The last line of a stream, checked.
 * @throws DemoFailure when the command printed something else
 */
export function lastLine<T extends z.ZodType>(answer: Answer, schema: T): z.infer<T> {
  return checked(answer.lines.at(-1), schema);
}

/** All lines that have this shape; others are left out. */
export function linesOf<T extends z.ZodType>(answer: Answer, schema: T): z.infer<T>[] {
  return answer.lines.flatMap((line) => {
    const parsed = schema.safeParse(line);
    return parsed.success ? [parsed.data] : [];
  });
}

function checked<T extends z.ZodType>(line: unknown, schema: T): z.infer<T> {
  const parsed = schema.safeParse(line);
  if (parsed.success) return parsed.data;
  throw new DemoFailure(`holdfast printed something unexpected: ${JSON.stringify(line)}\n${parsed.error}`);
}

function typed(args: readonly string[]): string {
  const words = args.map((arg) => (/^[\w./:@=,+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`));
  return ['holdfast', ...words].join(' ');
}

function failureOf(
  command: string,
  exitCode: number,
  lines: readonly unknown[],
  complaint: string,
): DemoFailure {
  const report = failureLine.safeParse(lines.at(-1)).data?.error;
  const why = report ? [report.message, ...report.causes, report.remedy] : [complaint.trim().slice(-2000)];
  return new DemoFailure(`${command}: exit code ${exitCode}\n${why.join('\n')}`);
}

async function exitCodeOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : -1;
}

async function readAll(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream?.setEncoding('utf8') ?? []) text += chunk;
  return text;
}

function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
