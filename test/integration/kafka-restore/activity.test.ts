import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KafkaClient } from '../../../main/protocols/kafka/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { describeKafka, holdMember, produceRecords } from '../../foreign/kafka.ts';
import { until } from '../../servers/condition.ts';
import { type KafkaCluster, type KafkaVersion, startKafka } from '../../servers/kafka.ts';
import type { MemoryPoint } from '../../support/point-memory.ts';
import { applyFromMemory, describeDone, planToMemory } from '../../support/restore-memory.ts';
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
  stepNames,
} from './bench.ts';

/** In each of two partitions. */
const HALF = 10n;
const RECORDS = 2 * Number(HALF);
const AT_END = [Number(HALF), Number(HALF)];
const versions: readonly KafkaVersion[] = ['4.3', '2.8'];

describe.each(versions)('groups of Kafka %s with members, at a restore', (version) => {
  const newest = version === '4.3';
  let kafka: KafkaCluster;
  let source: SourceConnection;
  let client: KafkaClient;
  let point: MemoryPoint;
  const names = newest ? ['busy', 'idle', 'modern'] : ['busy', 'idle'];
  const active = names.filter((name) => name !== 'idle');

  beforeAll(async () => {
    kafka = await startKafka({ version });
    [source, client] = await Promise.all([openSource(kafka), openClient(kafka)]);
    const orders = { name: 'orders', replicas: [[1], [1]], configs: {} };
    await accepted(client.createTopics([orders, { ...orders, name: 'shrunk' }]));
    await produceRecords(kafka, 'orders', RECORDS);
    await produceRecords(kafka, 'shrunk', RECORDS);
    await Promise.all(names.map((name) => moveTo(name, HALF)));
    await moveTo('idle', HALF, 'shrunk');
    point = await captureAll(source);
    await Promise.all(names.map((name) => moveTo(name, 3n)));
  });

  afterAll(async () => {
    await Promise.all([source?.close(), client?.close()]);
    await kafka?.[Symbol.asyncDispose]();
  });

  function moveTo(group: string, offset: bigint, topic = 'orders'): Promise<void> {
    const offsets = [0, 1].map((partition) => ({ topic, partition, offset, metadata: '' }));
    return accepted(client.commitOffsets({ id: group, type: 'classic' }, offsets));
  }

  /** By group: the offsets in `orders`, as Java's AdminClient tells them. */
  async function offsets(): Promise<Record<string, readonly number[] | undefined>> {
    const { groups } = await describeKafka(kafka);
    return Object.fromEntries(
      groups.map(({ id, offsets: own }) => [id, own.orders?.map(([, offset]) => offset)]),
    );
  }

  function join(group: string): Promise<AsyncDisposable> {
    return holdMember(kafka, {
      topic: 'orders',
      group,
      protocol: group === 'modern' ? 'consumer' : 'classic',
    });
  }

  /** Resolves when the brokers have seen the members go. */
  async function left(...groups: readonly string[]): Promise<void> {
    await until(`${groups.join()} to be empty`, async () => {
      const listed = await client.listGroups();
      const there = listed.filter(({ id }) => groups.includes(id));
      return there.every(({ state }) => /^empty$/i.test(state)) || undefined;
    });
  }

  if (newest) {
    it('are told before, with their clients', async () => {
      const quiet = await Array.fromAsync(source.check('restore'));
      expect(quiet.filter(({ result }) => result !== 'passed')).toEqual([]);
      await using _ = await join('busy');
      const checks = await Array.fromAsync(source.check('restore'));
      const told = checks.find(({ check }) => check === 'kafka.groups-inactive');
      expect(told?.result).toBe('warning');
      expect(told?.finding.en).toMatch(/^Groups with members: busy \(.+ @ 127\.0\.0\.1\)\.$/);
      expect(told?.remedy?.en).toContain('Stop the clients');
    });
  }

  it('keep their offsets; once their clients have stopped the same steps are applied', async () => {
    await left('busy');
    const members = await Promise.all(active.map(join));
    const planned = await planToMemory(source, point, equal);
    expect(stepNames(planned.steps)).toEqual(names.map((name) => `change groups/${name}/orders`));
    expect(noteNames(planned.notes)).toEqual(active.map((name) => `group-active ${name}`));

    const done = await applyFromMemory(source, point, equal, planned.steps);
    const refused = 'failed (the group has members: stop its clients, then go on)';
    expect(done.map(describeDone)).toEqual(
      names.map((name) => `change /groups/${name}/orders: ${name === 'idle' ? 'applied' : refused}`),
    );
    const half = await offsets();
    expect(half.idle).toEqual(AT_END);
    for (const name of active) expect(half[name]).toEqual([3, 3]);
    expect(await differences(source, point, equal)).toEqual(
      active.map((name) => `changed groups/${name}/orders partitions`),
    );

    for (const member of members) await member[Symbol.asyncDispose]();
    await left(...active);
    const failed = done.filter(({ outcome }) => outcome.outcome === 'failed').map(({ step }) => step);
    const again = await applyFromMemory(source, point, equal, failed);
    expect(again.map(({ outcome }) => outcome.outcome)).toEqual(active.map(() => 'applied'));
    const whole = await offsets();
    for (const name of names) expect(whole[name]).toEqual(AT_END);
    expect(await differences(source, point, equal)).toEqual([]);
  });

  if (newest) {
    it('that started only after the plan are left alone as well', async () => {
      await moveTo('busy', 4n);
      const planned = await planToMemory(source, point, equal);
      expect(planned.notes).toEqual([]);
      await using _ = await join('busy');
      const [done] = await applyFromMemory(source, point, equal, planned.steps);
      expect(done?.outcome).toMatchObject({ outcome: 'failed' });
      expect((await offsets()).busy).toEqual([4, 4]);
    });
  }

  it('are not deleted though the point does not have them', async () => {
    await left('busy');
    await restored(source, point, equal);
    const member = await join('extra');
    await moveTo('idle', 5n);
    const { stuck } = await restored(source, point, equal);
    expect(stuck).toEqual([
      'remove /groups/extra: failed (the group has members: stop its clients, then go on)',
    ]);
    expect((await offsets()).idle).toEqual(AT_END);
    await member[Symbol.asyncDispose]();
    await left('extra');
    expect((await restored(source, point, equal)).stuck).toEqual([]);
    expect(Object.keys(await offsets())).toEqual(names);
  });

  if (newest) {
    it('get offsets within the log that is there, and that is said', async () => {
      await accepted(client.deleteTopics(['shrunk']));
      await until('the topic to be gone', async () => {
        return (await client.describeTopics(['shrunk'])).length === 0 || undefined;
      });
      const shrunk = { name: 'shrunk', replicas: [[1], [1]], configs: {} };
      await until('the topic to be made anew', async () => {
        const [failure] = await client.createTopics([shrunk]);
        return failure === undefined || undefined;
      });
      await produceRecords(kafka, 'shrunk', 4);
      const { stuck, notes } = await restored(source, point, only('equal', 'groups/idle/shrunk'));
      expect(stuck).toEqual([]);
      expect(notes).toMatchObject([
        { code: 'offsets-clamped', fidelity: 'partial', params: { name: 'idle/shrunk', partitions: 2 } },
      ]);
      const { groups } = await describeKafka(kafka);
      const idle = groups.find(({ id }) => id === 'idle');
      expect(idle?.offsets.shrunk?.map(([, offset]) => offset)).toEqual([2, 2]);
    });
  }

  it('are served again: every broker takes a record and gives it back', async () => {
    expect(await Array.fromAsync(source.check('restored'))).toMatchObject([
      { check: 'kafka.records', result: 'passed' },
    ]);
    expect((await client.describeTopics()).map(({ name }) => name)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^holdfast-try-/)]),
    );
  });
});
