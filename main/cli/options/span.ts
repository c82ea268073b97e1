import type { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';

export interface TimeOptions {
  readonly since?: string;
  readonly until?: string;
}

export interface SpanOptions extends TimeOptions {
  readonly cluster?: string;
}

/** Adds what lists of runs and points are narrowed by beside the task. */
export function withSpanOptions(command: Command, noun: string): Command {
  return withTimeOptions(command.option('--cluster <name>', `only ${noun}s of this cluster`));
}

/** Adds what a list is narrowed to in time. */
export function withTimeOptions(command: Command): Command {
  return command
    .option('--since <instant>', 'only from then on, such as 2026-03-01 or 2026-03-01T02:00:00Z')
    .option('--until <instant>', 'only up to then');
}

/** What the contract takes for it. @throws HoldfastError `general.invalid-input` */
export function spanOf({ cluster, ...times }: SpanOptions): SpanOptions {
  return { ...(cluster === undefined ? {} : { cluster }), ...timesOf(times) };
}

/** The instants in full. @throws HoldfastError `general.invalid-input` */
export function timesOf({ since, until }: TimeOptions): TimeOptions {
  return {
    ...(since === undefined ? {} : { since: instant('--since', since) }),
    ...(until === undefined ? {} : { until: instant('--until', until) }),
  };
}

function instant(flag: string, text: string): string {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new HoldfastError('general.invalid-input', {
    what: `${flag} ${text}`,
    problem: detail('write-instant'),
  });
}
