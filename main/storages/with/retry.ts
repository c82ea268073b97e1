import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { ByteRange, RetryCall, Storage, StoredObject } from '../contract.ts';
import { truncated } from '../range.ts';

export interface RetryPolicy {
  /**
   * Milliseconds for which a call is tried again, counted from its first failure since anything last arrived: so
   * there is a second try however long the first one took.
   */
  readonly patience: number;
  /** Milliseconds; doubled for every further try, up to `longestDelay`. */
  readonly firstDelay: number;
  readonly longestDelay: number;
}

export interface RetryContext {
  /** 0 to 1, as `Math.random`. */
  readonly random: () => number;
  /** Milliseconds; never goes back, as `performance.now`. */
  readonly elapsed: () => number;
  /** Rejects with the signal's reason when it fires. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly onRetry?: (retry: { error: HoldfastError; attempt: number; delay: number }) => void;
}

/**
 * Tries again what the error table calls retryable. A plain `write` is passed on as it is, since its data can be
 * pulled only once. A read goes on at the byte where it stopped; the objects of a list come once each. Reading a
 * whole object asks for its size first, and fails when the object has changed between two tries; ranges are for
 * objects that do not change.
 */
export function withRetry(storage: Storage, policy: RetryPolicy, context: RetryContext): Storage {
  const retry = <T>(signal: AbortSignal | undefined, call: () => Promise<T>) =>
    new Tries(policy, context, signal).run(call);
  return {
    partSize: storage.partSize,
    stat: (path, signal) => retry(signal, () => storage.stat(path, signal)),
    remove: (path, signal) => retry(signal, () => storage.remove(path, signal)),
    usage: (signal) => retry(signal, () => storage.usage(signal)),
    sweep: (olderThan, options) => retry(options?.signal, () => storage.sweep(olderThan, options)),
    write: (path, data, options) => storage.write(path, data, options),
    list: (prefix, signal) =>
      restarted(
        new Tries(policy, context, signal),
        () => storage.list(prefix, signal),
        (object) => object.path,
      ),
    directories: (prefix, signal) =>
      restarted(
        new Tries(policy, context, signal),
        () => storage.directories(prefix, signal),
        (name) => name,
      ),
    read: (path, range, signal) =>
      range === undefined
        ? resumeWhole(storage, path, signal, new Tries(policy, context, signal))
        : resume(storage, path, range, signal, new Tries(policy, context, signal)),
    close: () => storage.close(),
  };
}

/** Single calls under the same policy, for a driver that sends a write in pieces. */
export function retryCalls(policy: RetryPolicy, context: RetryContext): RetryCall {
  return (call, signal) => new Tries(policy, context, signal).run(call);
}

/** Follows the tries of one call and waits between them. */
class Tries {
  readonly #policy: RetryPolicy;
  readonly #context: RetryContext;
  readonly #signal: AbortSignal | undefined;
  #failed = 0;
  #since = 0;

  constructor(policy: RetryPolicy, context: RetryContext, signal: AbortSignal | undefined) {
    this.#policy = policy;
    this.#context = context;
    this.#signal = signal;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        await this.afterFailure(error);
      }
    }
  }

  /** Something arrived: the next failure is a first one. */
  progress(): void {
    this.#failed = 0;
  }

  /** Waits before the next try, or throws the error when there is none. */
  async afterFailure(error: unknown): Promise<void> {
    this.#signal?.throwIfAborted();
    if (!(error instanceof HoldfastError) || !error.retryable) throw error;
    const now = this.#context.elapsed();
    if (this.#failed === 0) this.#since = now;
    if (this.#failed > 0 && now - this.#since >= this.#policy.patience) throw error;
    this.#failed += 1;
    const full = Math.min(this.#policy.longestDelay, this.#policy.firstDelay * 2 ** (this.#failed - 1));
    // Half of it random, so that clients cut off together do not come back together.
    const delay = full / 2 + (full / 2) * this.#context.random();
    this.#context.onRetry?.({ error, attempt: this.#failed, delay });
    await this.#context.sleep(delay, this.#signal);
  }
}

async function* restarted<T>(
  tries: Tries,
  open: () => AsyncIterable<T>,
  nameOf: (item: T) => string,
): AsyncGenerator<T> {
  const given = new Set<string>();
  for (;;) {
    try {
      for await (const item of open()) {
        if (given.has(nameOf(item))) continue;
        given.add(nameOf(item));
        tries.progress();
        yield item;
      }
      return;
    } catch (error) {
      await tries.afterFailure(error);
    }
  }
}

async function* resumeWhole(
  storage: Storage,
  path: string,
  signal: AbortSignal | undefined,
  tries: Tries,
): AsyncGenerator<Uint8Array> {
  const before = await statPresent(storage, path, signal, tries);
  const checkUnchanged = async () => {
    const now = await statPresent(storage, path, signal, tries);
    if (now.size === before.size && now.modified.getTime() === before.modified.getTime()) return;
    throw new HoldfastError('storage.failed', { path, problem: detail('replaced-meanwhile') });
  };
  if (before.size === 0) return;
  yield* resume(storage, path, { offset: 0, length: before.size }, signal, tries, checkUnchanged);
}

async function statPresent(
  storage: Storage,
  path: string,
  signal: AbortSignal | undefined,
  tries: Tries,
): Promise<StoredObject> {
  const found = await tries.run(() => storage.stat(path, signal));
  if (found === undefined) throw new HoldfastError('storage.missing', { path });
  return found;
}

async function* resume(
  storage: Storage,
  path: string,
  range: ByteRange,
  signal: AbortSignal | undefined,
  tries: Tries,
  checkUnchanged?: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  do {
    const rest = { offset: range.offset + done, length: range.length - done };
    let failure: unknown;
    try {
      for await (const chunk of storage.read(path, rest, signal)) {
        done += chunk.length;
        tries.progress();
        yield chunk;
      }
      if (done < range.length) throw truncated(path, range.length, done);
      return;
    } catch (error) {
      failure = error;
    }
    await tries.afterFailure(failure);
    await checkUnchanged?.();
  } while (done < range.length);
}
