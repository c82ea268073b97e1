import { expect, test } from 'vitest';
import { NOTHING_LOST } from '../../../demo/kafka/lost.ts';
import { statementsOf } from '../../../demo/kafka/statements.ts';

/* The texts are what the tools of Kafka 4.3 print. */

test('a topic is told without its id, its configs in order, each partition by itself', () => {
  const text = [
    'Topic: 00093\tTopicId: BLnTlo8Qs-JE_66iov6Aw1\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: min.insync.replicas=1,cleanup.policy=compact,delete,flush.messages=10000',
    '\tTopic: 00093\tPartition: 0\tLeader: 1\tReplicas: 1\tIsr: 1\tElr: \tLastKnownElr: ',
    '',
  ].join('\n');
  const expected = [
    'Topic: 00093\tPartitionCount: 1\tReplicationFactor: 1 cleanup.policy=compact,delete,flush.messages=10000,min.insync.replicas=1',
    'Topic: 00093\tPartition: 0\tLeader: 1\tReplicas: 1\tIsr: 1\tElr: \tLastKnownElr:',
  ];
  expect(statementsOf('topics', text)).toEqual(expected);
  const anew = text
    .replace('BLnTlo8Qs-JE_66iov6Aw1', 'FOVs9ey8RAeIztcOY8Ms_g')
    .replace(
      'min.insync.replicas=1,cleanup.policy=compact,delete',
      'cleanup.policy=compact,delete,min.insync.replicas=1',
    );
  expect(statementsOf('topics', anew)).toEqual(expected);
  expect(statementsOf('topics', text.replace('Replicas: 1', 'Replicas: 2'))).not.toEqual(expected);
});

const GROUPS = `
GROUP           TOPIC           PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG             CONSUMER-ID     HOST            CLIENT-ID
grüppe-0002     Payments-00016  1          7               9               2               -               -               -

GROUP             TOPIC           PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG             CONSUMER-ID     HOST            CLIENT-ID
team a/group 0005 audit_00007     0          1               2               1               -               -               -
team a/group 0005 Payments-00016  0          1               -               -               -               -               -
`;

test('groups are told by their offsets, also a group with spaces in its name', () => {
  expect(statementsOf('consumer-groups', GROUPS)).toEqual([
    'grüppe-0002 Payments-00016 1 7 9 2',
    'team a/group 0005 audit_00007 0 1 2 1',
    'team a/group 0005 Payments-00016 0 1 - -',
  ]);
});

test('a line of another form is told as it is', () => {
  const active = 'billing orders 0 1 2 1 consumer-1 /127.0.0.1 client';
  expect(statementsOf('consumer-groups', `${GROUPS}${active}`).at(-1)).toBe(active);
});

test('offsets in topics that lost their records are expected at the start of an empty log', () => {
  const lost = { ...NOTHING_LOST, emptiedTopics: new Set(['Payments-00016']) };
  expect(statementsOf('consumer-groups', GROUPS, lost)).toEqual([
    'grüppe-0002 Payments-00016 1 0 0 0',
    'team a/group 0005 audit_00007 0 1 2 1',
    'team a/group 0005 Payments-00016 0 0 0 0',
  ]);
});

test('indented lines are told with what they belong to, and a heading with nothing below it is not told', () => {
  const configs = [
    'Dynamic configs for group group-0000 are:',
    'Dynamic configs for group billing are:',
    '  consumer.session.timeout.ms=50000 sensitive=false synonyms={}',
  ].join('\n');
  expect(statementsOf('configs', configs)).toEqual([
    'Dynamic configs for group billing are: consumer.session.timeout.ms=50000 sensitive=false synonyms={}',
  ]);
  const acls = [
    'Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=a, patternType=LITERAL)`:',
    '\t(principal=User:b, host=*, operation=READ, permissionType=ALLOW)',
    '\t(principal=User:c, host=*, operation=READ, permissionType=DENY)',
    '',
    'Current ACLs for resource `ResourcePattern(resourceType=GROUP, name=a, patternType=LITERAL)`:',
    '\t(principal=User:b, host=*, operation=READ, permissionType=ALLOW)',
  ].join('\n');
  const told = statementsOf('acls', acls);
  expect(told).toHaveLength(3);
  expect(new Set(told).size).toBe(3);
  expect(told[2]).toContain('resourceType=GROUP');
});

test('quotas and credentials are told with their values in order, those of lost users are not', () => {
  const users = [
    "Quota configs for user-principal 'mallory' are producer_byte_rate=1048576.0, consumer_byte_rate=2097152.0",
    "SCRAM credential configs for user-principal 'user 4@büro' are SCRAM-SHA-512=iterations=8196, SCRAM-SHA-256=iterations=4100",
    "SCRAM credential configs for user-principal 'mallory' are SCRAM-SHA-256=iterations=4096",
  ].join('\n');
  const told = [
    "Quota configs for user-principal 'mallory' are consumer_byte_rate=2097152.0, producer_byte_rate=1048576.0",
    "SCRAM credential configs for user-principal 'user 4@büro' are SCRAM-SHA-256=iterations=4100, SCRAM-SHA-512=iterations=8196",
  ];
  expect(statementsOf('configs', users, { ...NOTHING_LOST, users: new Set(['mallory']) })).toEqual(told);
  expect(statementsOf('configs', users)).toHaveLength(3);
});
