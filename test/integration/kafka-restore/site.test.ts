import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { describeKafka, fillKafka } from '../../foreign/kafka.ts';
import { type KafkaCluster, startKafka, startKafkaCluster } from '../../servers/kafka.ts';
import { planToMemory } from '../../support/restore-memory.ts';
import {
  captureAll,
  described,
  differences,
  equal,
  noteNames,
  openClient,
  openSource,
  restored,
  settle,
  wipe,
} from './bench.ts';

let one: KafkaCluster;
let three: KafkaCluster;
let oneSource: SourceConnection;
let threeSource: SourceConnection;

beforeAll(async () => {
  [one, three] = await Promise.all([
    startKafka({ racks: ['cellar'] }),
    startKafkaCluster(3, { firstId: 101, racks: ['a', 'a', 'b'] }),
  ]);
  await Promise.all([
    fillKafka(one, { topics: 25, users: 0 }),
    fillKafka(three, { topics: 25, seed: 3, users: 0 }),
  ]);
  await settle(three);
  [oneSource, threeSource] = await Promise.all([openSource(one), openSource(three)]);
});

afterAll(async () => {
  await oneSource?.close();
  await threeSource?.close();
  await three?.[Symbol.asyncDispose]();
  await one?.[Symbol.asyncDispose]();
});

/** Which of the topics that broker shows with leaders, now. */
async function shownBy(broker: number, names: readonly string[]): Promise<string[]> {
  const client = await openClient(three);
  const topics = await client.describeTopics(names, { broker });
  await client.close();
  const led = topics.filter(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  return led.map(({ name }) => name);
}

it('one broker’s topics are spread over three, and three brokers’ come to one with fewer replicas, said so', async () => {
  const [small, wide] = [await captureAll(oneSource), await captureAll(threeSource)];
  const [smallBefore, wideBefore] = [await described(one), await described(three)];
  await Promise.all([wipe(one), wipe(three)]);

  const spread = await restored(threeSource, small, equal);
  expect(spread.stuck).toEqual([]);
  const replaced = spread.notes.filter(({ code }) => code === 'broker-replaced');
  expect(replaced.map(({ params }) => params)).toEqual([
    { name: '1', rack: 'cellar', to: '101, 102, 103', toRack: 'a, a, b' },
  ]);
  expect(noteNames(spread.notes)).toContain('broker-absent broker/1');
  const created = spread.done
    .filter(({ step }) => step.kind === 'topic')
    .map(({ step }) => step.key[1] ?? '');
  for (const { id } of three.nodes) expect(await shownBy(id, created)).toEqual(created);
  const { topics } = await describeKafka(three);
  const counts = Map.groupBy(
    topics.filter(({ internal }) => !internal).flatMap(({ replicas }) => replicas.flat()),
    (id) => id,
  );
  const shares = [101, 102, 103].map((id) => counts.get(id)?.length ?? 0);
  const total = shares.reduce((sum, share) => sum + share, 0);
  for (const share of shares) expect(share).toBeGreaterThan(total / 5);
  expect(topics.filter(({ internal }) => !internal).map(({ name, configs }) => [name, configs])).toEqual(
    smallBefore.java.topics.map(({ name, configs }) => [name, configs]),
  );
  expect(await differences(threeSource, small, equal)).toEqual([]);

  const squeezed = await restored(oneSource, wide, equal);
  expect(squeezed.stuck).toEqual([]);
  const most = new Map(wideBefore.java.topics.map(({ name, replicas }) => [name, replicas[0]?.length ?? 0]));
  const fewer = squeezed.notes.filter(({ code }) => code === 'fewer-replicas');
  expect(fewer.map(({ params }) => params)).toEqual(
    [...most]
      .filter(([, replicas]) => replicas > 1)
      .map(([name, replicas]) => ({ name, wanted: replicas, live: 1 })),
  );
  expect(fewer.length).toBeGreaterThan(5);
  const lossy = squeezed.done.filter(({ step }) => step.kind === 'topic' && step.fidelity === 'partial');
  expect(lossy.map(({ step }) => step.key[1])).toEqual(fewer.map(({ params }) => params.name));
  expect(await differences(oneSource, wide, equal)).toEqual([]);
});

it('every replica goes back to the broker that it was on', async () => {
  await wipe(three);
  await fillKafka(three, { topics: 20, seed: 4, groups: 0, users: 0 });
  await settle(three);
  const before = await described(three);
  const point = await captureAll(threeSource);
  await wipe(three);
  const { stuck, notes } = await restored(threeSource, point, equal);
  expect(stuck).toEqual([]);
  expect(noteNames(notes)).toEqual([]);
  expect((await described(three)).java.topics).toEqual(before.java.topics);
  expect((await planToMemory(threeSource, point, equal)).steps).toEqual([]);
});
