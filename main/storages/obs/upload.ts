import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { RetryCall } from '../contract.ts';
import type { Bucket } from './bucket.ts';
import { faultCode } from './classify.ts';
import type { Piece } from './pieces.ts';

/** S3's limit. */
const MOST_PARTS = 10_000;
/** How long a failed upload is waited for to be cleared away, in milliseconds: what stays is swept later. */
const CLEARING_TIME = 3000;
const CLEARING_TRIES = 4;
const CLEARING_PAUSE = 100;
/** The name under which an object keeps the token of the write that made it. */
const TOKEN = 'holdfast-write';

/** One write of one object. */
export interface UploadTarget {
  readonly bucket: Bucket;
  readonly key: string;
  readonly path: string;
  /** Tells this write from every other, and so whether the object that is there came from it. */
  readonly token: string;
  /** The service is to refuse when the key is taken. */
  readonly ifAbsent: boolean;
  /** Refuses a key that is taken, where the service cannot: called as late as can be. */
  readonly lastLook?: (signal: AbortSignal | undefined) => Promise<void>;
  readonly retry: RetryCall;
}

/** The token of the write that made an object, from what HEAD tells; undefined when it was another program. */
export function writeToken(metadata: Readonly<Record<string, string>> | undefined): string | undefined {
  return metadata?.[TOKEN];
}

/** Stores an object by one request. The service refuses bytes that do not fit their digest. */
export async function putWhole(
  target: UploadTarget,
  bytes: Buffer,
  signal: AbortSignal | undefined,
): Promise<void> {
  const command = new PutObjectCommand({
    ...place(target),
    ...condition(target),
    Metadata: { [TOKEN]: target.token },
    Body: bytes,
    ContentLength: bytes.length,
    ContentMD5: md5(bytes),
  });
  await send(target, signal, () =>
    target.bucket.request(target.path, signal, (client, options) => client.send(command, options)),
  );
}

/**
 * Stores an object in parts, several under way at once. `pieces` is pulled as fast as they go; memory holds one
 * more than are under way. What fails leaves nothing behind, unless the service cannot be reached any more.
 * @throws whatever `pieces` throws, and HoldfastError.
 */
export async function putInParts(
  target: UploadTarget,
  pieces: AsyncIterable<Piece>,
  parallel: number,
  stop: AbortController,
): Promise<void> {
  const { signal } = stop;
  const id = await target.retry(() => begin(target, signal), signal);
  const parts = new Parts(target, id, stop);
  try {
    for await (const { bytes } of pieces) await parts.add(bytes, parallel);
    await parts.all();
    await target.lastLook?.(signal);
    await send(target, signal, () => complete(target, id, parts.done, signal));
  } catch (error) {
    stop.abort(error);
    await parts.ended();
    await abandon(target, id);
    throw error;
  }
}

class Parts {
  /** In order once all have been sent. */
  readonly done: CompletedPart[] = [];
  readonly #target: UploadTarget;
  readonly #id: string;
  readonly #stop: AbortController;
  readonly #underWay = new Set<Promise<void>>();

  constructor(target: UploadTarget, id: string, stop: AbortController) {
    this.#target = target;
    this.#id = id;
    this.#stop = stop;
  }

  /** Begins to send a part as soon as fewer than `parallel` are under way. */
  async add(bytes: Buffer, parallel: number): Promise<void> {
    const number = this.done.length + 1;
    if (number > MOST_PARTS) throw new HoldfastError('storage.too-large', { path: this.#target.path });
    while (this.#underWay.size >= parallel) await Promise.race(this.#underWay);
    this.done.push({ PartNumber: number });
    const sending = this.#send(number, bytes).finally(() => this.#underWay.delete(sending));
    // Its failure stops everything by the signal, also while the next piece is waited for.
    sending.catch((error: unknown) => this.#stop.abort(error));
    this.#underWay.add(sending);
  }

  async all(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#stop.signal.throwIfAborted();
  }

  /** Resolves when no part is under way any more, whatever became of them. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #send(number: number, bytes: Buffer): Promise<void> {
    const { bucket, path, retry } = this.#target;
    const { signal } = this.#stop;
    const command = new UploadPartCommand({
      ...place(this.#target),
      UploadId: this.#id,
      PartNumber: number,
      Body: bytes,
      ContentLength: bytes.length,
      ContentMD5: md5(bytes),
    });
    const { ETag } = await retry(
      () => bucket.request(path, signal, (client, options) => client.send(command, options)),
      signal,
    );
    this.done[number - 1] = { PartNumber: number, ...(ETag === undefined ? {} : { ETag }) };
  }
}

async function begin(target: UploadTarget, signal: AbortSignal): Promise<string> {
  const input = { ...place(target), Metadata: { [TOKEN]: target.token } };
  const { UploadId } = await target.bucket.request(target.path, signal, (client, options) =>
    client.send(new CreateMultipartUploadCommand(input), options),
  );
  if (UploadId !== undefined) return UploadId;
  throw new HoldfastError('storage.failed', { path: target.path, problem: detail('no-upload') });
}

async function complete(
  target: UploadTarget,
  id: string,
  parts: CompletedPart[],
  signal: AbortSignal,
): Promise<void> {
  const input = { ...place(target), ...condition(target), UploadId: id, MultipartUpload: { Parts: parts } };
  await target.bucket.request(target.path, signal, (client, options) =>
    client.send(new CompleteMultipartUploadCommand(input), options),
  );
}

/**
 * Makes the call that makes the object appear, again when its answer was lost. The service then finds the object
 * there, or the upload gone, because of the first try: what the object says of its origin decides.
 */
async function send(
  target: UploadTarget,
  signal: AbortSignal | undefined,
  call: () => Promise<unknown>,
): Promise<void> {
  await target.retry(async () => {
    try {
      await call();
    } catch (error) {
      if (!DONE_BEFORE.includes(faultCode(error) ?? '')) throw error;
      const found = await target.bucket.head(target.key, target.path, signal);
      if (writeToken(found?.Metadata) !== target.token) throw error;
    }
  }, signal);
}

const DONE_BEFORE = ['PreconditionFailed', 'NoSuchUpload'];

/**
 * Gives up an upload until the service does not know it any more: a part that was still arriving may bring it back.
 * Whatever this fails with, the reason of the failed write is what counts.
 */
async function abandon(target: UploadTarget, id: string): Promise<void> {
  const command = new AbortMultipartUploadCommand({ ...place(target), UploadId: id });
  const signal = AbortSignal.timeout(CLEARING_TIME);
  for (let time = 0; time < CLEARING_TRIES; time += 1) {
    if (time > 0) await sleep(CLEARING_PAUSE);
    try {
      await target.bucket.request(target.path, signal, (client, options) => client.send(command, options));
    } catch (error) {
      if (signal.aborted || faultCode(error) === 'NoSuchUpload') return;
    }
  }
}

function place({ bucket, key }: UploadTarget): { Bucket: string; Key: string } {
  return { Bucket: bucket.name, Key: key };
}

function condition({ ifAbsent }: UploadTarget): { IfNoneMatch?: string } {
  return ifAbsent ? { IfNoneMatch: '*' } : {};
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64');
}
