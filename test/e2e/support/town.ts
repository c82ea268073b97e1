import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { consumeRecords, describeKafka, type KafkaState, produceRecords } from '../../foreign/kafka.ts';
import { kafkaTools } from '../../foreign/kafka-tools.ts';
import { restoreWithNodeZookeeperClient } from '../../foreign/node-zookeeper-client.ts';
import { dumpWithJava } from '../../foreign/zookeeper.ts';
import { zooKeeperShell } from '../../foreign/zookeeper-shell.ts';
import { until } from '../../servers/condition.ts';
import type { KafkaCluster } from '../../servers/kafka.ts';
import { runTool } from '../../servers/tools.ts';
import type { VersitygwServer } from '../../servers/versitygw.ts';
import type { ZooKeeperServer } from '../../servers/zookeeper.ts';

/** The services of one cluster, which the story backs up, breaks and restores. */
export interface Town {
  readonly kafka: KafkaCluster;
  readonly zookeeper: ZooKeeperServer;
}

const RECORDS = 30;
const OPEN = [{ perms: 31, scheme: 'world', id: 'anyone' }];

/** Topics with settings, a group that has read everything, and a tree; made by Kafka's tools and a foreign client. */
export async function plantTown({ kafka, zookeeper }: Town): Promise<void> {
  const node = (path: string, text: string) => ({ path, data: Buffer.from(text), acl: OPEN });
  await restoreWithNodeZookeeperClient(zookeeper, [
    node('/app', 'the application'),
    node('/app/config', '{"workers":4}'),
    node('/app/jobs', ''),
    ...Array.from({ length: 40 }, (_, i) => node(`/app/jobs/job-${i}`, `{"job":${i}}`)),
  ]);
  await kafkaTools(kafka, [
    create('orders', 3, 'retention.ms=86400000'),
    create('audit', 2, 'cleanup.policy=compact'),
  ]);
  await produceRecords(kafka, 'orders', RECORDS);
  await consumeRecords(kafka, { topic: 'orders', group: 'billing', count: RECORDS });
}

/** What goes wrong at night. Resolves when the broker tells of it. */
export async function breakTown({ kafka, zookeeper }: Town): Promise<void> {
  await kafkaTools(kafka, [
    { tool: 'topics', args: ['--delete', '--topic', 'audit'] },
    create('intruder', 1, 'retention.ms=1000'),
    {
      tool: 'configs',
      args: [
        ...['--alter', '--entity-type', 'topics', '--entity-name', 'orders'],
        ...['--add-config', 'retention.ms=172800000'],
      ],
    },
    {
      tool: 'consumer-groups',
      args: ['--reset-offsets', '--group', 'billing', '--topic', 'orders', '--to-earliest', '--execute'],
    },
  ]);
  await zooKeeperShell(zookeeper, 'deleteall', '/app/jobs');
  await zooKeeperShell(zookeeper, 'set', '/app/config', '{"workers":0}');
  await until('the broker to forget the topic', async () => {
    const { topics } = await describeKafka(kafka);
    return topics.every(({ name }) => name !== 'audit') || undefined;
  });
}

function create(topic: string, partitions: number, config: string) {
  const size = ['--partitions', String(partitions), '--replication-factor', '1'];
  return { tool: 'topics', args: ['--create', '--topic', topic, ...size, '--config', config] } as const;
}

/** What a town holds that comes back: all but what the servers give themselves, ids and times. */
export interface Holdings {
  readonly topics: readonly Pick<KafkaState['topics'][number], 'name' | 'replicas' | 'configs'>[];
  readonly groups: readonly Pick<KafkaState['groups'][number], 'id' | 'protocolType' | 'offsets'>[];
  readonly znodes: readonly { readonly path: string; readonly data: string | null; readonly acl: unknown }[];
}

/** What it holds, as Kafka's AdminClient and ZooKeeper's own client tell it. */
export async function seeTown({ kafka, zookeeper }: Town): Promise<Holdings> {
  const [{ topics, groups }, znodes] = await Promise.all([describeKafka(kafka), dumpWithJava(zookeeper)]);
  return {
    topics: topics
      .filter(({ internal }) => !internal)
      .map(({ name, replicas, configs }) => ({ name, replicas, configs })),
    groups: groups.map(({ id, protocolType, offsets }) => ({ id, protocolType, offsets })),
    znodes: znodes
      .filter(({ path }) => !path.startsWith('/zookeeper'))
      .map(({ path, data, acl }) => ({ path, data, acl })),
  };
}

/** The archives of a bucket as the gateway keeps them: SHA-256 by key. */
export async function archivesOf(gateway: VersitygwServer, bucket: string): Promise<Map<string, string>> {
  const folder = join(gateway.objects, bucket);
  const found = new Map<string, string>();
  for (const key of (await readdir(folder, { recursive: true })).sort()) {
    if (!key.endsWith('.tar.gz')) continue;
    found.set(
      key,
      createHash('sha256')
        .update(await readFile(join(folder, key)))
        .digest('hex'),
    );
  }
  return found;
}

/** The names within an archive of a bucket, as GNU tar reads it. */
export async function namesWithin(gateway: VersitygwServer, bucket: string, key: string): Promise<string[]> {
  const names = await runTool('tar', ['-tzf', join(gateway.objects, bucket, key)]);
  return names.split('\n').filter((name) => name !== '');
}
