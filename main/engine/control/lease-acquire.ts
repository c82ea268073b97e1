import { HoldfastError } from '../../../shared/errors/error.ts';
import type { LeaseRecord } from '../../../shared/model/control.ts';
import type { Clock } from '../clock.ts';
import type { Generation, LeaseChain } from './lease-chain.ts';
import { pause } from './pause.ts';

/** The longest that a generation may last; also what one that cannot be understood is given. */
export const LONGEST_DURATION = 600_000;

/** Two machines' clocks count the same stretch of time with less difference than this factor. */
const CLOCK_RATE_MARGIN = 1.1;

/** How often a waiting taker looks, as a part of the lease's duration. */
const LOOKS_PER_DURATION = 30;

export interface Wish {
  readonly chain: LeaseChain;
  readonly directory: string;
  /** What the new generation is to say. */
  readonly record: () => LeaseRecord;
  readonly clock: Clock;
  /** How long to wait for a living holder, in milliseconds. */
  readonly patience: number;
  readonly signal?: AbortSignal;
}

export interface Taken {
  readonly number: number;
  /** On our clock, a moment before the generation was made. */
  readonly since: number;
}

/**
 * Takes the lease. One that is free is taken at once; one whose holder left no sign of life for its whole duration,
 * counted on our own clock from when we first saw it, after that. So no clock is ever compared with another.
 * @throws HoldfastError `engine.lease-held` when the holder lives and patience is at its end
 */
export async function acquire(wish: Wish): Promise<Taken> {
  const { chain, clock, signal } = wish;
  const begun = clock.elapsed();
  let seen: { readonly number: number; readonly at: number } | undefined;
  let lives = false;
  for (;;) {
    const head = await chain.head(signal);
    const at = clock.elapsed();
    const ours = wish.record();
    if (isFree(head, ours) || (seen?.number === head.number && at - seen.at >= lapse(head))) {
      const taken = await chain.append(head.number + 1, ours, signal);
      if (taken && clock.elapsed() - at < ours.milliseconds) return { number: head.number + 1, since: at };
      // Another was first, or the answer came so late that another may be by now: look again.
      continue;
    }
    lives ||= isOurProcess(head, ours) || (seen !== undefined && seen.number !== head.number);
    if (lives && at - begun >= wish.patience) throw held(head, wish.directory);
    if (seen?.number !== head.number) seen = { number: head.number, at };
    await pause(clock, ours.milliseconds / LOOKS_PER_DURATION, signal);
  }
}

function isFree({ number, record }: Generation, ours: LeaseRecord): boolean {
  if (number === 0) return true;
  if (record === undefined) return false;
  return record.state === 'released' || record.token === ours.token || isDeadPredecessor(record, ours);
}

/**
 * An earlier process of our own data directory. We hold that directory's claim, so it has ended. (A data directory
 * copied together with its machine, name and all, breaks this; so does any other identity.)
 */
function isDeadPredecessor({ owner }: LeaseRecord, ours: LeaseRecord): boolean {
  return (
    owner.dataDirectory === ours.owner.dataDirectory &&
    owner.hostName === ours.owner.hostName &&
    owner.claim !== ours.owner.claim
  );
}

/** Held by another run of this very process: no need to wait for a sign of life. */
function isOurProcess({ record }: Generation, ours: LeaseRecord): boolean {
  return record?.owner.claim === ours.owner.claim;
}

/** How long a generation must be seen unchanged before its holder counts as gone. */
function lapse({ record }: Generation): number {
  return (record?.milliseconds ?? LONGEST_DURATION) * CLOCK_RATE_MARGIN;
}

function held({ record }: Generation, directory: string): HoldfastError {
  return new HoldfastError('engine.lease-held', { host: record?.owner.hostName ?? '?', directory });
}
