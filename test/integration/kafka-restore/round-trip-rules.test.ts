import { expect, test } from 'vitest';
import type { AclBinding } from '../../../main/protocols/kafka/index.ts';
import { describeKafka } from '../../foreign/kafka.ts';
import { kafkaAccounts, startKafka } from '../../servers/kafka.ts';
import {
  accepted,
  captureAll,
  differences,
  equal,
  noteNames,
  openClient,
  openSource,
  restored,
  settle,
} from './bench.ts';

const { username: user, password } = kafkaAccounts.backup;
const restorer = `User:${user}`;

function rule(
  resourceType: string,
  resourceName: string,
  operation: string,
  differing: Partial<AclBinding> = {},
): AclBinding {
  return {
    resourceType,
    patternType: 'LITERAL',
    resourceName,
    principal: restorer,
    host: '*',
    operation,
    permission: 'ALLOW',
    ...differing,
  };
}

function cells(acl: AclBinding): string[] {
  const { resourceType, patternType, resourceName, principal, host, operation, permission } = acl;
  return [resourceType, patternType, resourceName, principal, host, operation, permission];
}

const deny = { permission: 'DENY' } as const;
const forApp = { principal: 'User:app', patternType: 'PREFIXED' } as const;
const cluster = 'kafka-cluster';

/** What lets the account restore. */
const grants = [
  rule('CLUSTER', cluster, 'ALL'),
  rule('TOPIC', '*', 'ALL'),
  rule('GROUP', '*', 'ALL'),
  rule('TRANSACTIONAL_ID', '*', 'ALL'),
];
/** Comes back, whatever it forbids the account. */
const restorable = [
  rule('TOPIC', 'orders', 'READ', forApp),
  rule('TOPIC', 'orders', 'WRITE', { ...forApp, ...deny }),
  rule('TOPIC', 'orders', 'WRITE', { ...forApp, patternType: 'LITERAL' }),
  rule('TOPIC', '*', 'READ', { ...deny, principal: 'User:*', host: '10.0.0.1' }),
  rule('TOPIC', 'orders-1', 'DELETE', deny),
  rule('CLUSTER', cluster, 'CREATE', deny),
  rule('GROUP', 'g'.repeat(249), 'READ', { principal: 'User:app' }),
];
/** Would end the account's power over rules. */
const fatal = rule('CLUSTER', cluster, 'ALTER', deny);
/** Not in the point: one grants what is needed until the end, one forbids what is needed from the beginning. */
const extra = [
  rule('TOPIC', 'orders', 'ALL', { patternType: 'PREFIXED' }),
  rule('TOPIC', 'orders-1', 'DESCRIBE', deny),
];
const extraGrant = rule('CLUSTER', cluster, 'DESCRIBE');

test('an account that is bound by rules restores them without locking itself out', async () => {
  await using kafka = await startKafka({ authorizer: true, sasl: true });
  const admin = await openClient(kafka);
  await accepted(admin.createAcls([...grants, ...restorable, fatal]));
  await accepted(
    admin.createTopics([
      { name: 'orders-1', replicas: [[1]], configs: { 'retention.ms': '5000' } },
      { name: 'orders-2', replicas: [[1], [1]], configs: {} },
    ]),
  );
  await settle(kafka);
  const all = await openSource(kafka);
  const point = await captureAll(all, { kinds: ['acls', 'topics', 'groups'] });

  await accepted(admin.deleteTopics(['orders-1', 'orders-2']));
  await accepted(admin.deleteAcls([...grants.slice(1), ...restorable, fatal]));
  await accepted(
    admin.createAcls([
      rule('TOPIC', '*', 'DESCRIBE'),
      rule('TOPIC', '*', 'DESCRIBE_CONFIGS'),
      extraGrant,
      ...extra,
    ]),
  );
  await settle(kafka);

  const source = await openSource(
    { bootstrap: { plain: kafka.bootstrap.sasl ?? '' } },
    { auth: 'plain', user, password },
  );
  const { stuck, notes } = await restored(source, point, equal);
  expect(stuck).toEqual([]);
  expect(noteNames(notes)).toEqual([
    `own-denial-left-out ${cells(fatal).join('/')}`,
    `own-grant-stays ${cells(extraGrant).join('/')}`,
  ]);
  const { acls, topics } = await describeKafka(kafka);
  const expected = [...grants, ...restorable, extraGrant].map(cells);
  expect(acls?.map((each) => each.join(' ')).sort()).toEqual(expected.map((each) => each.join(' ')).sort());
  expect(topics.filter(({ internal }) => !internal).map(({ name }) => name)).toEqual([
    'orders-1',
    'orders-2',
  ]);
  expect(await differences(source, point, equal)).toEqual([
    `removed acls/${cells(fatal).join('/')}`,
    `added acls/${cells(extraGrant).join('/')}`,
  ]);
  await Promise.all([source.close(), all.close(), admin.close()]);
});
