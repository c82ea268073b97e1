import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AclBinding, KafkaClient } from '../../../main/protocols/kafka/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { fillKafka, wipeKafka } from '../../foreign/kafka.ts';
import { until } from '../../servers/condition.ts';
import { type KafkaCluster, kafkaAccounts, startKafka, startKafkaCluster } from '../../servers/kafka.ts';
import type { MemoryPoint } from '../../support/point-memory.ts';
import { applyFromMemory, describeDone, planToMemory } from '../../support/restore-memory.ts';
import {
  accepted,
  captureAll,
  type Described,
  described,
  differences,
  equal,
  openClient,
  openSource,
  restored,
  settle,
  withEmptyLogs,
} from './bench.ts';
import { refuseRecords } from './record-limit.ts';

const BROKERS = [1, 2, 3];

describe('three brokers', () => {
  let kafka: KafkaCluster;
  let source: SourceConnection;
  let client: KafkaClient;
  let point: MemoryPoint;
  let before: Described;

  beforeAll(async () => {
    kafka = await startKafkaCluster(3, { authorizer: true });
    await fillKafka(kafka, { topics: 60, partitions: 3, records: 2, groups: 30, users: 0 });
    [source, client] = await Promise.all([openSource(kafka, { patience: 60 }), openClient(kafka)]);
    point = await captureAll(source);
    before = withEmptyLogs(await described(kafka));
  });

  afterAll(async () => {
    await Promise.all([source?.close(), client?.close()]);
    await kafka?.[Symbol.asyncDispose]();
  });

  /** Names of topics by the broker that was asked. */
  async function topicsShownBy(broker: number, names: readonly string[]): Promise<string[]> {
    return (await client.describeTopics(names, { broker })).map(({ name }) => name);
  }

  it('take a record each and give it back; nothing of the try stays', async () => {
    const killed = `holdfast-try-${'0'.repeat(16)}`;
    const alike = 'holdfast-try-of-somebody-else';
    const topic = { replicas: [[1, 2]], configs: {} };
    await accepted(
      client.createTopics([
        { ...topic, name: killed },
        { ...topic, name: alike },
      ]),
    );
    await settle(kafka);
    const checks = await Array.fromAsync(source.check('restored'));
    expect(checks).toMatchObject([{ check: 'kafka.records', result: 'passed' }]);
    expect(checks[0]?.finding.en).toContain('Brokers 1, 2, 3 ');
    await settle(kafka);
    for (const broker of BROKERS) expect(await topicsShownBy(broker, [killed])).toEqual([]);
    const left = (await client.describeTopics()).filter(({ name }) => name.startsWith('holdfast-try-'));
    expect(left.map(({ name }) => name)).toEqual([alike]);
    await accepted(client.deleteTopics([alike]));
    const told = await openSource(kafka, { trial: false });
    expect(await Array.fromAsync(told.check('restored'))).toEqual([]);
    await told.close();
  });

  it('lose their controller in mid-restore, which costs time and no step', async () => {
    await wipeKafka(kafka);
    await accepted(client.createTopics([{ name: 'extra', replicas: [[1, 2, 3]], configs: {} }]));
    const { steps } = await planToMemory(source, point, equal);
    const controller = await kafka.controllerId();
    let back: Promise<void> | undefined;
    const outcomes = await applyFromMemory(source, point, equal, steps, {
      // Topics are made next: while there is no controller, one of the brokers is gone and comes back.
      onDone: ({ step }) => {
        if (step.phase === 'remove-topics') back = failover(controller);
      },
    });
    await back;
    expect(outcomes.filter(({ outcome }) => outcome.outcome !== 'applied').map(describeDone)).toEqual([]);
    expect(await kafka.controllerId()).not.toBe(controller);
    await kafka.settled();
    const names = before.java.topics.map(({ name }) => name);
    for (const broker of BROKERS) expect(await topicsShownBy(broker, names)).toEqual(names.toSorted());
    expect(await differences(source, point, equal)).toEqual([]);
    expect(await described(kafka)).toEqual(before);
  }, 300_000);

  async function failover(controller: number): Promise<void> {
    await kafka.node(controller).kill();
    await kafka.controllerId();
    await kafka.node(controller).restart();
  }

  it('of which one is down get what they can hold; the rest is named, and follows when it is back', async () => {
    await wipeKafka(kafka);
    await kafka.node(3).kill();
    await kafka.settled();
    const impatient = await openSource(kafka, { patience: 3, connectTimeout: 3 });
    const checks = await Array.fromAsync(impatient.check('restore'));
    expect(checks.find(({ check }) => check === 'kafka.brokers-up')).toMatchObject({
      result: 'warning',
      finding: { en: 'Brokers are down that hold replicas: 3.' },
    });
    const { done, notes } = await restored(impatient, point, equal);
    const stuck = done.filter(({ outcome }) => outcome.outcome !== 'applied').map(({ step }) => step.key);
    const onIt = topicsOnlyOn(3);
    expect(onIt.size).toBeGreaterThan(0);
    expect(
      new Set(stuck.map(([branch, name, topic]) => (branch === 'topics' ? (name ?? '') : (topic ?? '')))),
    ).toEqual(onIt);
    expect(notes.filter(({ code }) => code === 'broker-absent')).toHaveLength(1);
    expect((await client.describeTopics()).filter(({ internal }) => !internal)).toHaveLength(
      before.java.topics.length - onIt.size,
    );
    expect((await differences(impatient, point, equal)).length).toBeGreaterThanOrEqual(stuck.length);
    expect(await recordsCheck(impatient)).toMatchObject({ result: 'passed' });

    await refuseRecords(client, [1, 2], true);
    const refused = await recordsCheck(impatient);
    expect(refused).toMatchObject({ result: 'failed' });
    expect(refused?.finding.en).toMatch(/broker 1: .*MESSAGE_TOO_LARGE.*broker 2: /);
    expect((await client.describeTopics()).some(({ name }) => name.startsWith('holdfast-try-'))).toBe(false);
    await refuseRecords(client, [1, 2], false);
    await impatient.close();

    await kafka.node(3).restart();
    await kafka.settled();
    expect((await restored(source, point, equal)).stuck).toEqual([]);
    // The client at hand has not looked since that broker was away.
    await client.describeCluster();
    for (const broker of BROKERS) expect(await topicsShownBy(broker, [...onIt])).toHaveLength(onIt.size);
    expect(await differences(source, point, equal)).toEqual([]);
    expect(await described(kafka)).toEqual(before);
  }, 300_000);

  /** Topics of the point with a partition that has its replicas there alone. */
  function topicsOnlyOn(broker: number): ReadonlySet<string> {
    const only = before.java.topics.filter(({ replicas }) =>
      replicas.some((ids) => ids.every((id) => id === broker)),
    );
    return new Set(only.map(({ name }) => name));
  }
});

