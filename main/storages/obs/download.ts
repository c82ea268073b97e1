import { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { ByteRange } from '../contract.ts';
import { pullUntilAborted } from '../pull-until-aborted.ts';
import { truncated } from '../range.ts';
import type { Bucket } from './bucket.ts';
import { faultCode } from './classify.ts';

/** Yields the bytes of an object, or of a range of it, by one request; as many as there must be, or it fails. */
export async function* download(
  bucket: Bucket,
  key: string,
  path: string,
  range: ByteRange | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const answer = await openBody(bucket, key, path, range, signal);
  const { Body: body } = answer;
  if (!(body instanceof Readable))
    throw new HoldfastError('storage.failed', { path, problem: detail('no-body') });
  let received = 0;
  try {
    const expected = expectedLength(answer, path, range);
    for await (const chunk of pullUntilAborted<Uint8Array>(body, signal)) {
      received += chunk.length;
      yield chunk;
    }
    if (expected !== undefined && received !== expected) throw truncated(path, expected, received);
  } catch (error) {
    signal?.throwIfAborted();
    throw bucket.classify(error, path);
  } finally {
    body.destroy();
  }
}

async function openBody(
  bucket: Bucket,
  key: string,
  path: string,
  range: ByteRange | undefined,
  signal: AbortSignal | undefined,
): Promise<GetObjectCommandOutput> {
  const command = new GetObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ...(range === undefined ? {} : { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` }),
  });
  try {
    return await bucket.request(path, signal, (client, options) => client.send(command, options));
  } catch (error) {
    if (range === undefined || faultCode(error) !== 'InvalidRange') throw error;
    const size = (await bucket.head(key, path, signal))?.ContentLength ?? 0;
    throw truncated(path, range.length, Math.max(0, size - range.offset));
  }
}

/** How many bytes have to come; undefined when the service does not say how large the object is. */
function expectedLength(
  { ContentLength: length, ContentRange: place }: GetObjectCommandOutput,
  path: string,
  range: ByteRange | undefined,
): number | undefined {
  if (range === undefined) return length;
  if (place?.startsWith(`bytes ${range.offset}-`) !== true) {
    throw new HoldfastError('storage.breaks-contract', {
      problem: detail('not-that-range'),
    });
  }
  if (length !== undefined && length < range.length) throw truncated(path, range.length, length);
  return range.length;
}
