import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Bucket, RequestOptions } from './bucket.ts';
import { faultCode } from './classify.ts';

const PROBE = Buffer.from('Holdfast tries whether this object can be replaced.\n');

/** Tries at a key that nobody uses whether the service refuses to replace what is there; leaves nothing. */
export type Proof = (bucket: Bucket, key: string, signal: AbortSignal) => Promise<void>;

/**
 * Tries whether the service refuses to replace an object by a put under `If-None-Match: *`; services that do not
 * know the condition ignore it and replace.
 * @throws HoldfastError `storage.breaks-contract` when it does not refuse.
 */
export const proveConditionalPut: Proof = async (bucket, key, signal) => {
  const probe = new Probe(bucket, key, signal);
  try {
    await probe.put({ IfNoneMatch: '*' }).catch(answering('storage.breaks-contract', refuseService));
    await expectRefusal(probe.put({ IfNoneMatch: '*' }));
  } finally {
    await probe.remove();
  }
};

/**
 * The same for the completion of an upload in parts, by which large objects appear: services learnt the two at
 * different times.
 * @throws HoldfastError `storage.breaks-contract` when it does not refuse.
 */
export const proveConditionalCompletion: Proof = async (bucket, key, signal) => {
  const probe = new Probe(bucket, key, signal);
  const id = await probe.beginUpload();
  try {
    await probe.put({});
    await expectRefusal(probe.completeUpload(id));
  } finally {
    await probe.abandonUpload(id);
    await probe.remove();
  }
};

/** The requests of a proof. */
class Probe {
  readonly #bucket: Bucket;
  readonly #place: { readonly Bucket: string; readonly Key: string };
  readonly #signal: AbortSignal;

  constructor(bucket: Bucket, key: string, signal: AbortSignal) {
    this.#bucket = bucket;
    this.#place = { Bucket: bucket.name, Key: key };
    this.#signal = signal;
  }

  async put(condition: { readonly IfNoneMatch?: '*' }): Promise<void> {
    const command = new PutObjectCommand({ ...this.#place, ...condition, Body: PROBE });
    await this.#request((client, options) => client.send(command, options));
  }

  async beginUpload(): Promise<string> {
    const command = new CreateMultipartUploadCommand(this.#place);
    const { UploadId } = await this.#request((client, options) => client.send(command, options));
    if (UploadId !== undefined) return UploadId;
    throw new HoldfastError('storage.failed', { path: this.#place.Key, problem: detail('no-upload') });
  }

  async completeUpload(id: string): Promise<void> {
    const upload = { ...this.#place, UploadId: id };
    const part = new UploadPartCommand({ ...upload, PartNumber: 1, Body: PROBE });
    const { ETag } = await this.#request((client, options) => client.send(part, options));
    const command = new CompleteMultipartUploadCommand({
      ...upload,
      IfNoneMatch: '*',
      MultipartUpload: { Parts: [{ PartNumber: 1, ...(ETag === undefined ? {} : { ETag }) }] },
    });
    await this.#request((client, options) => client.send(command, options));
  }

  async abandonUpload(id: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.#place, UploadId: id });
    try {
      await this.#request((client, options) => client.send(command, options));
    } catch (error) {
      if (faultCode(error) !== 'NoSuchUpload') throw error;
    }
  }

  async remove(): Promise<void> {
    const command = new DeleteObjectCommand(this.#place);
    await this.#request((client, options) => client.send(command, options));
  }

  #request<T>(send: (client: S3Client, options: RequestOptions) => Promise<T>): Promise<T> {
    return this.#bucket.request(this.#place.Key, this.#signal, send);
  }
}

async function expectRefusal(request: Promise<void>): Promise<void> {
  const refused = await request.then(
    () => false,
    answering('storage.exists', async () => true),
  );
  if (!refused) await refuseService();
}

/** Answers an error of that code in another way, and passes on every other. */
function answering<T>(code: HoldfastError['code'], answer: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) =>
    error instanceof HoldfastError && error.code === code ? answer() : Promise.reject(error);
}

function refuseService(): Promise<never> {
  const problem = detail('no-conditional-put');
  return Promise.reject(new HoldfastError('storage.breaks-contract', { problem }));
}
