import { createReadStream } from 'node:fs';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { rootClient } from '../../storages/obs-bucket.ts';
import { recordSet } from '../data/record-set.ts';
import { openS3Bucket } from '../data/s3-bucket.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave, timed } from '../frame/interleave.ts';
import { speedRow } from '../frame/row.ts';

const OBJECT = 'uploaded.tar.gz';

/** An archive from the disk into a bucket, against the SDK's own PutObject of the file. */
export const uploadS3: Bench = {
  name: 'upload-s3',
  about: 'an archive into a bucket, against one PutObject of the SDK',
  async run(scale, say) {
    const { folder, archive, archivePath, archiveSize } = await recordSet(scale);
    await using bucket = await openS3Bucket();
    const storage = await bucket.open('straight');
    const client = rootClient(bucket.server);
    const place = { Bucket: bucket.name, Key: OBJECT };
    const put = () =>
      client.send(
        new PutObjectCommand({ ...place, Body: createReadStream(archivePath), ContentLength: archiveSize }),
      );
    const measured = async (work: () => Promise<unknown>) => {
      const seconds = await timed(work);
      await client.send(new DeleteObjectCommand(place));
      return seconds;
    };
    const seconds = await interleave(
      scale.rounds,
      {
        ours: () => measured(() => storage.write(OBJECT, folder.storage.read(archive))),
        reference: () => measured(put),
      },
      say,
    );
    await storage.close();
    client.destroy();
    return [
      speedRow({
        name: 'upload-s3: time',
        unit: 's',
        goal: 1,
        note: `${(archiveSize / 1e6).toFixed(0)} MB from the disk. Ours does not know how long the stream is: parts of 8 MiB, four at once, each with MD5 and a signature over its SHA-256, and a look at the object afterwards. The reference is one PutObject of the SDK, which is told the length. Server, ours and reference share the machine.`,
        ...seconds,
      }),
    ];
  },
};
