import { expect, test } from 'vitest';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { fillKafka } from '../../foreign/kafka.ts';
import { type KafkaCluster, type KafkaVersion, kafkaAccounts, startKafka } from '../../servers/kafka.ts';
import { kafkaVersions } from '../../servers/kafka-config.ts';
import { planToMemory } from '../../support/restore-memory.ts';
import {
  captureAll,
  type Described,
  described,
  differences,
  equal,
  noteNames,
  openSource,
  restored,
  stepNames,
  wipe,
  withEmptyLogs,
} from './bench.ts';

const versions = Object.keys(kafkaVersions) as KafkaVersion[];

/** What a restore without ZooKeeper has to leave to a person: SCRAM users other than those that stayed. */
function withoutUsers({ java, kafkajs }: Described): Described {
  const accounts = Object.values(kafkaAccounts).map(({ username }) => String(username));
  return { java: { ...java, users: java.users.filter(([name]) => accounts.includes(name)) }, kafkajs };
}

/** Whether the cluster lets this user in with the password that the fill gave it. */
async function mayEnter({ bootstrap }: KafkaCluster, user: string): Promise<boolean> {
  const signIn = { auth: 'scram-sha-512', user, password: `password of ${user}` } as const;
  try {
    await (await openSource({ bootstrap: { plain: bootstrap.sasl ?? '' } }, signIn)).close();
    return true;
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'source.sign-in-failed') return false;
    throw error;
  }
}

test.each(versions)('Kafka %s comes back after everything was wiped', async (version) => {
  await using kafka = await startKafka({ version, sasl: true, authorizer: true });
  const { zookeeper } = kafka;
  const withZooKeeper = zookeeper === undefined ? {} : { zookeeper: zookeeper.connectString };
  await fillKafka(kafka, { topics: 25, groups: 12 });
  const before = await described(kafka);
  const source = await openSource(kafka, withZooKeeper);
  const point = await captureAll(source);
  const unchanged = await planToMemory(source, point, equal);
  expect(stepNames(unchanged.steps)).toEqual([]);
  expect(noteNames(unchanged.notes)).toEqual([]);
  expect(await differences(source, point, equal)).toEqual([]);

  await wipe(kafka);
  const { stuck, notes } = await restored(source, point, equal);
  expect(stuck).toEqual([]);
  const after = await described(kafka);
  const expected = withEmptyLogs(before);
  const left = point.content.filter(({ kind, content }) => kind === 'user' && !('salt' in content));
  const lost = left
    .map(({ key }) => key.slice(1).join('/'))
    .filter((name) => !/^(admin|backup)\//.test(name));
  expect(after).toEqual(zookeeper === undefined ? withoutUsers(expected) : expected);
  expect(lost.length > 0).toBe(zookeeper === undefined);

  const named = noteNames(notes);
  expect(new Set(named.map((name) => name.split(' ')[0]))).toEqual(
    new Set(['offsets-clamped', ...(zookeeper === undefined ? ['password-unknown'] : [])]),
  );
  expect(named.filter((name) => name.startsWith('password-unknown'))).toEqual(
    lost.map((name) => `password-unknown ${name}`).sort(),
  );
  expect(await differences(source, point, equal)).toEqual(lost.map((name) => `removed users/${name}`));
  expect(stepNames((await planToMemory(source, point, equal)).steps)).toEqual([]);
  await source.close();
  // Who could sign in with a password can again, where what checks it came back.
  await expect.poll(() => mayEnter(kafka, 'user-2'), { timeout: 20_000 }).toBe(zookeeper !== undefined);
});
