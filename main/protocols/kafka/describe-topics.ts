import { createAPI, type Reader, Writer } from '@platformatic/kafka';
import { ByteReader } from './byte-reader.ts';
import { request } from './request.ts';
import type { PartitionDescription } from './types.ts';

/** A topic as a metadata reply lists it. */
export interface ListedTopic {
  readonly errorCode: number;
  readonly name: string;
  /** As Kafka's tools write it; null where the cluster gives topics none. */
  readonly id: string | null;
  readonly internal: boolean;
  /** By number. */
  readonly partitions: readonly PartitionDescription[];
}

/** Of the metadata request. */
const API_KEY = 3;
/** The first version in which topics have ids. */
const WITH_IDS = 10;
/** The last version that may ask for what the account may do with the cluster. */
const WITH_OPERATIONS = 10;
/** An id of zeros. */
const NO_ID = Buffer.alloc(16).toString('base64url');

/**
 * Metadata of topics, versions 9 to 11; null asks for all of them. The library's own decoding has a part of its own in
 * what a capture of thousands of topics takes: it keeps what nobody wants of each partition.
 */
export const describeTopicsRequest = request('metadata', codec(11), codec(10), codec(9));

function codec(version: number) {
  return createAPI<[names: readonly string[] | null], readonly ListedTopic[]>(
    API_KEY,
    version,
    (names) => encode(names, version),
    (_correlationId, _key, _version, reply) => decode(reply, version),
  );
}

function encode(names: readonly string[] | null, version: number): Writer {
  const writer = Writer.create().appendArray(names === null ? null : [...names], (topic, name) => {
    if (version >= WITH_IDS) topic.appendUUID(null);
    topic.appendString(name);
  });
  // Topics are not made by asking for them; what the account may do with them is not asked for.
  writer.appendBoolean(false);
  if (version <= WITH_OPERATIONS) writer.appendBoolean(false);
  return writer.appendBoolean(false).appendTaggedFields();
}

function decode(reply: Reader, version: number): ListedTopic[] {
  const reader = ByteReader.of(reply);
  reader.int32();
  reader.each(() => skipBroker(reader));
  reader.skipString();
  reader.int32();
  const lists = new BrokerLists();
  return reader.array(() => topic(reader, version, lists));
}

function skipBroker(reader: ByteReader): void {
  reader.int32();
  reader.skipString();
  reader.int32();
  reader.skipString();
  reader.skipTags();
}

function topic(reader: ByteReader, version: number, lists: BrokerLists): ListedTopic {
  const errorCode = reader.int16();
  const name = reader.string();
  const id = version >= WITH_IDS ? reader.id() : NO_ID;
  const internal = reader.bool();
  const partitions = inOrder(reader.array(() => partition(reader, lists)));
  reader.int32();
  reader.skipTags();
  return { errorCode, name, id: id === NO_ID ? null : id, internal, partitions };
}

/** Lists of broker ids, each kept once: of a hundred thousand partitions most share theirs with others. */
class BrokerLists {
  readonly #byHash = new Map<number, readonly number[]>();

  /** The list that has these ids and was here before, if there is one. */
  oneOf(ids: readonly number[]): readonly number[] {
    const hash = ids.reduce((sum, id) => (sum * 31 + id) | 0, ids.length);
    const known = this.#byHash.get(hash);
    if (known?.length === ids.length && known.every((id, i) => id === ids[i])) return known;
    this.#byHash.set(hash, ids);
    return ids;
  }
}

interface NumberedPartition {
  readonly number: number;
  readonly description: PartitionDescription;
}

function partition(reader: ByteReader, lists: BrokerLists): NumberedPartition {
  reader.int16();
  const number = reader.int32();
  const leader = reader.int32();
  reader.int32();
  const replicas = lists.oneOf(reader.array(() => reader.int32()));
  reader.skipInt32s();
  reader.skipInt32s();
  reader.skipTags();
  return { number, description: { leader, replicas } };
}

function inOrder(partitions: NumberedPartition[]): PartitionDescription[] {
  return partitions.sort((a, b) => a.number - b.number).map(({ description }) => description);
}
