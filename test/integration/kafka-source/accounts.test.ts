import { expect, test } from 'vitest';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { KafkaOptions } from '../../../main/sources/kafka/options.ts';
import { reportError } from '../../../shared/errors/error.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { fillKafka, type KafkaTarget } from '../../foreign/kafka.ts';
import { kafkaTool } from '../../foreign/kafka-tools.ts';
import { type KafkaVersion, kafkaAccounts, startKafka } from '../../servers/kafka.ts';
import { kafkaVersions } from '../../servers/kafka-config.ts';
import { captureToMemory } from '../../support/point-memory.ts';
import { openSource, selecting } from './connections.ts';

const versions = Object.keys(kafkaVersions) as KafkaVersion[];
const { admin, backup } = kafkaAccounts;

/** The code and the whole text of the error with which opening fails. */
async function refusal(target: KafkaTarget, options: Partial<KafkaOptions>): Promise<[string, string]> {
  try {
    const source = await openSource(target, { patience: 2, connectTimeout: 5, ...options });
    await source.close();
  } catch (error) {
    const { code, message, causes } = reportError(error);
    return [code, [message, ...causes].join(' | ')];
  }
  throw new Error('it was let in');
}

async function clusterIdOf(source: SourceConnection): Promise<unknown> {
  const { identity } = await source.probe();
  await source.close();
  return identity.clusterId;
}

test.each(versions)('Kafka %s is reached by TLS, client certificate, PLAIN and SCRAM', async (version) => {
  await using kafka = await startKafka({ version, tls: true, sasl: true, authorizer: true });
  const { ca, cert, key } = kafka.tls ?? { ca: '', cert: '', key: '' };
  const { sasl = '', tls = '', saslTls = '' } = kafka.bootstrap;
  const { username: user, password } = admin;
  const ways: Partial<KafkaOptions>[] = [
    { bootstrapServers: tls, tls: true, ca },
    { bootstrapServers: tls, tls: true, ca, cert, key },
    { bootstrapServers: tls, tls: true, verify: false },
    { bootstrapServers: sasl, auth: 'plain', user, password },
    { bootstrapServers: sasl, auth: 'scram-sha-256', user, password },
    { bootstrapServers: saslTls, tls: true, ca, auth: 'scram-sha-512', user, password },
  ];
  for (const way of ways) {
    expect(await clusterIdOf(await openSource(kafka, way))).toBe(kafka.clusterId);
  }
  const wrong = await refusal(kafka, {
    bootstrapServers: sasl,
    auth: 'plain',
    user,
    password: 'not-the-one',
  });
  expect(wrong[0]).toBe('source.sign-in-failed');
  expect(wrong[1]).toMatch(/Authentication failed/);
  expect(wrong[1]).not.toContain('not-the-one');
  const scram = await refusal(kafka, { bootstrapServers: sasl, auth: 'scram-sha-512', user, password: 'x' });
  expect(scram[0]).toBe('source.sign-in-failed');
  const stranger = await refusal(kafka, { bootstrapServers: tls, tls: true });
  expect(stranger[0]).toBe('source.sign-in-failed');
  expect(stranger[1]).toMatch(/certificate/);
  const bare = await refusal(kafka, { bootstrapServers: tls });
  expect(bare[0]).toMatch(/source\.(sign-in-failed|unreachable)/);
  const unsigned = await refusal(kafka, { bootstrapServers: sasl });
  expect(unsigned[0]).toMatch(/source\.(sign-in-failed|unreachable)/);
  const overPlain = await refusal(kafka, { tls: true, ca });
  expect(overPlain[0]).toMatch(/source\.(sign-in-failed|unreachable)/);
});

test('expired certificates on either side are told as such', async () => {
  await using kafka = await startKafka({ tls: { clientAuth: 'need' } });
  const { ca } = kafka.tls ?? { ca: '' };
  const { certificate = '', key = '' } = kafka.certificates?.expiredClient ?? {};
  const { tls = '' } = kafka.bootstrap;
  const client = await refusal(kafka, { bootstrapServers: tls, tls: true, ca, cert: certificate, key });
  expect(client[0]).toBe('source.sign-in-failed');
  expect(client[1]).toMatch(/expired|alert/i);
  const none = await refusal(kafka, { bootstrapServers: tls, tls: true, ca });
  expect(none[0]).toBe('source.sign-in-failed');

  await using expired = await startKafka({ tls: { expired: true } });
  const server = await refusal(expired, {
    bootstrapServers: expired.bootstrap.tls ?? '',
    tls: true,
    ca: expired.tls?.ca ?? '',
  });
  expect(server).toEqual(['source.sign-in-failed', expect.stringMatching(/expired/)]);
});

