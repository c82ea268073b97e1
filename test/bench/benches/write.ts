import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../../servers/tools.ts';
import { writeRecords } from '../data/record-archive.ts';
import { type RecordSet, recordSet } from '../data/record-set.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave, timed } from '../frame/interleave.ts';
import { sizeRow, speedRow } from '../frame/row.ts';

const OURS = 'written.tar.gz';

/** Records to an archive on disk at the default level, against GNU tar with gzip (level 6) on the same lines in files. */
export const write: Bench = {
  name: 'write',
  about: 'records into an archive, against `tar czf` of the same lines',
  async run(scale, say) {
    const set = await recordSet(scale);
    say(`${set.count} records, ${(set.plainBytes / 1e6).toFixed(0)} MB of lines`);
    const sizes = { ours: [] as number[], reference: [] as number[] };
    const seconds = await interleave(
      scale.rounds,
      {
        ours: () => writeArchive(set, sizes.ours),
        reference: () => runTar(set, sizes.reference),
      },
      say,
    );
    const size = `${(set.plainBytes / 1e9).toPrecision(3)} GB of ${set.count} record lines`;
    return [
      speedRow({
        name: 'write: time',
        unit: 's',
        goal: 1.5,
        note: `${size}. Ours deflates at its default, level 8 of zlib, the reference at level 6 of gzip. Ours also makes fingerprints, index, SHA-256 and MD5 and flushes the file to the disk; GNU tar and gzip read the same lines from cached files and flush nothing.`,
        ...seconds,
      }),
      sizeRow({
        name: 'write: size',
        unit: 'B',
        goal: 1.03,
        note: 'The archive with its fingerprints and index, against tar and gzip of the record lines alone.',
        ...sizes,
      }),
    ];
  },
};

async function writeArchive({ folder, count }: RecordSet, sizes: number[]): Promise<number> {
  const seconds = await timed(async () => {
    sizes.push((await writeRecords(folder.storage, OURS, count)).size);
  });
  await folder.storage.remove(OURS);
  return seconds;
}

async function runTar({ folder, plain }: RecordSet, sizes: number[]): Promise<number> {
  const file = join(folder.path, 'reference.tar.gz');
  const seconds = await timed(() => runTool('tar', ['czf', file, '-C', plain, 'records']));
  sizes.push((await stat(file)).size);
  await rm(file);
  return seconds;
}
