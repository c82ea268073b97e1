import type { z } from 'zod';
import type { Text } from '../../shared/errors/text.ts';

/*
 * What every storage keeps, whatever it is made of. The conformance suite holds each driver to it.
 *
 * Paths are relative to the storage's root, components separated by `/`, never empty, `.` or `..`, never with a
 * leading or trailing slash. They may hold any Unicode but control characters; a driver escapes what its
 * medium cannot hold and gives back the name that was written. Directories are not objects: they appear with
 * the first object in them and need not vanish with the last.
 *
 * Atomicity. An object appears whole or not at all. While `write` is under way, and after it failed, was
 * aborted or its process died, `stat`, `list` and `read` show what was there before. What remains of such an
 * attempt is never listed and is cleared away by `sweep`.
 *
 * Durability. When `write` has resolved, the object survives a crash of the machine that stores it, as far as
 * the medium can promise it. `remove` likewise.
 *
 * Read after write. Once `write` or `remove` has resolved, every later `stat`, `list` and `read`, from any
 * client, shows it.
 *
 * Exclusive creation. `write` with `ifAbsent` fails with `storage.exists` when the path is taken, and of several
 * writers at once exactly one succeeds. Leases rest on it.
 *
 * Order. `list` yields in no particular order. Objects created or removed meanwhile may or may not be seen.
 *
 * Reading. `read` yields exactly the bytes asked for, or fails: a short answer is `storage.truncated`. A range
 * past the end is an error, not an empty answer. Chunks may be reused by no one: the consumer owns them.
 *
 * Abort. Every call stops soon after its signal fires, rejects with the signal's reason and leaves nothing half done.
 *
 * Errors. Drivers classify, with codes of the error table: `storage.missing`, `storage.exists`, `storage.denied`,
 * `storage.full`, `storage.unreachable`, `storage.truncated`, `storage.failed`. They never retry by themselves:
 * `with/retry` decides by the table's `retryable`. The data of a write can be pulled only once, so that the call
 * as a whole cannot be made again; a driver that sends it in pieces, and still holds the piece, hands the sending
 * of it, and what it asks before and after, to the context's `retry`.
 */

/** An object as the storage knows it. */
export interface StoredObject {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly modified: Date;
}

export interface ByteRange {
  /** Bytes from the start of the object. */
  readonly offset: number;
  /** Bytes; at least 1. */
  readonly length: number;
}

export interface WriteOptions {
  /** Fail with `storage.exists` instead of replacing. */
  readonly ifAbsent?: boolean;
  readonly signal?: AbortSignal;
}

/** Space, in bytes; undefined where the medium cannot tell. Advisory: a full medium is still met by `write`. */
export interface Usage {
  readonly total?: number;
  readonly free?: number;
}

export interface SweepOptions {
  /** Whether a path may be one that the caller writes to: what stays of other writes is left alone. Absent: all are. */
  readonly ours?: (path: string) => boolean;
  readonly signal?: AbortSignal;
}

export interface Storage {
  /** Bytes; a larger object is sent in parts, which takes other requests. Undefined: there is no such difference. */
  readonly partSize: number | undefined;
  /** Undefined when there is no such object. */
  stat(path: string, signal?: AbortSignal): Promise<StoredObject | undefined>;
  /** Every object below the directory `prefix` (`''`: all of the storage), at any depth. A missing one is empty. */
  list(prefix: string, signal?: AbortSignal): AsyncIterable<StoredObject>;
  /** Names of the directories directly below `prefix`. */
  directories(prefix: string, signal?: AbortSignal): AsyncIterable<string>;
  /** The whole object, or a range of it. Fails with `storage.missing` when it is not there. */
  read(path: string, range?: ByteRange, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Pulls `data` as fast as the medium takes it. A source that throws aborts the write; its error is passed on. */
  write(path: string, data: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<StoredObject>;
  /** Resolves also when the object is not there. */
  remove(path: string, signal?: AbortSignal): Promise<void>;
  usage(signal?: AbortSignal): Promise<Usage>;
  /** Clears away what is left of writes for which nothing has arrived since `olderThan`. Gives their number. */
  sweep(olderThan: Date, options?: SweepOptions): Promise<number>;
  close(): Promise<void>;
}

/** What a driver may use of the world outside its medium. */
export interface StorageContext {
  readonly now: () => Date;
  /** Hex digits, random. */
  readonly randomHex: (bytes: number) => string;
  /** Makes a call of the medium again while it fails and may be tried again; not for `connect`. Absent: made once. */
  readonly retry?: RetryCall;
  readonly signal?: AbortSignal;
}

/** Runs `call` until it succeeds, fails for good, or there were tries enough; gives what the last one gave. */
export type RetryCall = <T>(call: () => Promise<T>, signal: AbortSignal | undefined) => Promise<T>;

/** What a storage can do beyond the contract; absent means it cannot. */
export interface StorageCapabilities {
  /** The medium is a directory of this machine: other programs can open the archives in place. */
  readonly localPath?: true;
  /** Free space is known. */
  readonly reportsSpace?: true;
}

/** A kind of storage: one definition from which flags, forms, validation and documentation are derived. */
export interface StorageDriver<Schema extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly label: Text;
  readonly summary: Text;
  readonly options: Schema;
  readonly capabilities: StorageCapabilities;
  /** The least rights with which everything works, and what can be done without; Markdown. */
  readonly account: Text;
  connect(options: z.infer<Schema>, context: StorageContext): Promise<Storage>;
}

/** Keeps a definition's option types while it is declared. */
export function defineStorage<Schema extends z.ZodObject>(
  driver: StorageDriver<Schema>,
): StorageDriver<Schema> {
  return driver;
}
