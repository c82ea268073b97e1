import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Bucket } from './bucket.ts';

/** An object as a listing has it. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly modified: Date;
}

/** Every object whose key begins with `prefix`, page by page. */
export async function* listObjects(
  bucket: Bucket,
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedObject> {
  for await (const page of pages(bucket, prefix, undefined, signal)) {
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      signal?.throwIfAborted();
      if (Key === undefined || Size === undefined || LastModified === undefined) continue;
      yield { key: decoded(Key, page), size: Size, modified: LastModified };
    }
  }
}

/** The beginnings, up to and without the next slash, that keys below `prefix` have in common. */
export async function* listDirectories(
  bucket: Bucket,
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  for await (const page of pages(bucket, prefix, '/', signal)) {
    for (const { Prefix } of page.CommonPrefixes ?? []) {
      signal?.throwIfAborted();
      if (Prefix !== undefined) yield decoded(Prefix, page).slice(0, -1);
    }
  }
}

async function* pages(
  bucket: Bucket,
  prefix: string,
  delimiter: '/' | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListObjectsV2CommandOutput> {
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket.name,
      Prefix: prefix,
      // XML cannot hold every character of a key.
      EncodingType: 'url',
      ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    const page = await bucket.request(prefix, signal, (client, options) => client.send(command, options));
    yield page;
    const next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    if (page.IsTruncated === true && (next === undefined || next === token)) {
      const problem = detail('list-stands-still');
      throw new HoldfastError('storage.breaks-contract', { problem });
    }
    token = next;
  } while (token !== undefined);
}

function decoded(key: string, page: ListObjectsV2CommandOutput): string {
  return page.EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key;
}