test.each(versions)(
  'what an account of Kafka %s may not read is named, the rest is captured',
  async (version) => {
    await using kafka = await startKafka({ version, sasl: true, authorizer: true });
    await fillKafka(kafka, { topics: 10, groups: 5 });
    const grant = (...rule: string[]) =>
      kafkaTool(kafka, 'acls', ['--add', '--allow-principal', `User:${backup.username}`, ...rule]);
    const asBackup: Partial<KafkaOptions> = {
      bootstrapServers: kafka.bootstrap.sasl ?? '',
      auth: 'plain',
      user: backup.username,
      password: backup.password,
    };
    const all = await captureOnce(kafka, {});
    const [topic = ''] = ofKind(all.content, 'topic').map(({ key }) => key[1] ?? '');
    const named: Parameters<typeof selecting>[0] = {
      kinds: ['groups', 'topics'],
      topics: [topic, 'misspelt'],
      groups: ['misspelt'],
    };
    const nothing = await captureOnce(kafka, asBackup, named);
    expect(nothing.missing.map(({ kind, code, params }) => [kind, code, params.name])).toEqual([
      ['topic', 'denied', topic],
      ['topic', 'denied', 'misspelt'],
      ['group', 'denied', 'misspelt'],
    ]);
    expect(nothing.absent).toEqual([]);

    await grant('--operation', 'Describe', '--operation', 'DescribeConfigs', '--topic', '*');
    const topicsOnly = await captureOnce(kafka, asBackup);
    expect(codes(topicsOnly.missing)).toEqual([
      ['acl', 'denied'],
      ['config', 'denied'],
      ['group', 'hidden'],
      ['quota', 'denied'],
      ['user', 'denied'],
    ]);
    expect(ofKind(topicsOnly.content, 'topic')).toEqual(ofKind(all.content, 'topic'));
    expect(ofKind(topicsOnly.content, 'group')).toEqual([]);
    const namedTopics = await captureOnce(kafka, asBackup, named);
    expect(ofKind(namedTopics.content, 'topic').map(({ key }) => key[1])).toEqual([topic]);
    expect(namedTopics.absent.map(({ params }) => params.name)).toEqual(['topics/misspelt']);
    expect(codes(namedTopics.missing)).toEqual([['group', 'denied']]);

    await grant('--operation', 'Describe', '--group', '*');
    await grant('--operation', 'Describe', '--cluster');
    const described = await captureOnce(kafka, asBackup);
    expect(codes(described.missing)).toEqual([
      ['config', 'denied'],
      ['quota', 'denied'],
    ]);
    expect(ofKind(described.content, 'offsets')).toEqual(ofKind(all.content, 'offsets'));
    const checked = await checks(kafka, asBackup);
    expect(checked.filter(({ result }) => result !== 'passed').map(({ check }) => check)).toEqual([
      'kafka.read-configs',
      'kafka.read-quotas',
    ]);

    await grant('--operation', 'DescribeConfigs', '--cluster');
    if (version === '4.3') await grant('--operation', 'DescribeConfigs', '--group', '*');
    const whole = await captureOnce(kafka, asBackup);
    expect(whole.missing).toEqual([]);
    expect(contents(whole.content)).toEqual(contents(all.content));
  },
);

async function captureOnce(
  target: KafkaTarget,
  options: Partial<KafkaOptions>,
  selection: Parameters<typeof selecting>[0] = {},
) {
  const source = await openSource(target, options);
  try {
    return await captureToMemory(source, selecting(selection));
  } finally {
    await source.close();
  }
}

async function checks(target: KafkaTarget, options: Partial<KafkaOptions>): Promise<CheckResult[]> {
  const source = await openSource(target, options);
  try {
    return await Array.fromAsync(source.check('capture'));
  } finally {
    await source.close();
  }
}

/** Kind and code of the notes, each once. */
function codes(notes: readonly { readonly kind: string; readonly code: string }[]): string[][] {
  const pairs = new Set(notes.map(({ kind, code }) => JSON.stringify([kind, code])));
  return [...pairs].sort().map((pair) => JSON.parse(pair) as string[]);
}

/** Without the ACLs, which were added meanwhile, and without what was observed: brokers are seen at another port. */
function contents(entries: readonly Entry[]): object[] {
  return entries.filter(({ kind }) => kind !== 'acl').map(({ key, content }) => ({ key, content }));
}

function ofKind<E extends { readonly kind: string }>(entries: readonly E[], kind: string): E[] {
  return entries.filter((entry) => entry.kind === kind);
}
