import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { LeaseRecord, Owner } from '../../../shared/model/control.ts';
import type { Storage } from '../../storages/contract.ts';
import type { Clock } from '../clock.ts';
import { acquire, LONGEST_DURATION, type Taken } from './lease-acquire.ts';
import { LeaseChain } from './lease-chain.ts';

/*
 * A lease on a task directory keeps two installations from changing its backups at once. `lease-chain.ts` says why
 * one generation has one owner; here, why two owners do not act at the same time:
 *
 * A holder counts the duration from before its generation was first sent. A taker counts the same duration, and a
 * tenth more, from after it first saw that generation. Both count on clocks of their own that never jump, so
 * setting a machine's date changes nothing; only clocks that run at rates a tenth apart could. A holder that could
 * not renew stops at the end of its duration: the signal aborts.
 *
 * What no lease on a plain storage can prevent: a process that is stopped (or whose machine sleeps) between its last
 * check and its next request acts late. `confirm` makes that gap one request wide. It appends a generation, which
 * fails when anybody else has, so call it before each removal and do not batch removals behind it.
 */
const DEFAULT_DURATION = 90_000;
const RENEWALS_PER_DURATION = 3;
const RETRIES_PER_DURATION = 12;

export interface LeaseRequest {
  readonly storage: Storage;
  /** The task's directory in the storage. */
  readonly directory: string;
  /** `claim` is the token of the claim on the data directory. */
  readonly owner: Owner & { readonly claim: string };
  readonly clock: Clock;
  readonly randomHex: (bytes: number) => string;
  /** How long the lease outlives its holder, in milliseconds: at most ten minutes. */
  readonly duration?: number;
  /** How long to wait for a living holder, in milliseconds. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/** The right to change a task directory, while the signal that came with it has not fired. */
export interface Lease {
  readonly owner: Owner;
  now(): Date;
  /**
   * Renews the lease and so proves that nobody else has it: call it right before whatever cannot be taken back.
   * @throws HoldfastError `engine.lease-lost`, or the storage's error when it cannot be told
   */
  confirm(): Promise<void>;
}

/**
 * Runs `work` while holding the lease, renews it meanwhile and releases it after. When the lease is lost, the signal
 * given to `work` aborts and the call fails.
 * @throws HoldfastError `engine.lease-held`, `engine.lease-lost`
 */
export async function withLease<T>(
  request: LeaseRequest,
  work: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { storage, directory, clock, patience = 0, signal } = request;
  const record = recordMaker(request);
  const chain = new LeaseChain(storage, directory);
  const wish = { chain, directory, record: () => record('held'), clock, patience, ...(signal && { signal }) };
  const lease = new HeldLease(request, chain, record, await acquire(wish));
  try {
    const result = await work(lease, signal ? AbortSignal.any([signal, lease.signal]) : lease.signal);
    lease.signal.throwIfAborted();
    return result;
  } finally {
    await lease.end();
  }
}

type RecordMaker = (state: LeaseRecord['state']) => LeaseRecord;

function recordMaker({ owner, clock, randomHex, duration = DEFAULT_DURATION }: LeaseRequest): RecordMaker {
  const token = randomHex(16);
  const milliseconds = Math.min(duration, LONGEST_DURATION);
  return (state) => ({
    format: 'holdfast-lease/1.0',
    state,
    owner,
    token,
    milliseconds,
    written: clock.now().toISOString(),
  });
}

class HeldLease implements Lease {
  readonly owner: Owner;
  readonly #clock: Clock;
  readonly #directory: string;
  readonly #chain: LeaseChain;
  readonly #record: RecordMaker;
  readonly #duration: number;
  readonly #loss = new AbortController();
  readonly #ending = new AbortController();
  #number: number;
  /** When the next generation was first sent. It may have arrived although the answer did not. */
  #sent: number | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #cancelDeadline: () => void = () => {};
  #cancelRenewal: () => void = () => {};

  constructor(request: LeaseRequest, chain: LeaseChain, record: RecordMaker, { number, since }: Taken) {
    this.owner = request.owner;
    this.#clock = request.clock;
    this.#directory = request.directory;
    this.#chain = chain;
    this.#record = record;
    this.#duration = record('held').milliseconds;
    this.#number = number;
    this.#holdFrom(since);
    this.#renewAfter(this.#duration / RENEWALS_PER_DURATION);
  }

  /** Fires when the lease is lost. */
  get signal(): AbortSignal {
    return this.#loss.signal;
  }

  now(): Date {
    return this.#clock.now();
  }

  confirm(): Promise<void> {
    const renewed = this.#queue.then(() => this.#renew());
    this.#queue = renewed.catch(() => {});
    return renewed;
  }

  /** Stops renewing and gives the lease back, as far as the storage lets us: else it lapses. */
  async end(): Promise<void> {
    this.#cancelRenewal();
    this.#cancelDeadline();
    this.#ending.abort();
    await this.#queue;
    if (!this.#loss.signal.aborted) await this.#release();
  }

  async #renew(): Promise<void> {
    const stop = AbortSignal.any([this.#loss.signal, this.#ending.signal]);
    stop.throwIfAborted();
    const number = this.#number + 1;
    this.#sent ??= this.#clock.elapsed();
    if (!(await this.#chain.append(number, this.#record('held'), stop))) {
      throw this.#lose(detail('lease-taken-over'));
    }
    this.#loss.signal.throwIfAborted();
    this.#number = number;
    this.#holdFrom(this.#sent);
    this.#sent = undefined;
  }

  #holdFrom(since: number): void {
    this.#cancelDeadline();
    const left = since + this.#duration - this.#clock.elapsed();
    const lapse = () => this.#lose(detail('lease-not-renewed'));
    // A process that was stopped may get an answer before the timer that went off long before it.
    if (left <= 0) throw lapse();
    this.#cancelDeadline = this.#clock.after(left, lapse);
  }

  #renewAfter(milliseconds: number): void {
    this.#cancelRenewal = this.#clock.after(milliseconds, () => {
      this.confirm().then(
        () => this.#renewAgain(RENEWALS_PER_DURATION),
        () => this.#renewAgain(RETRIES_PER_DURATION),
      );
    });
  }

  #renewAgain(timesPerDuration: number): void {
    if (this.#loss.signal.aborted || this.#ending.signal.aborted) return;
    this.#renewAfter(this.#duration / timesPerDuration);
  }

  #lose(problem: Text): HoldfastError {
    const error = new HoldfastError('engine.lease-lost', { directory: this.#directory, problem });
    this.#cancelDeadline();
    this.#loss.abort(error);
    return error;
  }

  async #release(): Promise<void> {
    const limit = new AbortController();
    const cancel = this.#clock.after(this.#duration / RENEWALS_PER_DURATION, () => limit.abort());
    try {
      // A renewal that was cut off may have made one more generation than we know of.
      const head = await this.#chain.head(limit.signal);
      const released = this.#record('released');
      if (head.record?.token === released.token) {
        await this.#chain.append(head.number + 1, released, limit.signal);
      }
    } catch {
      // The work is done and its result stands; the others wait until the lease lapses.
    } finally {
      cancel();
    }
  }
}
