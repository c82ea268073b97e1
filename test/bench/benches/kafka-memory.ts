import type { KafkaCluster } from '../../servers/kafka.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { peakMemoryOf } from '../data/command-line.ts';
import { startFilledKafka } from '../data/kafka-cluster.ts';
import type { Bench } from '../frame/bench.ts';
import { ceilingRow } from '../frame/row.ts';

/** One broker alone would need more files open at a time than a process may have by default. */
const CLUSTER = { partitions: 2, brokers: 3 };
const MOST_RUNS = 2;
const MEGABYTE = 1024 * 1024;
const GOAL_MB = 256;

/** Peak memory of the whole process of `holdfast backup` on a Kafka with many topics. */
export const kafkaMemory: Bench = {
  name: 'kafka-memory',
  about: 'peak resident memory of `holdfast backup` of a Kafka, the whole process',
  async run({ rounds, kafka, manyTopics }, say) {
    await using server = await startFilledKafka({ ...kafka, topics: manyTopics }, CLUSTER);
    say(`${manyTopics} topics are there`);
    const peaks: number[] = [];
    for (let run = 0; run < Math.min(rounds, MOST_RUNS); run++) peaks.push(await backUp(server));
    return [
      ceilingRow({
        name: `kafka-memory: ${manyTopics} topics × ${CLUSTER.partitions} partitions, ${CLUSTER.brokers} brokers`,
        unit: 'MiB',
        goal: GOAL_MB,
        note: 'VmHWM of the process of `holdfast backup` to a LocalDir: program, engine, catalog, capture and archive. The largest of the runs.',
        ours: peaks.map((bytes) => bytes / MEGABYTE),
      }),
    ];
  },
};

async function backUp(server: KafkaCluster): Promise<number> {
  const folder = workFolder('bench-kafka-memory');
  try {
    const source = ['--source', 'kafka', '--bootstrap-servers', server.bootstrap.plain];
    const storage = ['--storage', 'local', '--directory', 'archives', '--consent-sensitive'];
    return await peakMemoryOf(folder, ['backup', ...source, ...storage], {});
  } finally {
    removeWorkFolder(folder);
  }
}
