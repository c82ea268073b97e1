import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { KafkaClient } from '../../../main/protocols/kafka/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { fillKafka } from '../../foreign/kafka.ts';
import { type KafkaCluster, startKafka } from '../../servers/kafka.ts';
import { captureToMemory, type MemoryPoint } from '../../support/point-memory.ts';
import { planToMemory } from '../../support/restore-memory.ts';
import {
  accepted,
  captureAll,
  differences,
  equal,
  noteNames,
  only,
  openClient,
  openSource,
  restored,
  settle,
  wipe,
} from './bench.ts';

let kafka: KafkaCluster;
let client: KafkaClient;
let source: SourceConnection;
let point: MemoryPoint;

beforeAll(async () => {
  kafka = await startKafka({ authorizer: true });
  client = await openClient(kafka);
  source = await openSource(kafka);
  await fillKafka(kafka, { topics: 12, groups: 6, acls: 10, users: 2 });
  await settle(kafka);
  point = await captureAll(source);
});

beforeEach(async () => {
  await wipe(kafka);
});

afterAll(async () => {
  await source?.close();
  await client?.close();
  await kafka?.[Symbol.asyncDispose]();
});

/** Keys that the cluster has, of the kinds that a wipe takes away. */
async function there(): Promise<string[]> {
  const batches = await Array.fromAsync(source.scan(point.selection));
  const wiped = ['acl', 'config', 'group', 'offsets', 'quota', 'topic', 'user'];
  return batches
    .flat()
    .filter(({ kind, observed }) => wiped.includes(kind) && observed.internal !== true)
    .map(({ key }) => key.join('/'))
    .filter((key) => key !== 'configs/broker/<default>');
}

/** Keys of the point below the given ones. */
function inPoint(...prefixes: string[]): string[] {
  return point.content
    .filter(({ observed }) => observed.internal !== true)
    .map(({ key }) => key.join('/'))
    .filter((key) => prefixes.some((prefix) => key === prefix || key.startsWith(`${prefix}/`)))
    .filter((key) => key !== 'configs/broker/<default>');
}

it.each([
  ['one topic', ['topics/orders.00000'], ['topics/orders.00000']],
  ['topics by a pattern', ['topics/audit*'], ['topics/audit_00002', 'topics/audit_00007']],
  ['a kind', ['quotas'], ['quotas']],
  ['rules of one kind of resource', ['acls/TOPIC'], ['acls/TOPIC']],
  ['configs of one broker', ['configs/broker/1'], ['configs/broker/1']],
])('restores %s and nothing else', async (_, select, expected) => {
  const request = only('equal', ...select);
  const { stuck, done } = await restored(source, point, request);
  expect(stuck).toEqual([]);
  expect(done.length).toBeGreaterThan(0);
  expect(await there()).toEqual(inPoint(...expected));
  expect(await differences(source, point, request)).toEqual([]);
  expect((await planToMemory(source, point, request)).steps).toEqual([]);
});

it('restores a group whose topics are not asked for only where they are there', async () => {
  const group = 'team a/group 0005';
  const own = point.content.filter(({ kind, key }) => kind === 'offsets' && key[1] === group);
  expect(own.length).toBeGreaterThan(1);
  const topics = own.map(({ key }) => key[2] ?? '');
  const [first = '', ...others] = topics;
  await restored(source, point, only('equal', `topics/${first}`));
  const request = only('equal', 'groups/team a\\/group 0005');
  const { stuck, notes } = await restored(source, point, request);
  expect(stuck).toEqual([]);
  const lacking = noteNames(notes).filter((name) => name.startsWith('offsets-without-log'));
  expect(lacking).toEqual(others.map((topic) => `offsets-without-log ${group}/${topic}`));
  expect(await there()).toEqual([`groups/${group}`, `groups/${group}/${first}`, `topics/${first}`]);
  expect(await differences(source, point, request)).toEqual(
    others.map((topic) => `removed groups/${group}/${topic}`),
  );
});

it('what an undo point has to hold takes back a restore of some of it', async () => {
  const names = ['audit_extra', 'orders.00000', 'other'];
  const configs = { 'retention.ms': '7000' };
  await accepted(client.createTopics(names.map((name) => ({ name, replicas: [[1]], configs }))));
  await settle(kafka);
  const before = await there();
  const request = only('equal', 'topics/audit*', 'topics/orders.00000');
  const undo = await captureToMemory(source, source.affected(point, request));
  expect(undo.missing).toEqual([]);
  await restored(source, point, request);
  expect(await there()).not.toEqual(before);
  const back = await restored(source, undo, equal);
  expect(back.stuck).toEqual([]);
  // Kafka takes no partitions away: the topic stays as wide as the restore made it.
  expect(await there()).toEqual(before);
});
