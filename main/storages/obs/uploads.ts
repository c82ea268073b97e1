import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';

/** An upload that was begun and neither completed nor given up. */
export interface AbandonedUpload {
  readonly key: string;
  readonly id: string;
}

/** The uploads to keys below `prefix` that were begun before a moment, page by page. */
export async function* abandonedUploads(
  bucket: Bucket,
  prefix: string,
  olderThan: Date,
  signal: AbortSignal | undefined,
): AsyncGenerator<AbandonedUpload> {
  let after: { KeyMarker?: string; UploadIdMarker?: string } = {};
  for (;;) {
    const command = new ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix: prefix, ...after });
    const page = await bucket.request(prefix, signal, (client, options) => client.send(command, options));
    for (const { Key: key, UploadId: id, Initiated: begun } of page.Uploads ?? []) {
      if (key === undefined || id === undefined || begun === undefined || begun >= olderThan) continue;
      yield { key, id };
    }
    const { IsTruncated, NextKeyMarker, NextUploadIdMarker } = page;
    if (IsTruncated !== true || NextKeyMarker === undefined) return;
    after = {
      KeyMarker: NextKeyMarker,
      ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
    };
  }
}
