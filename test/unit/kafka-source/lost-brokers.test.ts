import { expect, it } from 'vitest';
import { KafkaError } from '../../../main/protocols/kafka/index.ts';
import { Unseen } from '../../../main/sources/kafka/restore/unseen.ts';
import { accessTo, broker, captured, inTurn, quietCluster, topicOf } from './quiet-cluster.ts';

const COORDINATION = '__consumer_offsets';
const group = (id: string) => ({ id, type: 'classic', protocolType: 'consumer', state: 'Empty' });

it('a broker that holds replicas and is down is named, and no restore removes configs for want of its own', async () => {
  const client = quietCluster({ describeTopics: async () => [topicOf('t', [[1, 3]])] });
  const point = await captured(accessTo(client), { kinds: ['brokers', 'configs'] });
  expect(point.missing.map(({ kind, code, params }) => [kind, code, params.name])).toEqual([
    ['broker', 'unreadable', 'broker 3'],
    ['config', 'unreadable', 'broker 3'],
  ]);
  expect(new Unseen(point).covers({ kind: 'config', key: ['configs', 'broker', '3'] })).toBe(true);
});

it('a broker that one of the two passes found is not missing', async () => {
  const all = (...ids: number[]) => ({ clusterId: 'quiet', controllerId: 1, brokers: ids.map(broker) });
  const client = quietCluster({
    describeCluster: inTurn(
      () => all(1),
      () => all(1, 2),
    ),
    describeTopics: async () => [topicOf('t', [[1, 2]])],
  });
  const point = await captured(accessTo(client), { kinds: ['brokers', 'configs'] });
  expect(point.missing).toEqual([]);
  expect(point.content.map(({ key }) => key.join('/'))).toContain('brokers/2');
});

it('groups whose coordinators are gone are said to be missing, and none is taken for deleted', async () => {
  let passes = 0;
  const client = quietCluster({
    listGroups: async () => (passes++ === 0 ? [group('a'), group('b')] : [group('a')]),
    describeTopics: async () => [topicOf(COORDINATION, [[1], [], [2], []])],
  });
  const point = await captured(accessTo(client), { kinds: ['groups'] });
  expect(point.missing).toMatchObject([{ kind: 'group', code: 'unlisted', params: { partitions: '1, 3' } }]);
  expect(point.content.map(({ key }) => key.join('/'))).toEqual(['groups/a', 'groups/b']);
  const unseen = new Unseen(point);
  expect(unseen.covers({ kind: 'group', key: ['groups', 'c'] })).toBe(true);
  expect(unseen.covers({ kind: 'offsets', key: ['groups', 'c', 't'] })).toBe(true);
});

it('an account that may not see the coordinators’ topic captures the groups that it is told', async () => {
  const client = quietCluster({
    listGroups: async () => [group('a')],
    describeTopics: async (names) => {
      if (names === undefined) return [];
      throw new KafkaError('TOPIC_AUTHORIZATION_FAILED');
    },
  });
  const point = await captured(accessTo(client), { kinds: ['groups'] });
  expect(point.missing).toEqual([]);
  expect(point.content).toHaveLength(1);
});
