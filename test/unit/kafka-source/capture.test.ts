import { describe, expect, it } from 'vitest';
import { type KafkaClient, KafkaError } from '../../../main/protocols/kafka/index.ts';
import { capture } from '../../../main/sources/kafka/capture.ts';
import { check } from '../../../main/sources/kafka/checks.ts';
import { kafkaSelection } from '../../../main/sources/kafka/selection.ts';
import { MemoryCapture } from '../../support/point-memory.ts';
import { accessTo, captured, quietCluster, topicOf } from './quiet-cluster.ts';

async function untold(): Promise<never> {
  throw new KafkaError('REQUEST_TIMED_OUT');
}

describe('the position', () => {
  it('tells where the metadata log stood', async () => {
    const { position } = await captured(accessTo(quietCluster()));
    expect(position).toMatchObject({ clusterId: 'quiet', metadata: { epoch: 1, from: '7', to: '7' } });
  });

  it('does without it when the controller does not tell, and all else is captured', async () => {
    const describeTopics = async () => [topicOf('t', [[1]])];
    const point = await captured(accessTo(quietCluster({ describeQuorum: untold, describeTopics })));
    expect(point.position.metadata).toBeUndefined();
    expect(point.missing).toEqual([]);
    expect(point.content.map(({ key }) => key.join('/'))).toContain('topics/t');
  });
});

describe('progress', () => {
  const groups = ['a', 'b'].map((id) => ({ id, type: 'classic', protocolType: '', state: 'Empty' }));
  const offsets = [0, 1, 2].map((partition) => ({ topic: 't', partition, offset: 1n, metadata: null }));
  const described = {
    listGroups: async () => groups,
    fetchOffsets: async (asked: readonly { readonly id: string }[]) => {
      return asked.map(({ id }) => ({ group: id, offsets }));
    },
    describeTopics: async () => ['t', 'u', 'v'].map((name) => topicOf(name, [[1]])),
  };

  it('is told in objects, with their total as soon as they are listed', async () => {
    const told = await progressOf(quietCluster(described));
    expect(told.at(-1)).toEqual([7, 7]);
    expect(told.every(([done, total]) => total === undefined || done <= total)).toBe(true);
    expect(told.find(([, total]) => total !== undefined)?.[0]).toBeLessThan(7);
  });

  it('does without the total where groups cannot be listed', async () => {
    const listGroups = async () => {
      throw new KafkaError('CLUSTER_AUTHORIZATION_FAILED');
    };
    expect((await progressOf(quietCluster({ ...described, listGroups }))).at(-1)).toEqual([5, undefined]);
  });
});

/** What a capture of brokers, groups and topics told on its way. */
async function progressOf(
  client: KafkaClient,
): Promise<(readonly [done: number, total: number | undefined])[]> {
  const told: [number, number | undefined][] = [];
  const output = new (class extends MemoryCapture {
    override progress(done: number, total?: number): void {
      told.push([done, total]);
    }
  })();
  const selection = kafkaSelection.parse({ kinds: ['brokers', 'groups', 'topics'] });
  await capture({ access: accessTo(client), selection, output });
  return told;
}

describe('names that were selected and are not listed', () => {
  it('are absent, unless the account may not describe them: then they are missing', async () => {
    const code = { topics: 'TOPIC_AUTHORIZATION_FAILED', groups: 'GROUP_AUTHORIZATION_FAILED' } as const;
    const client = quietCluster({
      refused: async (of, names) =>
        new Map(
          names.filter((name) => name.startsWith('hidden')).map((name) => [name, new KafkaError(code[of])]),
        ),
    });
    const names = ['hidden', 'misspelt'];
    const point = await captured(accessTo(client), { topics: names, groups: names });
    expect(point.absent.map(({ params }) => params.name)).toEqual(['topics/misspelt', 'groups/misspelt']);
    expect(point.missing.map(({ kind, code, params }) => [kind, code, params.name])).toEqual([
      ['topic', 'denied', 'hidden'],
      ['group', 'denied', 'hidden'],
    ]);
  });

  it('are not called absent when they are there and cannot be read, nor when nothing can be listed', async () => {
    const client = quietCluster({
      describeTopics: async () => [topicOf('t', [[1]])],
      describeConfigs: async (resources) => resources.map(() => new KafkaError('TOPIC_AUTHORIZATION_FAILED')),
      listGroups: async () => {
        throw new KafkaError('CLUSTER_AUTHORIZATION_FAILED');
      },
    });
    const point = await captured(accessTo(client), {
      topics: ['t'],
      groups: ['g'],
      kinds: ['groups', 'topics'],
    });
    expect(point.absent).toEqual([]);
    expect(point.missing.map(({ kind, code }) => [kind, code])).toEqual([
      ['group', 'denied'],
      ['topic', 'denied'],
    ]);
  });
});

it('a check that the cluster does not answer is of unknown result, and the others follow', async () => {
  const silent: Partial<KafkaClient> = {
    release: untold,
    seesEverything: untold,
    describeAcls: untold,
    describeQuotas: untold,
    describeScram: untold,
    describeConfigs: untold,
  };
  const found = await Array.fromAsync(check({ access: accessTo(quietCluster(silent)) }));
  expect(found.map(({ check: name, result }) => [name, result])).toEqual([
    ['kafka.reachable', 'passed'],
    ['kafka.version', 'unknown'],
    ['kafka.visible', 'unknown'],
    ...['acls', 'configs', 'quotas', 'users'].map((branch) => [`kafka.read-${branch}`, 'unknown']),
  ]);
});
