import { DeleteObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { untilAborted } from '../../../shared/abort.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type {
  ByteRange,
  RetryCall,
  Storage,
  StorageContext,
  StoredObject,
  SweepOptions,
  Usage,
  WriteOptions,
} from '../contract.ts';
import { pullUntilAborted } from '../pull-until-aborted.ts';
import { checkRange } from '../range.ts';
import { Bucket } from './bucket.ts';
import { download } from './download.ts';
import { type Proof, proveConditionalCompletion, proveConditionalPut } from './exclusive.ts';
import { Keys } from './keys.ts';
import { listDirectories, listObjects } from './listing.ts';
import type { ObsOptions } from './options.ts';
import { inPieces, type Piece } from './pieces.ts';
import { putInParts, putWhole, type UploadTarget, writeToken } from './upload.ts';
import { abandonUpload, lastArrival, type UnfinishedUpload, unfinishedUploads } from './uploads.ts';

const MEBIBYTE = 1024 * 1024;

/** A bucket of an S3 service, below a prefix. The service itself shows an object whole or not at all. */
export class ObsStorage implements Storage {
  readonly partSize: number;
  readonly #bucket: Bucket;
  readonly #keys: Keys;
  readonly #options: ObsOptions;
  readonly #context: StorageContext;
  readonly #retry: RetryCall;
  readonly #closing = new AbortController();
  readonly #proofs = new Map<Proof, Promise<void>>();

  private constructor(bucket: Bucket, options: ObsOptions, context: StorageContext) {
    this.#bucket = bucket;
    this.partSize = options.partSize * MEBIBYTE;
    this.#keys = new Keys(options.prefix ?? '');
    this.#options = options;
    this.#context = context;
    this.#retry = context.retry ?? once;
  }

