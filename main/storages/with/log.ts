import { HoldfastError } from '../../../shared/errors/error.ts';
import type { ErrorCode } from '../../../shared/errors/table.ts';
import type { Storage } from '../contract.ts';

export type StorageCallName = Exclude<keyof Storage, 'close'>;

/** One finished call. Holds names and numbers only, never an option of the storage. */
export interface LoggedCall {
  readonly storage: string;
  readonly call: StorageCallName;
  /** The object or prefix; empty for calls about the whole storage. */
  readonly path: string;
  /** `stopped`: the caller ended a read or list early. */
  readonly outcome: 'ok' | 'failed' | 'aborted' | 'stopped';
  readonly milliseconds: number;
  /** Bytes that were read or written; items that were listed or swept. */
  readonly amount?: number;
  readonly code?: ErrorCode;
}

export type StorageLog = (call: LoggedCall) => void;

/** Logs each call when it ends. `clock` gives milliseconds and never goes back, as `performance.now`. */
export function withLog(storage: Storage, name: string, log: StorageLog, clock: () => number): Storage {
  const begin = (call: StorageCallName, path: string, signal?: AbortSignal) =>
    new Entry({ storage: name, call, path }, log, clock, signal);
  return {
    partSize: storage.partSize,
    stat: (path, signal) => begin('stat', path, signal).during(storage.stat(path, signal)),
    remove: (path, signal) => begin('remove', path, signal).during(storage.remove(path, signal)),
    usage: (signal) => begin('usage', '', signal).during(storage.usage(signal)),
    sweep: (olderThan, options) =>
      begin('sweep', '', options?.signal).during(storage.sweep(olderThan, options), (count) => count),
    write: (path, data, options) =>
      begin('write', path, options?.signal).during(storage.write(path, data, options), ({ size }) => size),
    list: (prefix, signal) => begin('list', prefix, signal).through(storage.list(prefix, signal), () => 1),
    directories: (prefix, signal) =>
      begin('directories', prefix, signal).through(storage.directories(prefix, signal), () => 1),
    read: (path, range, signal) =>
      begin('read', path, signal).through(storage.read(path, range, signal), ({ length }) => length),
    close: () => storage.close(),
  };
}

class Entry {
  readonly #what: Pick<LoggedCall, 'storage' | 'call' | 'path'>;
  readonly #log: StorageLog;
  readonly #clock: () => number;
  readonly #signal: AbortSignal | undefined;

  constructor(
    what: Pick<LoggedCall, 'storage' | 'call' | 'path'>,
    log: StorageLog,
    clock: () => number,
    signal: AbortSignal | undefined,
  ) {
    this.#what = what;
    this.#log = log;
    this.#clock = clock;
    this.#signal = signal;
  }

  async during<T>(work: Promise<T>, amountOf?: (result: T) => number): Promise<T> {
    const since = this.#clock();
    try {
      const result = await work;
      this.#end(since, 'ok', amountOf === undefined ? {} : { amount: amountOf(result) });
      return result;
    } catch (error) {
      this.#fail(since, error, {});
      throw error;
    }
  }

  async *through<T>(items: AsyncIterable<T>, amountOf: (item: T) => number): AsyncGenerator<T> {
    const since = this.#clock();
    let amount = 0;
    let ended = false;
    try {
      for await (const item of items) {
        amount += amountOf(item);
        yield item;
      }
      ended = true;
      this.#end(since, 'ok', { amount });
    } catch (error) {
      ended = true;
      this.#fail(since, error, { amount });
      throw error;
    } finally {
      if (!ended) this.#end(since, 'stopped', { amount });
    }
  }

  #fail(since: number, error: unknown, more: Pick<LoggedCall, 'amount'>): void {
    const outcome = this.#signal?.aborted === true ? 'aborted' : 'failed';
    this.#end(since, outcome, error instanceof HoldfastError ? { ...more, code: error.code } : more);
  }

  #end(since: number, outcome: LoggedCall['outcome'], more: Pick<LoggedCall, 'amount' | 'code'>): void {
    this.#log({ ...this.#what, outcome, milliseconds: this.#clock() - since, ...more });
  }
}