async function recordsCheck(source: SourceConnection): Promise<CheckResult | undefined> {
  const checks = await Array.fromAsync(source.check('restored'));
  return checks.find(({ check }) => check === 'kafka.records');
}

function setForAll(client: KafkaClient, values: Readonly<Record<string, string>>): Promise<void> {
  return accepted(client.incrementalAlterConfigs([{ resource: { type: 'broker', name: '' }, values }]));
}

describe('an account that may not do everything', () => {
  let kafka: KafkaCluster;
  let root: SourceConnection;
  let client: KafkaClient;
  let point: MemoryPoint;
  let source: SourceConnection;

  beforeAll(async () => {
    kafka = await startKafka({ sasl: true, authorizer: true });
    await fillKafka(kafka, { topics: 20, groups: 10, users: 2, acls: 10 });
    [root, client] = await Promise.all([openSource(kafka), openClient(kafka)]);
    const describing = ['DESCRIBE', 'DESCRIBE_CONFIGS'];
    await accepted(
      client.createAcls([
        ...rules('TOPIC', '*', ...describing, 'CREATE', 'ALTER', 'ALTER_CONFIGS', 'DELETE', 'READ'),
        ...rules('GROUP', '*', ...describing, 'ALTER_CONFIGS', 'DELETE', 'READ'),
        ...rules('CLUSTER', 'kafka-cluster', ...describing, 'ALTER'),
      ]),
    );
    point = await captureAll(root);
    const { username: user, password } = kafkaAccounts.backup;
    source = await openSource(kafka, {
      bootstrapServers: kafka.bootstrap.sasl ?? '',
      auth: 'plain',
      user,
      password,
    });
  });

  afterAll(async () => {
    await Promise.all([source?.close(), root?.close(), client?.close()]);
    await kafka?.[Symbol.asyncDispose]();
  });

  it('does what it may; what it may not is named, kind by kind', async () => {
    const rights = (await Array.fromAsync(source.check('restore'))).find(
      ({ check }) => check === 'kafka.restore-rights',
    );
    expect(rights).toMatchObject({ result: 'warning' });
    expect(rights?.finding.en).toContain('ALTER_CONFIGS');
    await breakSomeOfEach(client);
    const { done } = await restored(source, point, equal);
    const refused = done.filter(({ outcome }) => outcome.outcome === 'failed');
    expect(new Set(refused.map(({ step }) => step.kind))).toEqual(new Set(['config', 'quota']));
    for (const { outcome } of refused) {
      expect(outcome).toMatchObject({
        problem: { en: expect.stringMatching(/^the account is not allowed to: /) },
      });
    }
    const applied = done.filter(({ outcome }) => outcome.outcome === 'applied');
    expect(applied).toHaveLength(done.length - refused.length);
    expect(new Set(applied.map(({ step }) => step.kind))).toEqual(new Set(['acl', 'offsets', 'topic']));
    expect((await differences(root, point, equal)).map((each) => each.split(/[ /]/)[1])).toEqual(
      refused.map(({ step }) => step.key[0]).sort(),
    );
    expect((await restored(root, point, equal)).stuck).toEqual([]);
    expect(await differences(root, point, equal)).toEqual([]);
  });

  it('tries records where it may write to topics of that name, else leaves nothing behind', async () => {
    const checks = await Array.fromAsync(source.check('restored'));
    expect(checks).toMatchObject([
      { check: 'kafka.records', result: 'unknown', finding: { en: expect.stringMatching(/AUTHORIZATION/) } },
    ]);
    expect((await client.describeTopics()).some(({ name }) => name.startsWith('holdfast-try-'))).toBe(false);

    const writing = rules('TOPIC', 'holdfast-try-', 'WRITE').map((rule) => {
      return { ...rule, patternType: 'PREFIXED' };
    });
    await accepted(client.createAcls(writing));
    const tried = await until('the rule to hold', async () => {
      const found = await recordsCheck(source);
      return found?.result === 'unknown' ? undefined : found;
    });
    expect(tried).toMatchObject({ result: 'passed' });
    await accepted(client.deleteAcls(writing));
  });

  it('leaves alone what it may not read here, says so, and restores the rest', async () => {
    await breakSomeOfEach(client);
    const before = await client.describeAcls();
    const revoked = rules('CLUSTER', 'kafka-cluster', 'DESCRIBE', 'ALTER');
    await accepted(client.deleteAcls(revoked));
    const all = await until('the rules to be gone', async () => {
      const now = await client.describeAcls();
      return now.length === before.length - revoked.length ? now : undefined;
    });
    const { done, notes } = await restored(source, point, equal);
    const unread = notes.filter(({ code }) => /^unread-left-alone(-more)?$/.test(code));
    expect(new Set(unread.map(({ kind }) => kind))).toEqual(new Set(['acl', 'user']));
    expect(await client.describeAcls()).toEqual(all);
    const applied = done.filter(({ outcome }) => outcome.outcome === 'applied');
    expect(new Set(applied.map(({ step }) => step.kind))).toEqual(new Set(['offsets', 'topic']));
    const left = await differences(source, point, equal);
    expect(new Set(left.map((each) => each.split(/[ /]/)[1]))).toEqual(
      new Set(['acls', 'configs', 'quotas', 'users']),
    );
  });
});

