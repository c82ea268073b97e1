import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process of our own that reports by lines of JSON and waits for lines on its input. */
export interface Child {
  readonly lines: AsyncIterator<unknown>;
  say(line: string): void;
  kill(signal: NodeJS.Signals): void;
  /** Exit code, or undefined when a signal ended it. Resolves after all output has been read. */
  readonly ended: Promise<number | undefined>;
}

/** Starts a script with the Node that runs the tests, inside of `wrapper` when one is given. */
export function startChild(script: URL, args: readonly string[], wrapper: readonly string[] = []): Child {
  const [command = '', ...rest] = [...wrapper, process.execPath, fileURLToPath(script), ...args];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | undefined>((resolve) => {
    child.once('close', (code) => resolve(code ?? undefined));
  });
  return {
    // The iterator collects from now on: lines that come before anybody asks would be lost otherwise.
    lines: parsed(createInterface({ input: child.stdout })[Symbol.asyncIterator]()),
    say: (line) => void child.stdin.write(`${line}\n`),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** The next line; throws when there is none. */
export async function nextLine(child: Child): Promise<unknown> {
  const line = await child.lines.next();
  if (line.done === true) throw new Error(`the child ended with ${await child.ended}`);
  return line.value;
}

async function* parsed(lines: AsyncIterator<string>): AsyncGenerator<unknown> {
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    yield JSON.parse(line.value);
  }
}
