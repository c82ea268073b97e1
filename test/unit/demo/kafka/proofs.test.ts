import { expect, test } from 'vitest';
import type { ShownDifference } from '../../../../shared/model/listing.ts';
import type { Look } from '../../../demo/kafka/look.ts';
import { type Lost, NOTHING_LOST } from '../../../demo/kafka/lost.ts';
import { objectsOf } from '../../../demo/kafka/objects.ts';
import {
  archiveProof,
  clientProof,
  differencesProof,
  readerProof,
  toolsProof,
  untouchedProof,
} from '../../../demo/kafka/proofs.ts';
import type { KafkaState } from '../../../foreign/kafka.ts';

type Topic = KafkaState['topics'][number];

function topic(name: string, facts: Partial<Topic> = {}): Topic {
  return {
    name,
    id: `id-of-${name}`,
    internal: false,
    replicas: [[1]],
    configs: {},
    log: [[0, 7]],
    ...facts,
  };
}

const STATE: KafkaState = {
  clusterId: 'c',
  brokers: [{ id: 1, host: '127.0.0.1', port: 9092, rack: 'r' }],
  topics: [
    topic('kept', { configs: { 'retention.ms': '1' } }),
    topic('gone'),
    topic('__own', { internal: true }),
  ],
  groups: [
    {
      id: 'team a/readers',
      type: 'Classic',
      protocolType: '',
      state: 'Empty',
      offsets: { kept: [[0, 5, 'note']], gone: [[0, 6, '']] },
    },
  ],
  configs: { broker: { '<default>': { 'log.retention.ms': '9' } }, clientMetrics: {}, group: {} },
  acls: [['TOPIC', 'PREFIXED', 'k', 'User:a', '*', 'READ', 'ALLOW']],
  quotas: [{ entity: { user: null, 'client-id': 'a b' }, values: { producer_byte_rate: 5 } }],
  users: [
    ['a', 'SCRAM-SHA-256', 4096],
    ['mallory', 'SCRAM-SHA-256', 4096],
  ],
  features: { 'metadata.version': 30 },
};

const EMPTIED: Lost = { ...NOTHING_LOST, emptiedTopics: new Set(['gone']) };

/** The state after a restore that had to make a topic anew. */
const RESTORED: KafkaState = {
  ...STATE,
  topics: STATE.topics.map((each) => (each.name === 'gone' ? { ...each, id: 'new', log: [[0, 0]] } : each)),
  groups: STATE.groups.map((group) => ({ ...group, offsets: { ...group.offsets, gone: [[0, 0, '']] } })),
};

const offsetsText = (gone: string) => `
GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG CONSUMER-ID HOST CLIENT-ID
team a/readers kept 0 5 7 2 - - -
team a/readers gone 0 ${gone} - - -
`;

function look(state: KafkaState, gone = '6 7 1', acl = 'User:a'): Look {
  const acls = `Current ACLs for resource \`R\`:\n \t(principal=${acl})\n`;
  return {
    state,
    printed: [
      { tool: 'consumer-groups', text: offsetsText(gone) },
      { tool: 'acls', text: acls },
    ],
  };
}

const compared = (before: Look, after: Look, lost: Lost) => {
  const comparison = { now: 'restored', like: 'filled', before, after, lost } as const;
  return { tools: toolsProof(comparison), client: clientProof(comparison) };
};

test('the archive has to have every object as Java told it, and no other', () => {
  const stored = objectsOf(STATE);
  expect(stored.map(({ key }) => key.join('/'))).toEqual([
    'acls/TOPIC/PREFIXED/k/User:a/*/READ/ALLOW',
    'brokers/1',
    'configs/broker/<default>',
    'features/metadata.version',
    'groups/team a/readers',
    'groups/team a/readers/kept',
    'groups/team a/readers/gone',
    'quotas/user=<default>,client-id=a%20b',
    'topics/kept',
    'topics/gone',
    'topics/__own',
    'users/a/SCRAM-SHA-256',
    'users/mallory/SCRAM-SHA-256',
  ]);
  expect(archiveProof(STATE, stored)).toMatchObject({ equal: true, facts: { objects: 13 } });
  expect(archiveProof(STATE, stored.slice(1)).differences).toEqual([
    'removed /acls/TOPIC/PREFIXED/k/User:a/*/READ/ALLOW',
  ]);
  expect(archiveProof(STATE, objectsOf(RESTORED)).differences).toEqual([
    'changed /groups/team a/readers/gone',
    'changed /topics/gone',
  ]);
});

