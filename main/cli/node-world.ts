import { readFile, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, homedir, release, totalmem, type } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import { openBrowser } from './open-browser.ts';
import { writeBundle } from './support/write-bundle.ts';
import type { Sink, World } from './world.ts';

/** What the world does not bring along. */
export type WorldParts = Pick<
  World,
  'engines' | 'sources' | 'storages' | 'version' | 'inspect' | 'serve' | 'users' | 'readAudit'
>;

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const DEFAULT_COLUMNS = 80;

/** This process, its terminal and its machine as the command line's world. */
export function nodeWorld(argv: readonly string[], parts: WorldParts): World {
  return {
    ...parts,
    argv,
    env: process.env,
    platform: process.platform,
    runtime: runtime(),
    home: homedir(),
    cwd: process.cwd(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    now: () => performance.now(),
    date: () => new Date(),
    ask,
    readInput,
    readFile: readText,
    writeFile: writeContent,
    isFile,
    writeBundle,
    openBrowser: (link, folder) => openBrowser(link, folder, process.platform, process.env),
    onInterrupt,
    exit: (code) => process.exit(code),
  };
}

function runtime(): World['runtime'] {
  return {
    node: process.version,
    arch: process.arch,
    system: `${type()} ${release()}`,
    processors: availableParallelism(),
    memory: totalmem(),
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  let gone = false;
  // A reader that has seen enough (`| head`) is no failure.
  stream.on('error', () => {
    gone = true;
  });
  return {
    write: (text) =>
      gone ? Promise.resolve() : new Promise((resolve) => stream.write(text, () => resolve())),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns ?? DEFAULT_COLUMNS;
    },
  };
}

async function ask(question: string, { hidden }: { readonly hidden: boolean }): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: hidden ? silence : process.stderr,
    terminal: true,
  });
  // Only now, with the terminal's own echo off: a quick answer must not be shown.
  process.stderr.write(question);
  const interrupted = new AbortController();
  reader.on('SIGINT', () => interrupted.abort());
  reader.on('close', () => interrupted.abort());
  try {
    return await reader.question('', { signal: interrupted.signal });
  } catch (error) {
    throw new HoldfastError('general.cancelled', { what: detail('the-question') }, error);
  } finally {
    reader.close();
    if (hidden) process.stderr.write('\n');
  }
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('general.invalid-input', { what: path, problem }, error);
  }
}

async function writeContent(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content, { mode: 0o600 });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('general.invalid-input', { what: path, problem }, error);
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function onInterrupt(listener: () => void): () => void {
  for (const signal of END_SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of END_SIGNALS) process.off(signal, listener);
  };
}
