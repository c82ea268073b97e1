import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { obsOptions, openObs, rootClient } from '../../storages/obs-bucket.ts';
import { type Answer, serve } from '../../storages/web-service.ts';

const FAR_FUTURE = new Date('2999-01-01');
const ENOUGH = { bucket: 'bucket', accessKey: 'a', secretKey: 'the secret' };

describe('uploads that were never finished', () => {
  let server: VersitygwServer;
  let admin: S3Client;

  beforeAll(async () => {
    server = await startVersitygw();
    admin = rootClient(server);
    await server.createBucket('bucket');
  });

  afterAll(async () => {
    admin?.destroy();
    await server?.[Symbol.asyncDispose]();
  });

  async function begin(Key: string): Promise<void> {
    const place = { Bucket: 'bucket', Key };
    const { UploadId } = await admin.send(new CreateMultipartUploadCommand(place));
    await admin.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: 'part' }));
  }

  test('are swept where they may be ours; those of other programs stay', async () => {
    for (const key of ['t/1_Kafka_20260101000000.tar.gz', 't/video.mp4', '.holdfast-obs/probe-1']) {
      await begin(key);
    }
    const storage = await openObs(obsOptions(server, 'bucket'));
    const ours = (path: string) => path.endsWith('.tar.gz');
    expect(await storage.sweep(FAR_FUTURE, { ours })).toBe(2);
    expect(await storage.sweep(FAR_FUTURE, { ours })).toBe(0);
    const { Uploads = [] } = await admin.send(new ListMultipartUploadsCommand({ Bucket: 'bucket' }));
    expect(Uploads.map(({ Key }) => Key).sort()).toEqual(['t/video.mp4']);
    await storage.close();
  });
});

describe('with a service that answers by the book', () => {
  const BEGUN = '2026-01-01T00:00:00.000Z';

  const uploadsPage = (keys: readonly string[], next?: string) => `<ListMultipartUploadsResult>
    ${keys.map((key) => `<Upload><Key>${key}</Key><UploadId>id-${key}</UploadId><Initiated>${BEGUN}</Initiated></Upload>`).join('')}
    <IsTruncated>${next !== undefined}</IsTruncated>${next === undefined ? '' : `<NextKeyMarker>${next}</NextKeyMarker>`}
    </ListMultipartUploadsResult>`;
  const partsPage = (arrived: readonly string[], next?: number) => `<ListPartsResult>
    ${arrived.map((time, at) => `<Part><PartNumber>${at + 1}</PartNumber><LastModified>${time}</LastModified></Part>`).join('')}
    <IsTruncated>${next !== undefined}</IsTruncated>${next === undefined ? '' : `<NextPartNumberMarker>${next}</NextPartNumberMarker>`}
    </ListPartsResult>`;
  const LISTING = '<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated></ListBucketResult>';

  interface Pages {
    readonly uploads: (marker: string | null) => string;
    readonly parts?: (key: string, marker: string | null) => string;
  }

  /** Sweeps what is older than a moment; gives what came of it and the keys of the uploads that were given up. */
  async function sweep({ uploads, parts = () => partsPage([]) }: Pages, olderThan = FAR_FUTURE) {
    const abandoned: string[] = [];
    const answer: Answer = ({ method, url = '' }, response) => {
      const { pathname, searchParams: asked } = new URL(url, 'http://service');
      const key = pathname.slice('/bucket/'.length);
      if (asked.has('uploads')) return uploads(asked.get('key-marker'));
      if (key === 'gone' && asked.has('uploadId')) {
        response.statusCode = 404;
        return '<Error><Code>NoSuchUpload</Code></Error>';
      }
      if (method === 'DELETE') abandoned.push(key);
      return asked.has('uploadId') && method === 'GET'
        ? parts(key, asked.get('part-number-marker'))
        : LISTING;
    };
    const storage = await openObs({ ...ENOUGH, endpoint: await serve(answer) });
    const outcome = await storage.sweep(olderThan).catch((error: unknown) => error);
    await storage.close();
    return { outcome, abandoned };
  }

  test('an upload is as old as its newest part, on whatever page that stands', async () => {
    const arrivals = new Map([
      ['dead', [BEGUN, '2026-01-02T00:00:00.000Z']],
      ['alive', [BEGUN, '2026-01-09T00:00:00.000Z', BEGUN]],
    ]);
    const { outcome, abandoned } = await sweep(
      {
        uploads: () => uploadsPage(['dead', 'alive', 'empty', 'gone']),
        parts: (key, marker) => {
          const times = arrivals.get(key) ?? [];
          const at = Number(marker ?? 0);
          return partsPage(times.slice(at, at + 1), at + 1 < times.length ? at + 1 : undefined);
        },
      },
      new Date('2026-01-05T00:00:00.000Z'),
    );
    expect(abandoned).toEqual(['dead', 'empty']);
    expect(outcome).toBe(2);
  });

  test('they are swept page by page', async () => {
    const { outcome, abandoned } = await sweep({
      uploads: (marker) => (marker === null ? uploadsPage(['a'], 'a') : uploadsPage(['b'])),
    });
    expect([outcome, abandoned]).toEqual([2, ['a', 'b']]);
  });

  test.each([
    ['uploads', { uploads: () => uploadsPage(['a'], 'a') }],
    ['parts', { uploads: () => uploadsPage(['a']), parts: () => partsPage([BEGUN], 1) }],
  ] as const)('a listing of %s that never ends is given up', async (what, pages) => {
    const { outcome } = await sweep(pages);
    expect(outcome).toMatchObject({
      code: 'storage.breaks-contract',
      params: { problem: { en: expect.stringContaining(what) } },
    });
  });
});
