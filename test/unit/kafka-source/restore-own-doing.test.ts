import { describe, expect, it } from 'vitest';
import {
  type ClusterDescription,
  type ConfigDescription,
  type KafkaClient,
  KafkaError,
  type TopicDescription,
} from '../../../main/protocols/kafka/index.ts';
import type { KafkaAccess } from '../../../main/sources/kafka/access.ts';
import { topicEntry } from '../../../main/sources/kafka/entries.ts';
import { kafkaOptions } from '../../../main/sources/kafka/options.ts';
import { apply } from '../../../main/sources/kafka/restore/apply.ts';
import { plan } from '../../../main/sources/kafka/restore/plan.ts';
import { kafkaSelection } from '../../../main/sources/kafka/selection.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import { MemoryPoint } from '../../support/point-memory.ts';

const cluster: ClusterDescription = {
  clusterId: 'c',
  controllerId: 1,
  brokers: [{ id: 1, host: 'h', port: 1, rack: null }],
};
const request = { select: ['topics'], mode: 'equal' } as const;

function topic(name: string, partitions: number): TopicDescription {
  const partition = { leader: 1, replicas: [1] };
  return { name, id: null, internal: false, partitions: Array.from({ length: partitions }, () => partition) };
}

function configs(name: string): ConfigDescription {
  return { resource: { type: 'topic', name }, values: [] };
}

/** A cluster by what a story says of it; anything else that is asked of it fails the test. */
function storied(story: Partial<KafkaClient>): KafkaAccess {
  const told: Partial<KafkaClient> = {
    describeCluster: async () => cluster,
    describeFeatures: async () => ({ epoch: -1n, finalized: [], supported: [] }),
    describeConfigs: async (resources) => resources.map(({ name }) => configs(name)),
    release: async () => '4.3',
    topicConfigNames: async () => undefined,
    listConfigResources: async () => [],
    ...story,
  };
  const client = new Proxy(told, {
    get: (known, name) => {
      if (name in known) return Reflect.get(known, name);
      throw new Error(`${String(name)} is no part of the story`);
    },
  });
  const options = kafkaOptions.parse({ bootstrapServers: 'h:1', patience: 5 });
  return {
    client: client as KafkaClient,
    verifiers: undefined,
    options,
    now: () => new Date(0),
    random: () => 0,
  };
}

function pointOf(...entries: readonly Entry[]): MemoryPoint {
  const summary = { position: { clusterId: 'c' }, missing: [], absent: [] };
  return new MemoryPoint(entries, new Map(), kafkaSelection.parse({}), summary, []);
}

async function outcomes(access: KafkaAccess, view: MemoryPoint): Promise<string[]> {
  const steps: RestoreStep[] = [];
  const output = { step: (step: RestoreStep) => void steps.push(step), note: () => {}, progress: () => {} };
  await plan({ access, view, request, output });
  const done: string[] = [];
  await apply(
    {
      access,
      view,
      request,
      output: { done: (step, { outcome }) => void done.push(`${step.action} ${step.key[1]} ${outcome}`) },
    },
    (async function* () {
      yield steps;
    })(),
  );
  return done;
}

describe('a topic whose creation was sent and not answered', () => {
  /** The creation has been done; a broker that was asked right after does not know yet. */
  function lagging(made: TopicDescription) {
    let tries = 0;
    let looks = 0;
    return storied({
      describeTopics: async () => {
        if (tries === 0) return [];
        return looks++ === 0 ? [] : [made];
      },
      createTopics: async (_, { validateOnly = false } = {}) => {
        if (validateOnly) return [undefined];
        const first = tries++ === 0;
        return [new KafkaError(first ? 'TimedOut' : 'TOPIC_ALREADY_EXISTS', { outcomeUnknown: first })];
      },
    });
  }

  const point = pointOf(topicEntry(topic('t', 2), configs('t')));

  it('is not taken for somebody else’s when a second try finds it there', async () => {
    expect(await outcomes(lagging(topic('t', 2)), point)).toEqual(['create t applied']);
  });

  it('is somebody else’s when it is not as it was to be', async () => {
    expect(await outcomes(lagging(topic('t', 3)), point)).toEqual(['create t conflict']);
  });

  it('that exists at the first try is somebody else’s', async () => {
    const access = storied({
      describeTopics: async () => [],
      createTopics: async (_, { validateOnly = false } = {}) => [
        validateOnly ? undefined : new KafkaError('TOPIC_ALREADY_EXISTS'),
      ],
    });
    expect(await outcomes(access, point)).toEqual(['create t conflict']);
  });
});
