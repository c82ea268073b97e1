import { openArchive } from '../../../main/archive/index.ts';
import { byteSourceOf } from '../../../main/engine/points/byte-source.ts';
import { pointView } from '../../../main/engine/points/point-view.ts';
import type { PointView, SourceConnection } from '../../../main/sources/contract.ts';
import { captureInto } from '../data/captured.ts';
import { connectKafka, PARTITIONS, startFilledKafka } from '../data/kafka-cluster.ts';
import { type LocalFolder, openLocalFolder } from '../data/local-folder.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave, timed } from '../frame/interleave.ts';
import { sizeRow } from '../frame/row.ts';

const POINT = 'point.tar.gz';
const AGAIN = 'again.tar.gz';
const EVERYTHING = { source: 'kafka', selection: {} };

/** A restore planned against a cluster that still is as the point has it, against capturing that cluster. */
export const kafkaPlan: Bench = {
  name: 'kafka-plan',
  about: 'a restore planned against an unchanged Kafka, against capturing it',
  async run({ rounds, kafka }, say) {
    await using server = await startFilledKafka(kafka);
    say(`${kafka.topics} topics are there`);
    await using folder = await openLocalFolder();
    const connection = await connectKafka(server);
    await captureInto(folder.storage, POINT, connection, EVERYTHING);
    const reader = await openArchive(await byteSourceOf(folder.storage, POINT));
    const view = pointView(reader, reader.manifest);
    const ours = () => timed(() => planNothing(connection, view));
    const reference = () => captureAgain(connection, folder);
    await ours();
    const seconds = await interleave(rounds, { ours, reference }, say);
    await connection.close();
    return [
      sizeRow({
        name: `kafka-plan: unchanged, ${kafka.topics} topics × ${PARTITIONS} partitions, ${kafka.groups} groups, ${kafka.acls} ACLs`,
        unit: 's',
        goal: 1.3,
        note: 'Kafka 4.3, one broker; mode equal, nothing to do found. Ours: the point read from its archive and compared with the live cluster. The reference: our own capture of that cluster into an archive.',
        ...seconds,
      }),
    ];
  },
};

async function planNothing(connection: SourceConnection, view: PointView): Promise<void> {
  let steps = 0;
  const step = () => {
    steps += 1;
  };
  await connection.plan(
    view,
    { select: [], mode: 'equal' },
    { step, note: () => undefined, progress: () => undefined },
  );
  if (steps > 0) throw new Error(`${steps} steps were planned where nothing has changed`);
}

async function captureAgain(connection: SourceConnection, { storage }: LocalFolder): Promise<number> {
  const seconds = await timed(() => captureInto(storage, AGAIN, connection, EVERYTHING));
  await storage.remove(AGAIN);
  return seconds;
}
