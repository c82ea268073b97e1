import type { SourceConnection } from '../../../main/sources/contract.ts';
import { benchReadKafka } from '../../foreign/kafka.ts';
import type { KafkaCluster } from '../../servers/kafka.ts';
import { captureInto } from '../data/captured.ts';
import { connectKafka, type KafkaSize, PARTITIONS, startFilledKafka } from '../data/kafka-cluster.ts';
import { type LocalFolder, openLocalFolder } from '../data/local-folder.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave, timed } from '../frame/interleave.ts';
import { median, speedRow } from '../frame/row.ts';

/** Rounds that either side does in a row each time. Program, broker and connections are warm by the second half. */
const IN_A_ROW = 20;
const COUNTED = IN_A_ROW / 2;

/** A capture into an archive on disk, against Java's AdminClient only reading the same. */
export const kafkaCapture: Bench = {
  name: 'kafka-capture',
  about: 'topics, groups, ACLs into an archive on disk, against the AdminClient reading them',
  async run({ rounds, kafka }, say) {
    await using server = await startFilledKafka(kafka);
    say(`${kafka.topics} topics are there`);
    await using folder = await openLocalFolder();
    const connection = await connectKafka(server);
    const ours = (): Promise<number> => captureInARow(connection, folder, kafka);
    const reference = (): Promise<number> => readInARow(server, kafka);
    // The broker has to be warm for either side.
    await ours();
    await reference();
    const seconds = await interleave(rounds, { ours, reference }, say);
    await connection.close();
    return [
      speedRow({
        name: `kafka-capture: ${kafka.topics} topics × ${PARTITIONS} partitions, ${kafka.groups} groups, ${kafka.acls} ACLs`,
        unit: 's',
        goal: 1.5,
        note: `Kafka 4.3, one broker. Ours: everything read, a second look at what may have changed, archive at the default level, file flushed to the disk. The reference: the AdminClient of 4.3 in a warm JVM, all calls batched and concurrent, keeping nothing. Of either side the middle of the last ${COUNTED} of ${IN_A_ROW} rounds in a row.`,
        ...seconds,
      }),
    ];
  },
};

async function captureInARow(...what: Parameters<typeof captureOnce>): Promise<number> {
  const seconds: number[] = [];
  for (let round = 1; round <= IN_A_ROW; round++) seconds.push(await captureOnce(...what));
  return median(seconds.slice(-COUNTED));
}

async function captureOnce(
  connection: SourceConnection,
  { storage }: LocalFolder,
  size: KafkaSize,
): Promise<number> {
  const path = 'kafka.tar.gz';
  const seconds = await timed(async () => {
    const { counts } = await captureInto(storage, path, connection, { source: 'kafka', selection: {} });
    expectCounts(size, {
      // One of them holds the groups' offsets.
      topics: (counts.topic?.entries ?? 0) - 1,
      groups: counts.group?.entries,
      acls: counts.acl?.entries,
    });
  });
  await storage.remove(path);
  return seconds;
}

async function readInARow(server: KafkaCluster, size: KafkaSize): Promise<number> {
  const warm = (await benchReadKafka(server, IN_A_ROW)).slice(-COUNTED);
  for (const { topics, groups, acls } of warm) expectCounts(size, { topics: topics - 1, groups, acls });
  return median(warm.map(({ seconds }) => seconds));
}

function expectCounts(
  expected: KafkaSize,
  found: { readonly [name in keyof KafkaSize]: number | undefined },
): void {
  for (const name of ['topics', 'groups', 'acls'] as const) {
    if (found[name] === expected[name]) continue;
    throw new Error(`${found[name]} ${name} were read where there are ${expected[name]}`);
  }
}
