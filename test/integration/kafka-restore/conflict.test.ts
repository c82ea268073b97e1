import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AclBinding, KafkaClient } from '../../../main/protocols/kafka/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { type KafkaCluster, startKafka } from '../../servers/kafka.ts';
import type { MemoryPoint } from '../../support/point-memory.ts';
import { applyFromMemory, describeDone, planToMemory } from '../../support/restore-memory.ts';
import {
  accepted,
  captureAll,
  differences,
  equal,
  openClient,
  openSource,
  restored,
  settle,
  stepNames,
} from './bench.ts';

/*
 * Between plan and apply somebody else goes on working.
 */

let kafka: KafkaCluster;
let client: KafkaClient;
let source: SourceConnection;
let point: MemoryPoint;

const rule: AclBinding = {
  resourceType: 'TOPIC',
  patternType: 'LITERAL',
  resourceName: 'a',
  principal: 'User:app',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
};

beforeAll(async () => {
  kafka = await startKafka({ authorizer: true });
  client = await openClient(kafka);
  source = await openSource(kafka);
  await accepted(
    client.createTopics([topic('a', 1, { 'retention.ms': '1000' }), topic('b', 3), topic('c', 2)]),
  );
  await settle(kafka);
  for (let i = 0; i < 9; i++) {
    await client.produce({ topic: 'a', partition: 0 }, { key: Buffer.from('k'), value: Buffer.from('v') });
  }
  await commit('g', 5);
  await accepted(client.createAcls([rule]));
  await accepted(client.alterQuotas([{ entity: { user: 'u' }, values: { request_percentage: 50 } }]));
  await settings({ 'log.retention.ms': '5000' });
  await settle(kafka);
  point = await captureAll(source);
});

afterEach(async () => {
  const { stuck } = await restored(source, point, equal);
  expect(stuck).toEqual([]);
  expect(await differences(source, point, equal)).toEqual([]);
});

afterAll(async () => {
  await source?.close();
  await client?.close();
  await kafka?.[Symbol.asyncDispose]();
});

function topic(name: string, partitions: number, configs: Readonly<Record<string, string>> = {}) {
  return { name, replicas: Array.from({ length: partitions }, () => [1]), configs };
}

function commit(group: string, at: number): Promise<void> {
  const offsets = [{ topic: 'a', partition: 0, offset: BigInt(at), metadata: null }];
  return accepted(client.commitOffsets({ id: group, type: 'classic' }, offsets));
}

function settings(values: Readonly<Record<string, string | null>>, name?: string): Promise<void> {
  const resource =
    name === undefined ? ({ type: 'broker', name: '' } as const) : { type: 'topic' as const, name };
  return accepted(client.incrementalAlterConfigs([{ resource, values }]));
}

async function drop(name: string): Promise<void> {
  await accepted(client.deleteTopics([name]));
  await expect.poll(async () => (await client.describeTopics([name])).length).toBe(0);
}

/** Plans, lets somebody else work, applies; what became of each step. */
async function meanwhile(work: () => Promise<void>): Promise<string[]> {
  await settle(kafka);
  const { steps } = await planToMemory(source, point, equal);
  await work();
  await settle(kafka);
  return (await applyFromMemory(source, point, equal, steps)).map(describeDone);
}

