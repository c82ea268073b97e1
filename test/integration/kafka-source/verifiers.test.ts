import { expect, test } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { type KafkaOptions, kafkaOptions } from '../../../main/sources/kafka/options.ts';
import { ScramVerifiers } from '../../../main/sources/kafka/scram-verifiers.ts';
import { LoadGate } from '../../../main/sources/load.ts';
import { describeKafka, type KafkaTarget } from '../../foreign/kafka.ts';
import { kafkaTool } from '../../foreign/kafka-tools.ts';
import { until } from '../../servers/condition.ts';
import { startKafka } from '../../servers/kafka.ts';
import { startProxy } from '../../servers/proxy.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
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
    await using zookeeper = await startZooKeeper({ tls: true, sasl: true });
    await using kafka = await startKafka({ version, zookeeper, chroot: '/kafka/here', sasl: true });
    for (const name of names) {
      const configs = ['--add-config', 'SCRAM-SHA-256=[iterations=5000,password=first]', '--alter'];
      await kafkaTool(kafka, 'configs', [...configs, '--entity-type', 'users', '--entity-name', name]);
    }
    const connectString = `${zookeeper.connectString}/kafka/here`;
    const source = await openSource(kafka, signedIn(zookeeper, '/kafka/here'));
    const point = await captureToMemory(source, selecting({ kinds: ['users'] }));
    const checked = await Array.fromAsync(source.check('capture'));
    expect(point.missing).toEqual([]);
    expect(point.warnings.map(({ code }) => code)).not.toContain('verifier-unknown');
    expect(checked.find(({ check }) => check === 'kafka.verifiers')?.result).toBe('passed');
    const users = point.content.filter(({ key }) => names.includes(key[1] ?? ''));
    expect(users.map(({ key }) => key[1])).toEqual(names.toSorted());
    for (const { content } of users) {
      expect(content.iterations).toBe(5000);
      expect(Buffer.from(String(content.storedKey), 'base64')).toHaveLength(32);
      expect(Buffer.from(String(content.serverKey), 'base64')).toHaveLength(32);
    }

    const [, mangled = ''] = names;
    const nodes = `${connectString}/config/users`;
    const mend = await mangle(nodes, mangled, (node) => ({ ...node, version: 2 }));
    const partly = await captureToMemory(source, selecting({ kinds: ['users'] }));
    await mend();
    const mendAgain = await mangle(nodes, mangled, () => ({ version: 1, config: { 'SCRAM-SHA-256': '?' } }));
    const without = await captureToMemory(source, selecting({ kinds: ['users'] }));
    await mendAgain();
    await source.close();
    expect(without.missing).toMatchObject([{ kind: 'user', code: 'unreadable', params: { name: mangled } }]);
    expect(without.content.map(({ key }) => key[1])).toEqual(
      partly.content.map(({ key }) => key[1]).filter((name) => name !== mangled),
    );
    expect(partly.missing).toMatchObject([{ kind: 'user', code: 'unreadable', params: { name: mangled } }]);
    const untold = partly.content.filter(({ content }) => content.storedKey === undefined);
    expect(untold.map(({ key }) => key[1])).toEqual([mangled]);

    const options = kafkaOptions.parse({ bootstrapServers: kafka.bootstrap.plain, zookeeper: connectString });
    const verifiers = await ScramVerifiers.open(options, {
      random: Math.random,
      gate: new LoadGate({ requestsInFlight: 1 }),
    });
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

test('with ZooKeeper, verifiers are read in a new session when the old one expired', async () => {
  await using zookeeper = await startZooKeeper();
  const setUp = await connect({ connectString: zookeeper.connectString });
  await setUp.create('/cluster', null);
  await setUp.create('/cluster/id', Buffer.from('{"version":"1","id":"the-cluster"}'));
  await setUp.close();
  const options = kafkaOptions.parse({ bootstrapServers: 'unused:1', zookeeper: zookeeper.connectString });
  const proxy = await startProxy({ host: zookeeper.host, port: zookeeper.port });
  const verifiers = await ScramVerifiers.open(
    { ...options, zookeeper: proxy.connectString },
    { random: Math.random, gate: new LoadGate({ requestsInFlight: 1 }) },
  );
  expect(await verifiers?.clusterId()).toBe('the-cluster');
  proxy.stall();
  await until('the session to expire', async () =>
    /zk_global_sessions\s+0/.test(await zookeeper.ask('mntr')) ? true : undefined,
  );
  proxy.resume();
  proxy.cut();
  expect(await verifiers?.clusterId()).toBe('the-cluster');
  await verifiers?.close();
  await proxy[Symbol.asyncDispose]();
});

/** Options for the ways in that the plain port does not have. */
function signedIn({ host, securePort, sasl, tls }: ZooKeeperServer, path: string): Partial<KafkaOptions> {
  return {
    zookeeper: `${host}:${securePort}${path}`,
    zookeeperAuth: 'sasl',
    zookeeperUser: sasl?.username,
    zookeeperPassword: sasl?.password,
    zookeeperTls: true,
    zookeeperCa: tls?.ca,
    zookeeperCert: tls?.cert,
    zookeeperKey: tls?.key,
  };
}

/** Changes a user's node behind Kafka's back; the result mends it. */
async function mangle(
  users: string,
  user: string,
  change: (node: object) => object,
): Promise<() => Promise<void>> {
  const client = await connect({ connectString: users });
  const path = `/${(await client.getChildren('/')).children.find((name) => decodeURIComponent(name) === user)}`;
  const { data } = await client.getData(path);
  const node = JSON.parse(data?.toString() ?? '') as object;
  await client.setData(path, Buffer.from(JSON.stringify(change(node))));
  return async () => {
    await client.setData(path, data);
    await client.close();
  };
}

test('of a ZooKeeper of another cluster nothing is taken, and that is told', async () => {
  await using zookeeper = await startZooKeeper();
  await using kafka = await startKafka();
  const [name = ''] = names;
  const configs = ['--add-config', 'SCRAM-SHA-256=[iterations=5000,password=first]', '--alter'];
  await kafkaTool(kafka, 'configs', [...configs, '--entity-type', 'users', '--entity-name', name]);
  const source = await openSource(kafka, { zookeeper: zookeeper.connectString });
  const checked = await Array.fromAsync(source.check('capture'));
  const point = await captureToMemory(source, selecting({ kinds: ['users'] }));
  await source.close();
  expect(checked.find(({ check }) => check === 'kafka.verifiers')?.result).toBe('failed');
  expect(point.content).toMatchObject([
    { key: ['users', name, 'SCRAM-SHA-256'], content: { iterations: 5000 } },
  ]);
  expect(point.missing).toMatchObject([{ kind: 'user', code: 'unreadable', params: { name: 'verifiers' } }]);
});