it('brokers that let no topic be deleted are not tried', async () => {
  await using kafka = await startKafka({ properties: { 'delete.topic.enable': 'false' } });
  const [source, client] = await Promise.all([openSource(kafka), openClient(kafka)]);
  try {
    expect(await recordsCheck(source)).toMatchObject({
      result: 'unknown',
      finding: { en: expect.stringContaining('TOPIC_DELETION_DISABLED') },
    });
    expect(await client.describeTopics()).toEqual([]);
  } finally {
    await Promise.all([source.close(), client.close()]);
  }
});

function rules(resourceType: string, resourceName: string, ...operations: readonly string[]): AclBinding[] {
  return operations.map((operation) => ({
    resourceType,
    patternType: 'LITERAL',
    resourceName,
    principal: `User:${kafkaAccounts.backup.username}`,
    host: '*',
    operation,
    permission: 'ALLOW',
  }));
}

/** Something of every kind but users differs from before. */
async function breakSomeOfEach(client: KafkaClient): Promise<void> {
  const topics = (await client.describeTopics()).filter(({ internal }) => !internal);
  const values = { 'segment.bytes': '1048577' };
  await accepted(
    client.incrementalAlterConfigs(
      topics.slice(0, 5).map(({ name }) => ({ resource: { type: 'topic', name }, values })),
    ),
  );
  await setForAll(client, { 'log.cleaner.threads': '2' });
  const [acl] = (await client.describeAcls()).filter(({ principal }) => !principal.endsWith('backup'));
  if (acl !== undefined) await accepted(client.deleteAcls([acl]));
  await accepted(client.alterQuotas([{ entity: { user: 'new' }, values: { producer_byte_rate: 1024 } }]));
  const groups = await client.listGroups();
  const ids = groups.slice(0, 3).map(({ id }) => id);
  await accepted(client.deleteGroups(ids));
}
