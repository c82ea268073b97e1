import { createAPI, type Reader, Writer } from '@platformatic/kafka';
import { ByteReader } from './byte-reader.ts';
import { request } from './request.ts';

/*
 * Share groups (KIP-932, Kafka 4.1 and later), which the library does not know: who is in them, and from where their
 * partitions are delivered. Layouts as in Kafka's own message schemas.
 */

export interface DescribedShareGroup {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly groupId: string;
  readonly groupState: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly clientId: string;
    readonly clientHost: string;
  }[];
}

/** One partition's start; -1 where none is set yet. */
export interface ShareGroupStart {
  readonly topic: string;
  readonly partition: number;
  readonly start: bigint;
  readonly errorCode: number;
}

export interface ShareGroupStarts {
  readonly groupId: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly starts: readonly ShareGroupStart[];
}

export interface PartitionsOfTopic {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly start: bigint }[];
}

/** What became of a request on a share group's offsets; `topics` of one that was accepted as a whole. */
export interface ShareGroupChange {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly topics: readonly {
    readonly topic: string;
    /** By partition; by -1 where the whole topic has one. */
    readonly errors: ReadonlyMap<number, number>;
  }[];
}

/** ShareGroupDescribe, version 1. */
export const shareGroupDescribeRequest = request(
  'shareGroupDescribe',
  createAPI<[ids: string[]], readonly DescribedShareGroup[]>(
    77,
    1,
    (ids: string[]) =>
      Writer.create()
        .appendArray(ids, (writer, id) => writer.appendString(id), true, false)
        .appendBoolean(false)
        .appendTaggedFields(),
    (_correlationId, _key, _version, reply) => readGroups(ByteReader.of(reply)),
  ),
);

function readGroups(reader: ByteReader): DescribedShareGroup[] {
  reader.int32();
  return reader.array(() => {
    const errorCode = reader.int16();
    const errorMessage = reader.nullableString();
    const groupId = reader.string();
    const groupState = reader.string();
    reader.int32();
    reader.int32();
    reader.skipString();
    const members = reader.array(() => readMember(reader));
    reader.int32();
    reader.skipTags();
    return { errorCode, errorMessage, groupId, groupState, members };
  });
}

function readMember(reader: ByteReader): DescribedShareGroup['members'][number] {
  const memberId = reader.string();
  reader.skipString();
  reader.int32();
  const clientId = reader.string();
  const clientHost = reader.string();
  reader.each(() => reader.skipString());
  skipAssignment(reader);
  reader.skipTags();
  return { memberId, clientId, clientHost };
}

function skipAssignment(reader: ByteReader): void {
  reader.each(() => {
    reader.uuid();
    reader.skipString();
    reader.each(() => {
      reader.int32();
    });
    reader.skipTags();
  });
  reader.skipTags();
}

/** DescribeShareGroupOffsets, version 0: of all topics of each group. */
export const shareGroupStartsRequest = request(
  'describeShareGroupOffsets',
  createAPI<[ids: string[]], readonly ShareGroupStarts[]>(
    90,
    0,
    (ids: string[]) =>
      Writer.create()
        .appendArray(ids, (writer, id) => {
          writer.appendString(id).appendArray(null, () => {});
        })
        .appendTaggedFields(),
    (_correlationId, _key, _version, reply) => readStarts(ByteReader.of(reply)),
  ),
);

function readStarts(reader: ByteReader): ShareGroupStarts[] {
  reader.int32();
  return reader.array(() => {
    const groupId = reader.string();
    const starts = reader.array(() => readTopicStarts(reader)).flat();
    const errorCode = reader.int16();
    const errorMessage = reader.nullableString();
    reader.skipTags();
    return { groupId, errorCode, errorMessage, starts };
  });
}

function readTopicStarts(reader: ByteReader): ShareGroupStart[] {
  const topic = reader.string();
  reader.uuid();
  const starts = reader.array(() => {
    const partition = reader.int32();
    const start = reader.int64();
    reader.int32();
    const errorCode = reader.int16();
    reader.skipString();
    reader.skipTags();
    return { topic, partition, start, errorCode };
  });
  reader.skipTags();
  return starts;
}

/** AlterShareGroupOffsets, version 0: only of a group without members. */
export const alterShareGroupOffsetsRequest = request(
  'alterShareGroupOffsets',
  createAPI<[id: string, topics: readonly PartitionsOfTopic[]], ShareGroupChange>(
    91,
    0,
    encodeStarts,
    (_correlationId, _key, _version, reply) => readAltered(ByteReader.of(reply)),
  ),
);

function encodeStarts(id: string, topics: readonly PartitionsOfTopic[]): Writer {
  return Writer.create()
    .appendString(id)
    .appendArray([...topics], (writer, { topic, partitions }) => {
      writer.appendString(topic).appendArray([...partitions], (each, { partition, start }) => {
        each.appendInt32(partition).appendInt64(start);
      });
    })
    .appendTaggedFields();
}

function readAltered(reader: ByteReader): ShareGroupChange {
  reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString();
  const topics = reader.array(() => {
    const topic = reader.string();
    reader.uuid();
    const errors = new Map(
      reader.array(() => {
        const partition = reader.int32();
        const code = reader.int16();
        reader.skipString();
        reader.skipTags();
        return [partition, code] as const;
      }),
    );
    reader.skipTags();
    return { topic, errors };
  });
  return { errorCode, errorMessage, topics };
}

/** DeleteShareGroupOffsets, version 0: of whole topics. */
export const deleteShareGroupOffsetsRequest = request(
  'deleteShareGroupOffsets',
  createAPI<[id: string, topics: readonly string[]], ShareGroupChange>(
    92,
    0,
    (id: string, topics: readonly string[]) =>
      Writer.create()
        .appendString(id)
        .appendArray([...topics], (writer, topic) => writer.appendString(topic))
        .appendTaggedFields(),
    (_correlationId, _key, _version, reply: Reader) => readDeleted(ByteReader.of(reply)),
  ),
);

function readDeleted(reader: ByteReader): ShareGroupChange {
  reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString();
  const topics = reader.array(() => {
    const topic = reader.string();
    reader.uuid();
    const code = reader.int16();
    reader.skipString();
    reader.skipTags();
    return { topic, errors: new Map([[-1, code]]) };
  });
  return { errorCode, errorMessage, topics };
}
