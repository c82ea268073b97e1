import type { Command } from 'commander';
import { wholeNumber } from './whole-number.ts';

export interface PageOptions {
  readonly limit: number;
  readonly after?: string;
}

const DEFAULT_LIMIT = 50;

/** Adds `--limit` and `--after` to a command that lists. */
export function withPageOptions(command: Command, noun: string, limit = DEFAULT_LIMIT): Command {
  return command
    .option('--limit <n>', `most ${noun}s to show`, wholeNumber('--limit'), limit)
    .option(`--after <${noun}>`, `go on after this ${noun}`);
}

/** What the contract takes as a page. */
export function pageOf({ limit, after }: PageOptions): { limit: number; after?: string } {
  return after === undefined ? { limit } : { limit, after };
}