describe('what was changed between plan and apply is left alone, and what was found is told', () => {
  it('configs of a topic', async () => {
    await settings({ 'retention.ms': '2000' }, 'a');
    const done = await meanwhile(() => settings({ 'retention.ms': '3000', 'segment.ms': '60000' }, 'a'));
    expect(done).toEqual([
      'change /topics/a: conflict (it was changed meanwhile: partitions=1, retention.ms=3000, segment.ms=60000)',
    ]);
    const [described] = await client.describeConfigs([{ type: 'topic', name: 'a' }]);
    expect(described).toMatchObject({
      values: expect.arrayContaining([expect.objectContaining({ name: 'retention.ms', value: '3000' })]),
    });
  });

  it('a topic that was made by somebody else', async () => {
    await drop('b');
    const done = await meanwhile(() => accepted(client.createTopics([topic('b', 2)])));
    expect(done).toEqual(['create /topics/b: conflict (it was created meanwhile: partitions=2)']);
    expect((await client.describeTopics(['b']))[0]?.partitions).toHaveLength(2);
  });

  it('a topic that was deleted and made anew, before partitions are added or it is removed', async () => {
    await drop('c');
    await accepted(client.createTopics([topic('c', 1), topic('extra', 1)]));
    const done = await meanwhile(async () => {
      for (const name of ['c', 'extra']) await drop(name);
      await accepted(client.createTopics([topic('c', 1), topic('extra', 1)]));
    });
    expect(done).toEqual([
      'remove /topics/extra: conflict (it was changed meanwhile: partitions=1)',
      'change /topics/c: conflict (it was changed meanwhile: partitions=1)',
    ]);
  });

  it('a topic that is gone', async () => {
    await settings({ 'retention.ms': '2000' }, 'a');
    expect(await meanwhile(() => drop('a'))).toContain('change /topics/a: conflict (it is gone)');
    // The records, and with them where the group stood, went with it.
    await restored(source, point, equal);
    for (let i = 0; i < 9; i++) {
      await client.produce({ topic: 'a', partition: 0 }, { key: Buffer.from('k'), value: Buffer.from('v') });
    }
  });

  it('offsets, quotas and configs of brokers', async () => {
    await commit('g', 1);
    await accepted(client.alterQuotas([{ entity: { user: 'u' }, values: { request_percentage: 1 } }]));
    await settings({ 'log.retention.ms': '1' });
    const done = await meanwhile(async () => {
      await commit('g', 2);
      await accepted(client.alterQuotas([{ entity: { user: 'u' }, values: { request_percentage: 2 } }]));
      await settings({ 'log.retention.ms': '2' });
    });
    expect(done).toEqual([
      expect.stringMatching(/^change \/configs\/broker\/<default>: conflict \(.*log\.retention\.ms=2/),
      'change /quotas/user=u: conflict (it was changed meanwhile: request_percentage=2)',
      'change /groups/g/a: conflict (it was changed meanwhile: 0: 2)',
    ]);
  });

  it('an extra that got more', async () => {
    await commit('extra', 1);
    await accepted(client.alterQuotas([{ entity: { user: 'x' }, values: { request_percentage: 1 } }]));
    const done = await meanwhile(() =>
      accepted(client.alterQuotas([{ entity: { user: 'x' }, values: { request_percentage: 2 } }])),
    );
    expect(done).toEqual([
      'remove /quotas/user=x: conflict (it was changed meanwhile: request_percentage=2)',
      'remove /groups/extra: applied',
    ]);
  });
});

describe('what somebody else has done already counts as done', () => {
  it('objects made, changed and removed just so', async () => {
    await accepted(client.deleteAcls([rule]));
    await accepted(client.createAcls([{ ...rule, resourceName: 'extra' }]));
    await drop('b');
    await settings({ 'log.retention.ms': '1' });
    const done = await meanwhile(async () => {
      await accepted(client.createAcls([rule]));
      await accepted(client.deleteAcls([{ ...rule, resourceName: 'extra' }]));
      await accepted(client.createTopics([topic('b', 3)]));
      await settings({ 'log.retention.ms': '5000' });
    });
    expect(done).toEqual([
      'create /topics/b: already',
      'change /configs/broker/<default>: already',
      'create /acls/TOPIC/LITERAL/a/User:app/*/READ/ALLOW: already',
      'remove /acls/TOPIC/LITERAL/extra/User:app/*/READ/ALLOW: already',
    ]);
  });

  it('a restore that was broken off goes on where it was', async () => {
    await drop('b');
    await settings({ 'log.retention.ms': '1' });
    await commit('g', 2);
    await accepted(client.deleteAcls([rule]));
    await settle(kafka);
    const { steps } = await planToMemory(source, point, equal);
    expect(stepNames(steps)).toHaveLength(4);
    const stop = new AbortController();
    const first = applyFromMemory(source, point, equal, steps, {
      signal: stop.signal,
      onDone: ({ step }) => {
        if (step.phase === 'configs') stop.abort(new Error('stopped'));
      },
    });
    await expect(first).rejects.toThrow('stopped');
    const again = await applyFromMemory(source, point, equal, steps);
    expect(again.map(({ outcome }) => outcome.outcome)).toEqual(['already', 'already', 'applied', 'applied']);
  });
});
