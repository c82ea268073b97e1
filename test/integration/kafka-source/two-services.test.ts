import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KafkaClient } from '../../../main/protocols/kafka/index.ts';
import { until } from '../../servers/condition.ts';
import { type KafkaCluster, startKafka } from '../../servers/kafka.ts';
import { Bench } from '../engine-restore/bench.ts';
import { holdfast } from '../engine-restore/killed.ts';
import { accepted, openClient } from '../kafka-restore/bench.ts';

const TOPIC = 'orders';
/** In both services a topic of the same name, told apart by how many partitions it has. */
const PARTITIONS = { east: 2, west: 3 } as const;
type Service = keyof typeof PARTITIONS;
const SERVICES: readonly Service[] = ['east', 'west'];

let kafkas: Record<Service, KafkaCluster>;
let clients: Record<Service, KafkaClient>;
let bench: Bench;

beforeAll(async () => {
  const [east, west] = await Promise.all([startKafka(), startKafka()]);
  kafkas = { east, west };
  clients = { east: await openClient(east), west: await openClient(west) };
  for (const service of SERVICES) {
    const replicas = Array.from({ length: PARTITIONS[service] }, () => [1]);
    await accepted(clients[service].createTopics([{ name: TOPIC, replicas, configs: {} }]));
    await until(`${TOPIC} in ${service}`, async () => (await partitions(service)) ?? undefined);
  }
  bench = await Bench.open('two-kafkas');
  await bench.client.clusters.add({
    name: 'both',
    environment: 'test',
    readOnly: false,
    services: SERVICES.map((service) => ({
      source: 'kafka',
      service,
      options: { bootstrapServers: kafkas[service].bootstrap.plain },
    })),
  });
});

afterAll(async () => {
  await Promise.all(Object.values(clients ?? {}).map((client) => client.close()));
  await bench?.[Symbol.asyncDispose]();
  await Promise.all(Object.values(kafkas ?? {}).map((kafka) => kafka[Symbol.asyncDispose]()));
});

/** How many the topic has; null where it is not there. */
async function partitions(service: Service): Promise<number | null> {
  const [topic] = await clients[service].describeTopics([TOPIC]);
  return topic?.partitions.length ?? null;
}

async function both(): Promise<Record<Service, number | null>> {
  return { east: await partitions('east'), west: await partitions('west') };
}

async function deleteTopics(): Promise<void> {
  for (const service of SERVICES) {
    await clients[service].deleteTopics([TOPIC]);
    await until(
      `${TOPIC} to be gone from ${service}`,
      async () => (await partitions(service)) === null || undefined,
    );
  }
}

/** Creates a task on the command line and runs it; the archives of its point, by service. */
async function backup(task: string, ...flags: string[]) {
  const protection = ['--storage', 'local', '--consent-sensitive'];
  await bench.leave();
  const created = await holdfast(bench, 'task', 'create', task, '--cluster', 'both', ...protection, ...flags);
  await bench.reopen();
  expect(created.exitCode).toBe(0);
  const run = await bench.ended((await bench.client.tasks.run({ name: task })).id);
  expect(run.state).toBe('succeeded');
  const { archives } = await bench.client.points.show({ point: run.id });
  return { point: run.id, archives };
}

it('two Kafkas of one cluster: both by default, or the one that is named', async () => {
  const { point, archives } = await backup('all');
  expect(archives.map(({ service }) => service).sort()).toEqual(SERVICES);
  for (const { service, path, position } of archives) {
    expect(position.clusterId).toBe(kafkas[service as Service].clusterId);
    expect(path).toContain(`Kafka-${service}`);
  }
  const named = await backup('one', '--source', 'west');
  expect(named.archives.map(({ service }) => service)).toEqual(['west']);

  await deleteTopics();
  expect(await bench.restore(point, { services: ['west'] })).toMatchObject({ state: 'succeeded' });
  expect(await both()).toEqual({ east: null, west: PARTITIONS.west });
  expect(await bench.restore(point)).toMatchObject({ state: 'succeeded' });
  expect(await both()).toEqual(PARTITIONS);

  await deleteTopics();
  expect(await bench.restore(named.point)).toMatchObject({ state: 'succeeded' });
  expect(await both()).toEqual({ east: null, west: PARTITIONS.west });
});
