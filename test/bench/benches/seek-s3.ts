import { openArchive } from '../../../main/archive/index.ts';
import { byteSourceOf } from '../../../main/engine/points/byte-source.ts';
import { isTombstone } from '../../../shared/model/entry.ts';
import { Random } from '../data/random.ts';
import { type RecordSet, recordSet } from '../data/record-set.ts';
import { keyOfRecord } from '../data/records.ts';
import { openS3Bucket, type S3Bucket } from '../data/s3-bucket.ts';
import type { Bench } from '../frame/bench.ts';
import { ceilingRow } from '../frame/row.ts';

const TRIES = 20;
const MEGABYTE = 1_000_000;

/** One record out of a large archive in a bucket: requests and bytes, from connecting on. */
export const seekS3: Bench = {
  name: 'seek-s3',
  about: 'one record out of an archive on S3, counted by the server and on the wire',
  async run(scale, say) {
    const set = await recordSet(scale);
    await using bucket = await openS3Bucket();
    await upload(set, bucket);
    say(`${set.archive} is in the bucket, ${(set.archiveSize / MEGABYTE).toFixed(0)} MB`);
    const random = new Random(11);
    const numbers = [0, set.count - 1];
    while (numbers.length < TRIES) numbers.push(random.between(0, set.count - 1));
    const requests: number[] = [];
    const bytes: number[] = [];
    for (const number of numbers) {
      const before = bucket.counted();
      await readOne(bucket, set.archive, number);
      const after = bucket.counted();
      requests.push(after.requests - before.requests);
      bytes.push(after.bytes - before.bytes);
    }
    const note = `The most that any of ${TRIES} records took, each with a storage and an archive newly opened: ${(set.plainBytes / 1e9).toPrecision(3)} GB of lines, ${(set.archiveSize / MEGABYTE).toFixed(0)} MB in the bucket. Counted are all requests, the look for the bucket too, and all bytes that came, headers too.`;
    return [
      ceilingRow({ name: 'seek-s3: requests', unit: 'requests', goal: 6, note, ours: requests }),
      ceilingRow({
        name: 'seek-s3: bytes',
        unit: 'B',
        goal: 4 * MEGABYTE,
        note: `${note} The reference is the whole archive.`,
        ours: bytes,
        whole: set.archiveSize,
      }),
    ];
  },
};

async function upload({ folder, archive }: RecordSet, bucket: S3Bucket): Promise<void> {
  const storage = await bucket.open('straight');
  await storage.write(archive, folder.storage.read(archive));
  await storage.close();
}

async function readOne(bucket: S3Bucket, archive: string, number: number): Promise<void> {
  const storage = await bucket.open('counted');
  const reader = await openArchive(await byteSourceOf(storage, archive));
  const line = await reader.get(keyOfRecord(number));
  if (line === undefined || isTombstone(line)) throw new Error(`record ${number} is not in the archive`);
  await storage.close();
}
