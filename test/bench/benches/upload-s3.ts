import { uploadWithBoto3 } from '../../foreign/boto3.ts';
import { recordSet } from '../data/record-set.ts';
import { openS3Bucket } from '../data/s3-bucket.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave, timed } from '../frame/interleave.ts';
import { speedRow } from '../frame/row.ts';

const OBJECT = 'uploaded.tar.gz';

/** An archive from the disk into a bucket, against Python's AWS SDK, which is what `aws s3 cp` runs. */
export const uploadS3: Bench = {
  name: 'upload-s3',
  about: 'an archive into a bucket, against what `aws s3 cp` does',
  async run(scale, say) {
    const { folder, archive, archivePath, archiveSize } = await recordSet(scale);
    await using bucket = await openS3Bucket();
    const storage = await bucket.open('straight');
    const cleared = async (seconds: number) => {
      await storage.remove(OBJECT);
      return seconds;
    };
    const seconds = await interleave(
      scale.rounds,
      {
        ours: async () => cleared(await timed(() => storage.write(OBJECT, folder.storage.read(archive)))),
        reference: async () =>
          cleared(await uploadWithBoto3(bucket.server, bucket.name, OBJECT, archivePath)),
      },
      say,
    );
    await storage.close();
    return [
      speedRow({
        name: 'upload-s3: time',
        unit: 's',
        goal: 1,
        note: `${(archiveSize / 1e6).toFixed(0)} MB from the disk. Ours does not know how long the stream is: parts of 8 MiB, four at once, each with MD5 and a signature over its SHA-256, and a look at the object afterwards. The reference is upload_file of boto3 at its defaults: parts of 8 MiB, ten at once, by threads. Server, ours and reference share the machine.`,
        ...seconds,
      }),
    ];
  },
};
