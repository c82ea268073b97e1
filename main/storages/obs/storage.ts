import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { ByteRange, Storage, StorageContext, StoredObject, Usage, WriteOptions } from '../contract.ts';
import { checkRange } from '../range.ts';
import { pullUntilAborted, untilAborted } from '../until-aborted.ts';
import { Bucket } from './bucket.ts';
import { download } from './download.ts';
import { proveConditionalPut } from './exclusive.ts';
import { Keys } from './keys.ts';
import { listDirectories, listObjects } from './listing.ts';
import type { ObsOptions } from './options.ts';
import { inPieces, type Piece } from './pieces.ts';
import { putInParts, putWhole, type UploadTarget, writeToken } from './upload.ts';
import { abandonedUploads } from './uploads.ts';

const MEBIBYTE = 1024 * 1024;

/** A bucket of an S3 service, below a prefix. The service itself shows an object whole or not at all. */
export class ObsStorage implements Storage {
  readonly #bucket: Bucket;
  readonly #keys: Keys;
  readonly #options: ObsOptions;
  readonly #context: StorageContext;
  #proof: Promise<void> | undefined;

  private constructor(bucket: Bucket, options: ObsOptions, context: StorageContext) {
    this.#bucket = bucket;
    this.#keys = new Keys(options.prefix ?? '');
    this.#options = options;
    this.#context = context;
  }

  /** @throws HoldfastError when the bucket is not there or may not be listed. */
  static async connect(options: ObsOptions, context: StorageContext): Promise<ObsStorage> {
    const { retry = once, signal } = context;
    const bucket = new Bucket(options, context.now());
    const storage = new ObsStorage(bucket, options, context);
    try {
      await retry(() => bucket.check(storage.#keys.root, signal), signal);
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
    const { conditionalPut } = this.#options;
    const target: UploadTarget = {
      bucket: this.#bucket,
      key: this.#keys.of(path),
      path,
      token: this.#context.randomHex(16),
      ifAbsent: ifAbsent && conditionalPut,
      retry: this.#context.retry ?? once,
    };
    if (target.ifAbsent) await this.#proveOnce(signal);
    else if (ifAbsent) await this.#refuseTaken(target, signal);
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

  async sweep(olderThan: Date, signal?: AbortSignal): Promise<number> {
    signal?.throwIfAborted();
    const { root, own } = this.#keys;
    let swept = 0;
    for await (const { key, id } of abandonedUploads(this.#bucket, root, olderThan, signal)) {
      const command = new AbortMultipartUploadCommand({ Bucket: this.#bucket.name, Key: key, UploadId: id });
      await this.#bucket.request(key, signal, (client, options) => client.send(command, options));
      swept += 1;
    }
    for await (const { key, modified } of listObjects(this.#bucket, own, signal)) {
      if (modified >= olderThan) continue;
      await this.#delete(key, key, signal);
      swept += 1;
    }
    return swept;
  }

  async close(): Promise<void> {
    this.#bucket.close();
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
    const { partSize, parallelParts } = this.#options;
    const pieces = inPieces(pullUntilAborted(data, stop.signal), partSize * MEBIBYTE);
    try {
      const first = await pieces.next();
      if (first.done === true) return 0;
      if (first.value.last) {
        await putWhole(target, first.value.bytes, stop.signal);
        return first.value.bytes.length;
      }
      if (target.ifAbsent) await this.#refuseTaken(target, stop.signal);
      const counter = { bytes: 0 };
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
    const found = await this.#bucket.head(key, path, signal);
    if (found === undefined) {
      throw new HoldfastError('storage.failed', { path, problem: 'it is not there although it was written' });
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
  async #refuseTaken({ key, path }: UploadTarget, signal: AbortSignal | undefined): Promise<void> {
    if ((await this.#bucket.head(key, path, signal)) === undefined) return;
    throw new HoldfastError('storage.exists', { path });
  }

  /** Several writers wait for the same try; each only as long as its own signal allows. */
  async #proveOnce(signal: AbortSignal | undefined): Promise<void> {
    const key = `${this.#keys.own}probe-${this.#context.randomHex(8)}`;
    this.#proof ??= proveConditionalPut(this.#bucket, key).catch((error: unknown) => {
      this.#proof = undefined;
      throw error;
    });
    await untilAborted(this.#proof, signal);
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
      problem: 'the service tells neither its size nor its time',
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
