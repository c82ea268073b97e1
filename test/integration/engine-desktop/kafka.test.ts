import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../../shared/model/target.ts';
import { fillKafka } from '../../foreign/kafka.ts';
import { type KafkaCluster, startKafka } from '../../servers/kafka.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { Workstation } from '../engine-backup/workstation.ts';

const live: Target = { of: 'cluster', cluster: 'lab' };

let server: KafkaCluster;
let station: Workstation;
let folder: string;
let point: Target;

beforeAll(async () => {
  server = await startKafka({ authorizer: true });
  await fillKafka(server, { topics: 12, partitions: 2, records: 1, groups: 2, acls: 3, users: 0 });
  folder = workFolder('desktop-kafka');
  station = await Workstation.open();
  const options = { bootstrapServers: server.bootstrap.plain };
  await station.client.clusters.add({
    name: 'lab',
    environment: 'test',
    readOnly: false,
    services: [{ source: 'kafka', service: 'Kafka', options }],
  });
  await station.addStorage('disk', join(folder, 'disk'));
  await station.client.tasks.create({
    name: 't',
    cluster: 'lab',
    policy: { kind: 'full' },
    sources: [
      { service: 'Kafka', selection: {}, storage: 'disk', directory: '', maximumCopies: 3, consent: true },
    ],
  });
  const { run } = await station.run('t');
  point = { of: 'point', point: run.id };
});

afterAll(async () => {
  await station?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  removeWorkFolder(folder);
});

describe('Kafka, looked at from the desktop', () => {
  it('has its topics on any page, the same in a point and live', async () => {
    const { explore } = station.client;
    const all = (await explore.place({ target: live, key: ['topics'], limit: 1000 })).children.map(
      ({ name }) => name,
    );
    for (const target of [live, point]) {
      const page = await explore.place({ target, key: ['topics'], offset: 5, limit: 4 });
      expect(
        page.children.map(({ name }) => name),
        target.of,
      ).toEqual(all.slice(5, 9));
      expect(page.total, target.of).toBe(all.length);
    }
  });

  it('tells each rule in parts, the same in a point and live', async () => {
    const { explore } = station.client;
    const found = await Array.fromAsync(
      await explore.search({ target: live, prefix: ['acls'], pattern: { text: 'allow' } }),
    );
    const keys = found.flatMap((event) =>
      event.event === 'found' ? event.matches.map(({ key }) => key) : [],
    );
    expect(keys.length).toBeGreaterThanOrEqual(3);
    for (const key of keys) {
      const [, type = '', pattern = '', name = '', principal = '', host = '', operation = ''] = key;
      for (const target of [live, point]) {
        const { entry } = await explore.place({ target, key, limit: 1 });
        expect(entry?.access, target.of).toEqual([
          {
            effect: 'allow',
            scheme: 'principal',
            who: principal,
            operations: [operation.toLowerCase()],
            ...(host === '*' ? {} : { from: host }),
            resource: { type, name, pattern },
          },
        ]);
      }
    }
  });

  it('gives what has no raw value as JSON', async () => {
    const { explore } = station.client;
    const [topic] = (await explore.place({ target: point, key: ['topics'], limit: 1 })).children;
    const key = ['topics', topic?.name ?? ''];
    const { entry } = await explore.place({ target: point, key, limit: 1 });
    const value = await explore.value({ target: point, key });
    expect(value.size).toBe(entry?.valueSize);
    expect(JSON.parse(Buffer.from(value.base64, 'base64').toString('utf8'))).toEqual(entry?.content);
  });

  it('is counted by kind before a backup', async () => {
    const [inventory] = await Array.fromAsync(await station.client.clusters.inventory({ name: 'lab' }));
    const topics = inventory?.lines.find(({ kind }) => kind === 'topic');
    expect(topics?.entries).toBeGreaterThanOrEqual(12);
    expect(inventory?.error).toBeUndefined();
  });

  it('is a result, not a failure, when it does not answer', async () => {
    await station.client.clusters.add({
      name: 'gone',
      environment: 'test',
      readOnly: false,
      services: [{ source: 'kafka', service: 'Kafka', options: { bootstrapServers: '127.0.0.1:1' } }],
    });
    const found = await Array.fromAsync(await station.client.clusters.inventory({ name: 'gone' }));
    expect(found).toMatchObject([{ service: 'Kafka', lines: [], error: { category: 'network' } }]);
  });
});
