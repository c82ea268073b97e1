import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Bucket } from './bucket.ts';
import { faultCode } from './classify.ts';

/** An upload that was begun and neither completed nor given up. */
export interface UnfinishedUpload {
  readonly key: string;
  readonly id: string;
  readonly begun: Date;
}

/** The uploads to keys below `prefix`, page by page. */
export async function* unfinishedUploads(
  bucket: Bucket,
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<UnfinishedUpload> {
  let after: PageMarker | undefined = {};
  while (after !== undefined) {
    const command = new ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix: prefix, ...after });
    const page = await bucket.request(prefix, signal, (client, options) => client.send(command, options));
    for (const { Key: key, UploadId: id, Initiated: begun } of page.Uploads ?? []) {
      if (key !== undefined && id !== undefined && begun !== undefined) yield { key, id, begun };
    }
    after = markerAfter(page, after);
  }
}

interface PageMarker {
  readonly KeyMarker?: string;
  readonly UploadIdMarker?: string;
}

function markerAfter(
  { IsTruncated, NextKeyMarker, NextUploadIdMarker }: ListMultipartUploadsCommandOutput,
  before: PageMarker,
): PageMarker | undefined {
  if (IsTruncated !== true) return undefined;
  const stands = NextKeyMarker === before.KeyMarker && NextUploadIdMarker === before.UploadIdMarker;
  if (NextKeyMarker === undefined || stands) throw standsStill('uploads-stand-still');
  return {
    KeyMarker: NextKeyMarker,
    ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
  };
}

/** When something last arrived for an upload; undefined when there is none any more. */
export async function lastArrival(
  bucket: Bucket,
  { key, id, begun }: UnfinishedUpload,
  signal: AbortSignal | undefined,
): Promise<Date | undefined> {
  let last = begun;
  let marker: string | undefined;
  for (;;) {
    const from = marker === undefined ? {} : { PartNumberMarker: marker };
    const command = new ListPartsCommand({ Bucket: bucket.name, Key: key, UploadId: id, ...from });
    const page = await unlessGone(
      bucket.request(key, signal, (client, options) => client.send(command, options)),
    );
    if (page === undefined) return undefined;
    for (const { LastModified: arrived = begun } of page.Parts ?? []) if (arrived > last) last = arrived;
    if (page.IsTruncated !== true) return last;
    const next = page.NextPartNumberMarker;
    if (next === undefined || next === marker) throw standsStill('parts-stand-still');
    marker = next;
  }
}

/** Gives an upload up, with the parts that it has. False when there was none any more. */
export async function abandonUpload(
  bucket: Bucket,
  { key, id }: UnfinishedUpload,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const command = new AbortMultipartUploadCommand({ Bucket: bucket.name, Key: key, UploadId: id });
  const answer = await unlessGone(
    bucket.request(key, signal, (client, options) => client.send(command, options)),
  );
  return answer !== undefined;
}

/** Completed or given up by somebody else in the meantime. */
async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (faultCode(error) === 'NoSuchUpload') return undefined;
    throw error;
  }
}

function standsStill(code: 'uploads-stand-still' | 'parts-stand-still'): HoldfastError {
  return new HoldfastError('storage.breaks-contract', { problem: detail(code) });
}
