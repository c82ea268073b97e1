import { openArchive } from '../../../main/archive/index.ts';
import { byteSourceOf } from '../../../main/engine/points/byte-source.ts';
import { type LoggedCall, withLog } from '../../../main/storages/with/log.ts';
import { isTombstone } from '../../../shared/model/entry.ts';
import { Random } from '../data/random.ts';
import { type RecordSet, recordSet } from '../data/record-set.ts';
import { keyOfRecord } from '../data/records.ts';
import type { Bench } from '../frame/bench.ts';
import { ceilingRow } from '../frame/row.ts';

const TRIES = 50;
const MEGABYTE = 1_000_000;

interface Reads {
  count: number;
  bytes: number;
}

/** One znode out of a large archive: how many range reads, and how many bytes, from opening it on. */
export const seek: Bench = {
  name: 'seek',
  about: 'one znode out of an archive, by range reads',
  async run(scale, say) {
    const set = await recordSet(scale);
    const random = new Random(7);
    const numbers = [0, set.count - 1];
    while (numbers.length < TRIES) numbers.push(random.between(0, set.count - 1));
    const reads: Reads[] = [];
    for (const number of numbers) reads.push(await readOne(set, number));
    say(`${TRIES} records of ${set.count}, the first and the last among them`);
    const note = `The most that any of ${TRIES} records took, each with a newly opened archive of ${(set.plainBytes / 1e9).toPrecision(3)} GB of lines, ${(set.archiveSize / MEGABYTE).toFixed(0)} MB on disk.`;
    return [
      ceilingRow({
        name: 'seek: range reads',
        unit: 'reads',
        goal: 6,
        note,
        ours: reads.map(({ count }) => count),
      }),
      ceilingRow({
        name: 'seek: bytes',
        unit: 'B',
        goal: 4 * MEGABYTE,
        note: `${note} The reference is the whole archive.`,
        ours: reads.map(({ bytes }) => bytes),
        whole: set.archiveSize,
      }),
    ];
  },
};

async function readOne({ folder, archive }: RecordSet, number: number): Promise<Reads> {
  const reads: Reads = { count: 0, bytes: 0 };
  const counting = withLog(
    folder.storage,
    'bench',
    (call) => count(call, reads),
    () => 0,
  );
  const reader = await openArchive(await byteSourceOf(counting, archive));
  const line = await reader.get(keyOfRecord(number));
  if (line === undefined || isTombstone(line)) throw new Error(`record ${number} is not in the archive`);
  return reads;
}

function count({ call, amount }: LoggedCall, reads: Reads): void {
  if (call !== 'read') return;
  reads.count++;
  reads.bytes += amount ?? 0;
}