test('deleted topics come back empty: their ids and the offsets in them are expected to be others, no more', () => {
  const { tools, client } = compared(look(STATE), look(RESTORED, '0 0 0'), EMPTIED);
  expect(tools).toMatchObject({
    equal: true,
    facts: { lines: 3, 'kafka-consumer-groups': 2, 'kafka-acls': 1, emptiedTopics: 1, clampedOffsets: 1 },
  });
  expect(tools.claim.en).toContain('{clampedOffsets} offsets');
  expect(client).toMatchObject({ equal: true, facts: { objects: 12 } });

  const wrong = compared(look(STATE), look(STATE, '6 7 1'), EMPTIED);
  expect(wrong.tools.differences).toEqual([
    'filled: team a/readers gone 0 0 0 0',
    'restored: team a/readers gone 0 6 7 1',
  ]);
  expect(wrong.client.differences).toEqual(['changed /groups/team a/readers/gone']);
  expect(compared(look(STATE), look(RESTORED, '0 0 0'), NOTHING_LOST).tools.equal).toBe(false);
});

test('whatever else differs fails the proofs', () => {
  const { tools } = compared(look(STATE), look(STATE, '6 7 1', 'User:b'), NOTHING_LOST);
  expect(tools.differences).toEqual([
    'filled: Current ACLs for resource `R`: (principal=User:a)',
    'restored: Current ACLs for resource `R`: (principal=User:b)',
  ]);
  const changed = (state: Partial<KafkaState>) =>
    compared(look(STATE), look({ ...STATE, ...state }), NOTHING_LOST).client.differences;
  expect(changed({})).toEqual([]);
  expect(changed({ users: [['a', 'SCRAM-SHA-256', 8192]] })).toEqual([
    'changed /users/a/SCRAM-SHA-256',
    'removed /users/mallory/SCRAM-SHA-256',
  ]);
  expect(changed({ topics: [topic('kept'), ...STATE.topics.slice(1)] })).toEqual(['changed /topics/kept']);
  expect(changed({ quotas: [] })).toEqual(['removed /quotas/user=<default>,client-id=a%20b']);
  const group = STATE.groups.map((each) => ({ ...each, offsets: { ...each.offsets, kept: [[0, 5, '']] } }));
  expect(changed({ groups: group as unknown as KafkaState['groups'] })).toEqual([
    'changed /groups/team a/readers/kept',
  ]);
});

test('tools that say nothing prove nothing', () => {
  const silent: Look = { state: STATE, printed: [{ tool: 'acls', text: '' }] };
  expect(compared(silent, silent, NOTHING_LOST).tools.equal).toBe(false);
});

test('a user whose password nobody has is expected to be missing, and told', () => {
  const lost = { ...NOTHING_LOST, users: new Set(['mallory']) };
  const without = { ...STATE, users: STATE.users.slice(0, 1) };
  const { tools, client } = compared(look(STATE), look(without), lost);
  expect(client.equal).toBe(true);
  expect(tools.claim.en).toContain('{usersLost}');
  expect(compared(look(STATE), look(STATE), lost).client.differences).toEqual([
    'added /users/mallory/SCRAM-SHA-256',
  ]);
});

test('a topic that was not deleted has to be the same one, with its records', () => {
  const proof = (after: KafkaState) => untouchedProof('restored', STATE, after, EMPTIED.emptiedTopics);
  expect(proof(RESTORED)).toMatchObject({ equal: true, facts: { untouched: 1, records: 7 } });
  const kept = (facts: Partial<Topic>) => ({ ...STATE, topics: [topic('kept', facts)] });
  expect(proof(kept({ id: 'other' })).differences).toEqual(['kept']);
  expect(proof(kept({ log: [[3, 7]] })).differences).toEqual(['kept']);
  expect(proof({ ...STATE, topics: [] }).differences).toEqual(['kept']);
});

test('what holdfast shows has to be what Java sees, no more, no less, and something', () => {
  const shown = (change: ShownDifference['change'], ...key: string[]): ShownDifference => ({
    change,
    service: 'Kafka',
    kind: 'any',
    key,
    members: [],
  });
  const broken = {
    ...STATE,
    acls: [],
    users: STATE.users.slice(0, 1),
    topics: [...STATE.topics, topic('new')],
  };
  const all = [
    shown('removed', 'acls', 'TOPIC', 'PREFIXED', 'k', 'User:a', '*', 'READ', 'ALLOW'),
    shown('removed', 'users', 'mallory', 'SCRAM-SHA-256'),
    shown('added', 'topics', 'new'),
  ];
  expect(differencesProof(STATE, broken, all)).toMatchObject({ equal: true, facts: { differences: 3 } });
  expect(differencesProof(STATE, broken, all.slice(0, 2)).differences).toEqual([
    'only Java sees: added /topics/new',
  ]);
  expect(differencesProof(STATE, broken, [...all, shown('changed', 'topics', 'kept')]).differences).toEqual([
    'only holdfast shows: changed /topics/kept',
  ]);
  expect(differencesProof(STATE, STATE, []).equal).toBe(false);
});

test('the reader has to find what it had not read, no more and no less, and something', () => {
  expect(readerProof({}, 5, 5).equal).toBe(true);
  expect(readerProof({}, 5, 6).differences).toEqual(['read 6 records']);
  expect(readerProof({}, 0, 0).equal).toBe(false);
});
