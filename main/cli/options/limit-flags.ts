import type { Command } from 'commander';
import { wholeNumber } from './whole-number.ts';

/** Adds the flags for the load that may be put on a cluster. */
export function addLimitFlags(command: Command): void {
  const limits = [
    ['--requests-in-flight', 'most requests under way at once'],
    ['--objects-per-second', 'most objects read or written a second'],
  ] as const;
  for (const [flag, description] of limits) command.option(`${flag} <n>`, description, wholeNumber(flag));
}
