import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DemoReport } from '../../demo/report.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'demo', 'demo.ts');

/** The demo as a process of its own. */
export interface RunningDemo {
  readonly child: ChildProcess;
  /** Types at its terminal. */
  type(text: string): void;
  /** What it has told a person so far. */
  narration(): string;
  /** Everything it printed to stdout so far. */
  output(): string;
  exitCode(): Promise<number | null>;
}

/** Starts the demo; `environment` comes on top of ours. */
export function startDemo(args: readonly string[], environment: Record<string, string> = {}): RunningDemo {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    stdio: 'pipe',
    env: { ...process.env, ...environment },
  });
  const closed = once(child, 'close');
  let [narration, output] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    narration += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return {
    child,
    type: (text) => void child.stdin.write(text),
    narration: () => narration,
    output: () => output,
    exitCode: async () => {
      await closed;
      return child.exitCode;
    },
  };
}

/** The report: the last line of what the demo printed. */
export function reportOf(demo: RunningDemo): DemoReport {
  return JSON.parse(demo.output().trimEnd().split('\n').at(-1) ?? '') as DemoReport;
}
