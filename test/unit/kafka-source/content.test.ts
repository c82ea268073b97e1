import { describe, expect, it } from 'vitest';
import { KafkaError } from '../../../main/protocols/kafka/errors.ts';
import {
  aclOf,
  configContent,
  offsetsContent,
  topicContent,
  userContent,
} from '../../../main/sources/kafka/content.ts';
import {
  aclEntry,
  configEntry,
  offsetsEntry,
  quotaEntry,
  topicEntry,
  userEntry,
} from '../../../main/sources/kafka/entries.ts';
import { asSourceError } from '../../../main/sources/kafka/faults.ts';
import { configOfKey } from '../../../main/sources/kafka/keys.ts';
import { reportError } from '../../../shared/errors/error.ts';
import type { Entry } from '../../../shared/model/entry.ts';

/** As it comes back from an archive. */
function archived(entry: Entry | undefined): Entry {
  return JSON.parse(JSON.stringify(entry)) as Entry;
}

function config(
  name: string,
  value: string | null,
  source: 'topic' | 'default-broker' | 'broker',
  sensitive = false,
) {
  return { name, value, source, sensitive, readOnly: false };
}

describe('what is written comes back as it was', () => {
  it('offsets, beyond what JSON numbers can hold too', () => {
    const huge = 2n ** 60n + 1n;
    const entry = archived(
      offsetsEntry(
        'g',
        't',
        [
          { topic: 't', partition: 2, offset: huge, metadata: null },
          { topic: 't', partition: 0, offset: 7n, metadata: 'm' },
        ],
        (partition) => (partition === 2 ? [huge - 1n, huge + 5n] : undefined),
      ),
    );
    expect(offsetsContent(entry).partitions).toEqual([
      [0, 7n, 'm'],
      [2, huge, null],
    ]);
    expect(entry.observed.log).toEqual([[2, (huge - 1n).toString(), (huge + 5n).toString()]]);
    expect(entry.content.partitions).toEqual([
      [0, 7, 'm'],
      [2, huge.toString(), null],
    ]);
  });

  it('a topic, without what it inherits from its brokers', () => {
    const topic = {
      name: 't',
      id: 'AAAAAAAAAAAAAAAAAAAAAQ',
      internal: false,
      partitions: [{ leader: 1, replicas: [1, 2] }],
    };
    const entry = archived(
      topicEntry(topic, {
        resource: { type: 'topic', name: 't' },
        values: [
          config('segment.bytes', '1', 'topic'),
          config('min.insync.replicas', '1', 'default-broker'),
          config('cleanup.policy', 'compact', 'topic'),
        ],
      }),
    );
    expect(topicContent(entry)).toEqual({
      id: 'AAAAAAAAAAAAAAAAAAAAAQ',
      partitions: 1,
      replicas: [[1, 2]],
      configs: { 'cleanup.policy': 'compact', 'segment.bytes': '1' },
    });
    expect(Object.keys(entry.content.configs as object)).toEqual(['cleanup.policy', 'segment.bytes']);
  });

  it('an ACL, by its key', () => {
    const acl = {
      resourceType: 'TOPIC',
      patternType: 'PREFIXED',
      resourceName: 'a/b',
      principal: 'User:CN=x,OU=y',
      host: '*',
      operation: 'READ',
      permission: 'DENY',
    };
    expect(aclOf(archived(aclEntry(acl)))).toEqual(acl);
  });

  it('a hidden value as null, and named', () => {
    const entry = archived(
      configEntry({
        resource: { type: 'broker', name: '' },
        values: [
          config('ssl.keystore.password', null, 'default-broker', true),
          config('log.retention.ms', '5', 'default-broker'),
          config('background.threads', '8', 'broker'),
        ],
      }),
    );
    expect(configContent(entry)).toEqual({
      values: { 'log.retention.ms': '5', 'ssl.keystore.password': null },
      sensitive: ['ssl.keystore.password'],
    });
    expect(configOfKey(entry.key)).toEqual({ type: 'broker', name: '' });
  });

  it('a resource on which nothing was set is no entry', () => {
    const inherited = [config('log.retention.ms', '5', 'default-broker')];
    expect(configEntry({ resource: { type: 'broker', name: '1' }, values: inherited })).toBeUndefined();
  });

  it('a user with and without what checks the password', () => {
    const credential = { user: 'u', mechanism: 'SCRAM-SHA-256', iterations: 4096 } as const;
    const verifier = { iterations: 8192, salt: 'c2FsdA==', storedKey: 'a2V5', serverKey: 'a2V5' };
    expect(userContent(archived(userEntry(credential)))).toEqual({ iterations: 4096 });
    expect(userContent(archived(userEntry(credential, verifier)))).toEqual(verifier);
  });
});

describe('keys of quotas', () => {
  const keyOf = (entity: Parameters<typeof quotaEntry>[0]['entity']) =>
    quotaEntry({ entity, values: {} }).key[1];

  it('tell a default from a user who is called so', () => {
    expect(keyOf({ user: null })).toBe('user=<default>');
    expect(keyOf({ user: '<default>' })).toBe('user=%3Cdefault%3E');
    expect(keyOf({ clientId: null, user: 'a,b=c' })).toBe('user=a%2Cb%3Dc,client-id=<default>');
  });
});

describe('what no Kafka source wrote is refused', () => {
  const base = { kind: 'x', key: ['topics', 't'], observed: {} };
  const code = (work: () => unknown) => {
    try {
      work();
      return 'taken';
    } catch (error) {
      return reportError(error).code;
    }
  };

  it.each([
    [
      'replicas that do not fit',
      () => topicContent({ ...base, content: { id: null, partitions: 2, replicas: [[1]], configs: {} } }),
    ],
    ['a fraction of an offset', () => offsetsContent({ ...base, content: { partitions: [[0, 1.5, null]] } })],
    ['words for an offset', () => offsetsContent({ ...base, content: { partitions: [[0, 'many', null]] } })],
    ['no partitions', () => offsetsContent({ ...base, content: {} })],
    ['a key that is no ACL', () => aclOf({ ...base, content: {} })],
    ['a salt that is no base64', () => userContent({ ...base, content: { iterations: 1, salt: '%' } })],
  ])('%s', (_what, work) => {
    expect(code(work)).toBe('general.invalid-input');
  });
});

it.each([
  ['TOPIC_AUTHORIZATION_FAILED', 'source.denied'],
  ['SignInFailed', 'source.sign-in-failed'],
  ['TlsFailed', 'source.sign-in-failed'],
  ['Unreachable', 'source.unreachable'],
  ['TimedOut', 'source.unreachable'],
  ['Unsupported', 'source.unsupported'],
  ['INVALID_CONFIG', 'source.failed'],
] as const)('%s is %s', (code, expected) => {
  expect(reportError(asSourceError(new KafkaError(code))).code).toBe(expected);
});
