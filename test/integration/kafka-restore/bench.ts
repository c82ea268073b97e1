import { connect, type KafkaClient } from '../../../main/protocols/kafka/index.ts';
import type { PointView, RestoreRequest, SourceConnection } from '../../../main/sources/contract.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import {
  describeKafka,
  type JavaTopic,
  type KafkaState,
  type KafkaTarget,
  wipeKafka,
} from '../../foreign/kafka.ts';
import { describeWithKafkajs, type SeenKafka } from '../../foreign/kafkajs.ts';
import { until } from '../../servers/condition.ts';
import { captureToMemory, type MemoryPoint } from '../../support/point-memory.ts';
import { compareInMemory, type Done, describeDone, restoreFromMemory } from '../../support/restore-memory.ts';
import { selecting } from '../kafka-source/connections.ts';

export { openSource, selecting } from '../kafka-source/connections.ts';

export const equal: RestoreRequest = { select: [], mode: 'equal' };
export const merge: RestoreRequest = { select: [], mode: 'merge' };

/** The request for these patterns alone. */
export function only(mode: RestoreRequest['mode'], ...select: string[]): RestoreRequest {
  return { select, mode };
}

/** A client of its own, for changes made beside the source: by whoever else works on the cluster. */
export async function openClient({ bootstrap }: KafkaTarget): Promise<KafkaClient> {
  const servers = bootstrap.plain.split(',').map((server) => {
    const [host = '', port = ''] = server.split(':');
    return { host, port: Number(port) };
  });
  return connect({ bootstrap: servers });
}

/** Throws the first failure of a write's outcomes. */
export async function accepted(outcomes: Promise<readonly (Error | undefined)[]>): Promise<void> {
  const failure = (await outcomes).find((outcome) => outcome !== undefined);
  if (failure !== undefined) throw failure;
}

/** Wipes the cluster; resolves when every broker has seen it. */
export async function wipe(target: KafkaTarget): Promise<void> {
  await wipeKafka(target);
  await settle(target);
}

const MARKER = 'marker-of-the-tests';

/**
 * Resolves when every broker has seen all that was done before: in KRaft mode they learn of changes in their order, so
 * of a topic that is made and deleted last.
 */
export async function settle(target: KafkaTarget): Promise<void> {
  const client = await openClient(target);
  const ids = (await client.describeCluster()).brokers.map(({ id }) => id);
  const shownBy = (count: number) =>
    until(`${MARKER} to be shown ${count} times`, async () => {
      const shown = await Promise.all(ids.map((broker) => client.describeTopics([MARKER], { broker })));
      return shown.every(({ length }) => length === count) || undefined;
    });
  await accepted(client.createTopics([{ name: MARKER, replicas: [ids.slice(0, 1)], configs: {} }]));
  await shownBy(1);
  await accepted(client.deleteTopics([MARKER]));
  await shownBy(0);
  await client.close();
}

/** Captures everything, or what the selection says. */
export function captureAll(
  source: SourceConnection,
  selection: Parameters<typeof selecting>[0] = {},
): Promise<MemoryPoint> {
  return captureToMemory(source, selecting(selection));
}

/** Plans and applies; every step that did not go through, and the plan's notes. */
export async function restored(
  source: SourceConnection,
  view: PointView,
  request: RestoreRequest,
): Promise<{
  readonly done: readonly Done[];
  readonly stuck: readonly string[];
  readonly notes: readonly FidelityNote[];
}> {
  const { done, notes } = await restoreFromMemory(source, view, request);
  const stuck = done.filter(({ outcome }) => outcome.outcome !== 'applied').map(describeDone);
  return { done, stuck, notes };
}

/** `create topics/orders`, for reading assertions. */
export function stepNames(steps: readonly RestoreStep[]): string[] {
  return steps.map(({ action, key }) => `${action} ${key.join('/')}`);
}

/** `records-lost orders`, sorted. */
export function noteNames(notes: readonly FidelityNote[]): string[] {
  return notes.map(({ code, params }) => `${code} ${String(params.name ?? params.total ?? '')}`).sort();
}

/** `changed topics/orders configs`, for reading assertions. */
export async function differences(
  source: SourceConnection,
  view: PointView,
  request: RestoreRequest,
): Promise<string[]> {
  const found = await compareInMemory(source, view, request);
  return found.map(({ change, key, members }) => `${change} ${key.join('/')} ${members.join()}`.trim());
}

type RestorableTopic = Pick<JavaTopic, 'name' | 'replicas' | 'configs'>;

/** What foreign clients tell of a cluster and a restore promises to bring back: no ids, no logs, no internal topics. */
export interface Described {
  readonly java: Omit<KafkaState, 'topics' | 'clusterId' | 'brokers'> & {
    readonly topics: readonly RestorableTopic[];
  };
  readonly kafkajs: Pick<SeenKafka, 'groups' | 'acls'> & { readonly topics: readonly RestorableTopic[] };
}

/** The cluster as Java's AdminClient and kafkajs tell it, as far as a restore promises to bring it back. */
export async function described(target: KafkaTarget): Promise<Described> {
  const [state, seen] = await Promise.all([describeKafka(target), describeWithKafkajs(target)]);
  const { clusterId: _id, brokers: _brokers, ...java } = state;
  return {
    java: { ...java, topics: restorableTopics(state.topics) },
    kafkajs: { topics: restorableTopics(seen.topics), groups: seen.groups, acls: seen.acls },
  };
}

function restorableTopics(topics: readonly Omit<JavaTopic, 'id'>[]): RestorableTopic[] {
  return topics
    .filter(({ internal }) => !internal)
    .map(({ name, replicas, configs }) => ({ name, replicas, configs }));
}

/** As it has to be after a restore into empty logs: every offset is clamped to 0. */
export function withEmptyLogs({ java, kafkajs }: Described): Described {
  return {
    java: { ...java, groups: java.groups.map(atStart) },
    kafkajs: { ...kafkajs, groups: kafkajs.groups.map(atStart) },
  };
}

type Offsets = KafkaState['groups'][number]['offsets'];

function atStart<Group extends { readonly offsets: Offsets }>(group: Group): Group {
  const offsets = Object.entries(group.offsets).map(([topic, rows]) => {
    return [topic, rows.map(([partition, , metadata]) => [partition, 0, metadata] as const)] as const;
  });
  return { ...group, offsets: Object.fromEntries(offsets) };
}
