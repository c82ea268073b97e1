import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KafkaCluster, startKafka } from '../../servers/kafka.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { Workstation } from '../engine-backup/workstation.ts';

let right: KafkaCluster;
let stranger: KafkaCluster;

beforeAll(async () => {
  [right, stranger] = await Promise.all([startKafka(), startKafka()]);
});

afterAll(() => Promise.all([right, stranger].map((cluster) => cluster?.[Symbol.asyncDispose]())));

it('a Kafka of another cluster id is refused where another one was backed up before', async () => {
  await using station = await Workstation.open();
  const storage = workFolder('storage');
  const leadsTo = ({ bootstrap }: KafkaCluster) => ({
    services: [{ service: 'Kafka', options: { bootstrapServers: bootstrap.plain } }],
  });
  const run = async () => (await station.run('t')).run;
  await station.addStorage('disk', storage);
  await station.client.clusters.add({
    name: 'events',
    environment: 'test',
    readOnly: false,
    services: [{ source: 'kafka', service: 'Kafka', options: { bootstrapServers: right.bootstrap.plain } }],
  });
  const place = { storage: 'disk', directory: '', maximumCopies: 1, consent: true };
  await station.client.tasks.create({
    name: 't',
    cluster: 'events',
    policy: { kind: 'full' },
    sources: [{ service: 'Kafka', selection: {}, ...place }],
  });
  const point = await station.backup('t');

  await station.client.clusters.update({ name: 'events', ...leadsTo(stranger) });
  expect(await run()).toMatchObject({ state: 'failed', error: { code: 'engine.other-service' } });
  expect(await station.points()).toEqual([point.id]);
  await station.client.clusters.update({ name: 'events', ...leadsTo(right) });
  expect((await run()).state).toBe('succeeded');
  await station.client.clusters.update({ name: 'events', ...leadsTo(stranger), acceptIdentity: true });
  expect((await run()).state).toBe('succeeded');
  removeWorkFolder(storage);
});
