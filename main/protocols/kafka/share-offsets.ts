import type { Broker } from './broker.ts';
import type { KafkaError } from './errors.ts';
import { protocolError } from './failure.ts';
import {
  alterShareGroupOffsetsRequest,
  deleteShareGroupOffsetsRequest,
  type ShareGroupChange,
  shareGroupStartsRequest,
} from './share-groups.ts';
import { byTopic } from './topic-partitions.ts';
import type { CommittedOffset, GroupListing, GroupOffsets, Outcome, TopicPartition } from './types.ts';

/*
 * A share group commits no offsets; what comes nearest is the start of each partition: the first record that it may
 * still deliver. What it has acknowledged beyond the start is the group's own affair and cannot be read or written.
 */

/** Starts of the groups' partitions, of those that have one. */
export async function fetchShareOffsets(
  broker: Broker,
  groups: readonly Pick<GroupListing, 'id'>[],
  signal: AbortSignal | undefined,
): Promise<(GroupOffsets | KafkaError)[]> {
  const ids = groups.map(({ id }) => id);
  const reply = await broker.send(shareGroupStartsRequest, [ids], { signal, objects: ids.length });
  const byId = new Map(reply.map((group) => [group.groupId, group]));
  return ids.map((id) => {
    const found = byId.get(id);
    const subject = `fetchOffsets ${id}`;
    const failed = [found?.errorCode ?? -1, ...(found?.starts ?? []).map(({ errorCode }) => errorCode)];
    const error = protocolError(failed.find((code) => code !== 0) ?? 0, { subject });
    if (error !== undefined) return error;
    const set = (found?.starts ?? []).filter(({ start }) => start >= 0n);
    const offsets = set.map(({ topic, partition, start }) => ({
      topic,
      partition,
      offset: start,
      metadata: null,
    }));
    return { group: id, offsets };
  });
}

/** Sets the starts; metadata has no place. */
export async function commitShareOffsets(
  broker: Broker,
  group: string,
  offsets: readonly CommittedOffset[],
  signal: AbortSignal | undefined,
): Promise<Outcome[]> {
  const topics = byTopic(offsets).map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition, offset }) => ({ partition, start: offset })),
  }));
  const options = { signal, objects: offsets.length, write: true };
  const reply = await broker.send(alterShareGroupOffsetsRequest, [group, topics], options);
  return outcomes(reply, offsets, `commitOffsets ${group}`);
}

/** Forgets the starts of the topics named, all their partitions: the protocol knows no less. */
export async function deleteShareOffsets(
  broker: Broker,
  group: string,
  partitions: readonly TopicPartition[],
  signal: AbortSignal | undefined,
): Promise<Outcome[]> {
  const topics = byTopic(partitions).map(({ topic }) => topic);
  const options = { signal, objects: partitions.length, write: true };
  const reply = await broker.send(deleteShareGroupOffsetsRequest, [group, topics], options);
  return outcomes(reply, partitions, `deleteOffsets ${group}`);
}

function outcomes(reply: ShareGroupChange, asked: readonly TopicPartition[], subject: string): Outcome[] {
  const refused = protocolError(reply.errorCode, { subject, message: reply.errorMessage ?? undefined });
  if (refused !== undefined) return asked.map(() => refused);
  const topics = new Map(reply.topics.map(({ topic, errors }) => [topic, errors]));
  return asked.map(({ topic, partition }) => {
    const errors = topics.get(topic);
    const code = errors?.get(partition) ?? errors?.get(-1) ?? -1;
    return protocolError(code, { subject: `${subject} ${topic}-${partition}` });
  });
}
