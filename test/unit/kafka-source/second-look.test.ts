import { describe, expect, it } from 'vitest';
import {
  type AclBinding,
  type ConfigDescription,
  type ConfigResource,
  KafkaError,
} from '../../../main/protocols/kafka/index.ts';
import type { MemoryPoint } from '../../support/point-memory.ts';
import { accessTo, broker, captured, inTurn, quietCluster, topicOf } from './quiet-cluster.ts';

const acl: AclBinding = {
  resourceType: 'TOPIC',
  patternType: 'LITERAL',
  resourceName: 'orders',
  principal: 'User:reader',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
};

function fails(code: ConstructorParameters<typeof KafkaError>[0]): () => never {
  return () => {
    throw new KafkaError(code);
  };
}

function paths({ content }: MemoryPoint): string[] {
  return content.map(({ key }) => key.join('/'));
}

/** Kinds that were not seen again; nothing is missing for that. */
function unconfirmed({ missing, warnings }: MemoryPoint): string[] {
  expect(missing).toEqual([]);
  return warnings.filter(({ code }) => code === 'not-seen-again').map(({ kind }) => kind);
}

function configOf(resource: ConfigResource): ConfigDescription {
  const source = resource.type === 'broker' && resource.name === '' ? 'default-broker' : resource.type;
  return {
    resource,
    values: [{ name: 'log.cleaner.threads', value: '2', source, sensitive: false, readOnly: false }],
  };
}

const ACL_PATH = 'acls/TOPIC/LITERAL/orders/User:reader/*/READ/ALLOW';

describe('what the second look cannot see stays as the first pass saw it', () => {
  it.each(['CLUSTER_AUTHORIZATION_FAILED', 'SECURITY_DISABLED', 'Unsupported', 'REQUEST_TIMED_OUT'])(
    'ACLs, when it ends with %s',
    async (code) => {
      const describeAcls = inTurn<readonly AclBinding[]>(() => [acl], fails(code as 'Unsupported'));
      const point = await captured(accessTo(quietCluster({ describeAcls })), { kinds: ['acls'] });
      expect(paths(point)).toEqual([ACL_PATH]);
      expect(unconfirmed(point)).toEqual(['acl']);
    },
  );

  it('configs, when a broker does not answer', async () => {
    let passes = 0;
    const client = quietCluster({
      describeConfigs: async (resources) => {
        passes++;
        return resources.map((resource) =>
          passes > 1 && resource.name === '1' ? new KafkaError('Unreachable') : configOf(resource),
        );
      },
    });
    const point = await captured(accessTo(client), { kinds: ['configs'] });
    expect(paths(point)).toEqual(['configs/broker/1', 'configs/broker/2', 'configs/broker/<default>']);
    expect(unconfirmed(point)).toEqual(['config']);
  });

  it.each(['CLUSTER_AUTHORIZATION_FAILED', 'Unsupported'] as const)(
    'configs of groups, when listing them ends with %s',
    async (code) => {
      let listed = 0;
      const client = quietCluster({
        describeConfigs: async (resources) => resources.map(configOf),
        listConfigResources: async (type) => {
          if (type !== 'group') return [];
          return listed++ === 0 ? [{ type, name: 'g' }] : fails(code)();
        },
      });
      const point = await captured(accessTo(client), { kinds: ['configs'] });
      expect(paths(point)).toContain('configs/group/g');
    },
  );

  it('what a broker tells that went down', async () => {
    const brokers = (...ids: number[]) => ({
      clusterId: 'quiet',
      controllerId: 1,
      brokers: ids.map(broker),
    });
    const client = quietCluster({
      describeCluster: inTurn(
        () => brokers(1, 2),
        () => brokers(1),
      ),
      describeConfigs: async (resources) => resources.map(configOf),
      describeTopics: async () => [topicOf('t', [[1, 2]])],
    });
    const point = await captured(accessTo(client), { kinds: ['brokers', 'configs'] });
    expect(paths(point)).toEqual([
      'brokers/1',
      'brokers/2',
      'configs/broker/1',
      'configs/broker/2',
      'configs/broker/<default>',
    ]);
    expect(unconfirmed(point)).toEqual([]);
  });

  it('topics and groups that the account may not describe any more', async () => {
    const denied = { topics: 'TOPIC_AUTHORIZATION_FAILED', groups: 'GROUP_AUTHORIZATION_FAILED' } as const;
    let whole = 0;
    const client = quietCluster({
      describeTopics: async (names) => {
        if (names?.includes('t') === true) throw new KafkaError(denied.topics);
        return names === undefined && whole++ === 0 ? [topicOf('t', [[1]])] : [];
      },
      listGroups: inTurn<readonly { id: string; type: string; protocolType: string; state: string }[]>(
        () => [{ id: 'g', type: 'classic', protocolType: 'consumer', state: 'Empty' }],
        () => [],
      ),
      refused: async (of, names) => new Map(names.map((name) => [name, new KafkaError(denied[of])])),
    });
    const point = await captured(accessTo(client), { kinds: ['groups', 'topics'] });
    expect(paths(point)).toEqual(['groups/g', 'topics/t']);
    expect(unconfirmed(point)).toEqual(['group', 'topic']);
  });
});

it('what is gone when the second look is taken is taken out', async () => {
  const client = quietCluster({
    describeAcls: inTurn<readonly AclBinding[]>(
      () => [acl],
      () => [],
    ),
    describeConfigs: inTurn<readonly ConfigDescription[]>(
      () => ['', '1', '2'].map((name) => configOf({ type: 'broker', name })),
      () => ['', '1', '2'].map((name) => ({ resource: { type: 'broker' as const, name }, values: [] })),
    ),
  });
  const point = await captured(accessTo(client), { kinds: ['acls', 'configs'] });
  expect(paths(point)).toEqual([]);
  expect(unconfirmed(point)).toEqual([]);
});
