import { expect, test } from 'vitest';
import { kafkaOptions } from '../../../main/sources/kafka/options.ts';
import { ScramVerifiers } from '../../../main/sources/kafka/scram-verifiers.ts';
import { describeKafka, type KafkaTarget } from '../../foreign/kafka.ts';
import { kafkaTool } from '../../foreign/kafka-tools.ts';
import { startKafka } from '../../servers/kafka.ts';
import { startZooKeeper } from '../../servers/zookeeper.ts';
import { captureToMemory } from '../../support/point-memory.ts';
import { openSource, selecting } from './connections.ts';

const names = ['plain-user', 'CN=with space,OU=Büro~*'];

/** Whether the cluster lets this user in with this password. */
async function mayEnter(target: KafkaTarget, username: string, password: string): Promise<boolean> {
  const login = { username, password, mechanism: 'SCRAM-SHA-256' } as const;
  return describeKafka(target, { listener: 'sasl', login }).then(
    () => true,
    () => false,
  );
}

test.each(['3.9', '2.8'] as const)(
  'with ZooKeeper, SCRAM users of %s are captured with what checks their password, and can be put back',
  async (version) => {
    await using zookeeper = await startZooKeeper();
    await using kafka = await startKafka({ version, zookeeper, chroot: '/kafka/here', sasl: true });
    for (const name of names) {
      const configs = ['--add-config', 'SCRAM-SHA-256=[iterations=5000,password=first]', '--alter'];
      await kafkaTool(kafka, 'configs', [...configs, '--entity-type', 'users', '--entity-name', name]);
    }
    const connectString = `${zookeeper.connectString}/kafka/here`;
    const source = await openSource(kafka, { zookeeper: connectString });
    const point = await captureToMemory(source, selecting({ kinds: ['users'] }));
    const checked = await Array.fromAsync(source.check('capture'));
    await source.close();
    expect(point.warnings.map(({ code }) => code)).not.toContain('verifier-unknown');
    expect(checked.find(({ check }) => check === 'kafka.verifiers')?.result).toBe('passed');
    const users = point.content.filter(({ key }) => names.includes(key[1] ?? ''));
    expect(users.map(({ key }) => key[1])).toEqual(names.toSorted());
    for (const { content } of users) {
      expect(content.iterations).toBe(5000);
      expect(Buffer.from(String(content.storedKey), 'base64')).toHaveLength(32);
      expect(Buffer.from(String(content.serverKey), 'base64')).toHaveLength(32);
    }

    const options = kafkaOptions.parse({ bootstrapServers: kafka.bootstrap.plain, zookeeper: connectString });
    const verifiers = await ScramVerifiers.open(options, Math.random);
    const [name = ''] = names;
    const kept = (await verifiers?.read(name))?.get('SCRAM-SHA-256');
    expect(await mayEnter(kafka, name, 'first')).toBe(true);
    const drop = ['--alter', '--delete-config', 'SCRAM-SHA-256'];
    await kafkaTool(kafka, 'configs', [...drop, '--entity-type', 'users', '--entity-name', name]);
    await expect.poll(() => mayEnter(kafka, name, 'first'), { timeout: 60_000 }).toBe(false);
    await verifiers?.write(name, 'SCRAM-SHA-256', kept ?? null);
    await expect.poll(() => mayEnter(kafka, name, 'first'), { timeout: 60_000 }).toBe(true);
    await verifiers?.close();
  },
);

test('a ZooKeeper of another cluster is told', async () => {
  await using zookeeper = await startZooKeeper();
  await using kafka = await startKafka();
  const source = await openSource(kafka, { zookeeper: zookeeper.connectString });
  const checked = await Array.fromAsync(source.check('capture'));
  await source.close();
  expect(checked.find(({ check }) => check === 'kafka.verifiers')?.result).toBe('failed');
});