  /** @throws HoldfastError when the bucket is not there or may not be listed. */
  static async connect(options: ObsOptions, context: StorageContext): Promise<ObsStorage> {
    const bucket = new Bucket(options, context.now());
    const storage = new ObsStorage(bucket, options, context);
    try {
      await bucket.check(storage.#keys.root, context.signal);
      return storage;
    } catch (error) {
      bucket.close();
      throw error;
    }
  }

  async stat(path: string, signal?: AbortSignal): Promise<StoredObject | undefined> {
    signal?.throwIfAborted();
    const found = await this.#bucket.head(this.#keys.of(path), path, signal);
    return found === undefined ? undefined : stored(path, found);
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<StoredObject> {
    signal?.throwIfAborted();
    for await (const { key, size, modified } of listObjects(
      this.#bucket,
      this.#keys.within(prefix),
      signal,
    )) {
      const path = this.#keys.pathOf(key);
      if (path !== undefined) yield { path, size, modified: wholeSeconds(modified) };
    }
  }

  async *directories(prefix: string, signal?: AbortSignal): AsyncGenerator<string> {
    signal?.throwIfAborted();
    for await (const key of listDirectories(this.#bucket, this.#keys.within(prefix), signal)) {
      const path = this.#keys.pathOf(key);
      if (path !== undefined) yield path.slice(path.lastIndexOf('/') + 1);
    }
  }

  async *read(path: string, range?: ByteRange, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    signal?.throwIfAborted();
    const key = this.#keys.of(path);
    if (range !== undefined) checkRange(path, range);
    yield* download(this.#bucket, key, path, range, signal);
  }

  async write(
    path: string,
    data: AsyncIterable<Uint8Array>,
    options: WriteOptions = {},
  ): Promise<StoredObject> {
    const { ifAbsent = false, signal } = options;
    signal?.throwIfAborted();
    const target = this.#target(path, ifAbsent);
    if (target.ifAbsent) await this.#prove(proveConditionalPut, signal);
    else await target.lastLook?.(signal);
    const size = await this.#upload(target, data, signal);
    return this.#settle(target, size, ifAbsent, signal);
  }

  async remove(path: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.#delete(this.#keys.of(path), path, signal);
  }

  /** A bucket has no end that could be asked for. */
  async usage(signal?: AbortSignal): Promise<Usage> {
    signal?.throwIfAborted();
    return {};
  }

  async sweep(olderThan: Date, { ours = () => true, signal }: SweepOptions = {}): Promise<number> {
    signal?.throwIfAborted();
    const { root, own } = this.#keys;
    let swept = 0;
    for await (const upload of unfinishedUploads(this.#bucket, root, signal)) {
      if (!this.#isOurs(upload.key, ours) || !(await this.#isStale(upload, olderThan, signal))) continue;
      if (await abandonUpload(this.#bucket, upload, signal)) swept += 1;
    }
    for await (const { key, modified } of listObjects(this.#bucket, own, signal)) {
      if (modified >= olderThan) continue;
      await this.#delete(key, key, signal);
      swept += 1;
    }
    return swept;
  }

  async close(): Promise<void> {
    this.#closing.abort(new HoldfastError('storage.failed', { path: '', problem: detail('closed') }));
    this.#bucket.close();
  }

  #target(path: string, ifAbsent: boolean): UploadTarget {
    const { conditionalPut } = this.#options;
    const key = this.#keys.of(path);
    const careful = ifAbsent && !conditionalPut;
    return {
      bucket: this.#bucket,
      key,
      path,
      token: this.#context.randomHex(16),
      ifAbsent: ifAbsent && conditionalPut,
      ...(careful ? { lastLook: (signal) => this.#refuseTaken({ key, path }, signal) } : {}),
      retry: this.#retry,
    };
  }

  /** Gives the number of bytes that were stored. */
  async #upload(
    target: UploadTarget,
    data: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const stop = new AbortController();
    const abort = () => stop.abort(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const pieces = inPieces(pullUntilAborted(data, stop.signal), this.partSize);
    try {
      const first = await pieces.next();
      if (first.done === true) return 0;
      if (first.value.last) {
        await putWhole(target, first.value.bytes, stop.signal);
        return first.value.bytes.length;
      }
      if (target.ifAbsent) await this.#prove(proveConditionalCompletion, stop.signal);
      if (target.ifAbsent) await this.#refuseTaken(target, stop.signal);
      const counter = { bytes: 0 };
      const { parallelParts } = this.#options;
      await putInParts(target, counted(first.value, pieces, counter), parallelParts, stop);
      return counter.bytes;
    } finally {
      signal?.removeEventListener('abort', abort);
      await pieces.return(undefined);
    }
  }

  /** What the service says of the object that was just written. */
  async #settle(
    { key, path, token }: UploadTarget,
    size: number,
    ifAbsent: boolean,
    signal: AbortSignal | undefined,
  ): Promise<StoredObject> {
    const found = await this.#retry(() => this.#bucket.head(key, path, signal), signal);
    if (found === undefined) {
      throw new HoldfastError('storage.failed', { path, problem: detail('not-there') });
    }
    const maker = writeToken(found.Metadata);
    if (maker === token || maker === undefined) {
      if (found.ContentLength === size) return stored(path, found);
      throw new HoldfastError('storage.truncated', {
        path,
        expected: size,
        actual: found.ContentLength ?? 0,
      });
    }
    // Another writer has replaced it since. Without conditional put that shows who came first, too late to prevent it.
    if (ifAbsent && !this.#options.conditionalPut) throw new HoldfastError('storage.exists', { path });
    return { ...stored(path, found), size };
  }

  /** Saves sending the data; the service decides in the end. */
  async #refuseTaken(
    { key, path }: Pick<UploadTarget, 'key' | 'path'>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const found = await this.#retry(() => this.#bucket.head(key, path, signal), signal);
    if (found === undefined) return;
    throw new HoldfastError('storage.exists', { path });
  }

  /** Several writers wait for the same try; each only as long as its own signal allows. */
  async #prove(proof: Proof, signal: AbortSignal | undefined): Promise<void> {
    let trying = this.#proofs.get(proof);
    if (trying === undefined) {
      trying = this.#try(proof);
      this.#proofs.set(proof, trying);
    }
    await untilAborted(trying, signal);
  }

  /** A key of its own for each time: what an earlier one did may yet arrive. */
  async #try(proof: Proof): Promise<void> {
    const { signal } = this.#closing;
    const key = () => `${this.#keys.own}probe-${this.#context.randomHex(8)}`;
    try {
      await this.#retry(() => proof(this.#bucket, key(), signal), signal);
    } catch (error) {
      this.#proofs.delete(proof);
      throw error;
    }
  }

  #isOurs(key: string, ours: (path: string) => boolean): boolean {
    const path = this.#keys.pathOf(key);
    return path === undefined ? key.startsWith(this.#keys.own) : ours(path);
  }

  /** An upload of days is alive while its parts arrive. */
  async #isStale(
    upload: UnfinishedUpload,
    olderThan: Date,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    if (upload.begun >= olderThan) return false;
    const last = await lastArrival(this.#bucket, upload, signal);
    return last !== undefined && last < olderThan;
  }

  async #delete(key: string, path: string, signal: AbortSignal | undefined): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.#bucket.name, Key: key });
    try {
      await this.#bucket.request(path, signal, (client, options) => client.send(command, options));
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== 'storage.missing') throw error;
    }
  }
}

async function* counted(
  first: Piece,
  rest: AsyncIterable<Piece>,
  counter: { bytes: number },
): AsyncGenerator<Piece> {
  counter.bytes += first.bytes.length;
  yield first;
  for await (const piece of rest) {
    counter.bytes += piece.bytes.length;
    yield piece;
  }
}

function stored(
  path: string,
  { ContentLength: size, LastModified: modified }: HeadObjectCommandOutput,
): StoredObject {
  if (size === undefined || modified === undefined) {
    throw new HoldfastError('storage.failed', {
      path,
      problem: detail('no-size-or-time'),
    });
  }
  return { path, size, modified };
}

/** Listings are finer than HEAD in some services: an object has one time. */
function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

/** Where nobody has given a policy. */
async function once<T>(call: () => Promise<T>): Promise<T> {
  return call();
}
