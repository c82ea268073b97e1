import type { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';

export interface SpanOptions {
  readonly cluster?: string;
  readonly since?: string;
  readonly until?: string;
}

/** Adds what lists of runs and points are narrowed by beside the task. */
export function withSpanOptions(command: Command, noun: string): Command {
  return command
    .option('--cluster <name>', `only ${noun}s of this cluster`)
    .option('--since <instant>', 'only from then on, such as 2026-03-01 or 2026-03-01T02:00:00Z')
    .option('--until <instant>', 'only up to then');
}

/** What the contract takes for it. @throws HoldfastError `general.invalid-input` */
export function spanOf({ cluster, since, until }: SpanOptions): {
  cluster?: string;
  since?: string;
  until?: string;
} {
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(since === undefined ? {} : { since: instant('--since', since) }),
    ...(until === undefined ? {} : { until: instant('--until', until) }),
  };
}

function instant(flag: string, text: string): string {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new HoldfastError('general.invalid-input', {
    what: `${flag} ${text}`,
    problem: 'write it as 2026-03-01T02:00:00Z',
  });
}
