import { setTimeout as delay } from 'node:timers/promises';
import { isKafkaError, type KafkaError } from './errors.ts';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 1000;

/** What a broker answers while it is not, or not yet, the one to ask: it has done nothing. */
const ELSEWHERE = [
  'BROKER_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'LEADER_NOT_AVAILABLE',
  'NOT_CONTROLLER',
  'NOT_COORDINATOR',
  'NOT_LEADER_OR_FOLLOWER',
  'FENCED_LEADER_EPOCH',
  'REPLICA_NOT_AVAILABLE',
] as const;

/** Beyond these, what a read may be asked again after. */
const PASSING = [
  'Unreachable',
  'TimedOut',
  'REQUEST_TIMED_OUT',
  'NETWORK_EXCEPTION',
  'UNSTABLE_OFFSET_COMMIT',
  'OFFSET_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
  'THROTTLING_QUOTA_EXCEEDED',
] as const;

/** True where the same call may succeed a little later and has changed nothing so far. */
export function isPassing(error: unknown, write: boolean): error is KafkaError {
  if (isKafkaError(error, ...ELSEWHERE)) return true;
  if (write) return isKafkaError(error, 'Unreachable', 'TimedOut') && !error.outcomeUnknown;
  return isKafkaError(error, ...PASSING);
}

/** Grows from try to try, until a call's patience is over. */
export class Backoff {
  readonly #until: number;
  readonly #random: () => number;
  #wait = FIRST_DELAY_MS;
  #given = false;

  /** @param random uniform in [0, 1) */
  constructor(patienceMs: number, random: () => number) {
    this.#until = performance.now() + patienceMs;
    this.#random = random;
  }

  /**
   * False when there is no time left; else true, after a pause. Silence may eat up all the time and be due to a
   * connection that only this side still has: after it there is time for one more try.
   */
  async again(signal: AbortSignal | undefined, failures: readonly unknown[]): Promise<boolean> {
    const pause = this.#wait * (0.5 + this.#random());
    if (performance.now() + pause > this.#until && !this.#gives(failures)) return false;
    this.#wait = Math.min(this.#wait * 2, LONGEST_DELAY_MS);
    await delay(pause, undefined, signal === undefined ? {} : { signal });
    return true;
  }

  #gives(failures: readonly unknown[]): boolean {
    if (this.#given || !failures.some((failure) => isKafkaError(failure, 'TimedOut'))) return false;
    this.#given = true;
    return true;
  }
}
