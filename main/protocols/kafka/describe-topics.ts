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
  const partitions = readPartitions(reader, lists);
  reader.int32();
  reader.skipTags();
  return { errorCode, name, id: id === NO_ID ? null : id, internal, partitions };
}

/** By number; brokers list them in any order. */
function readPartitions(reader: ByteReader, lists: BrokerLists): PartitionDescription[] {
  const numbers: number[] = [];
  const partitions = reader.array(() => {
    reader.int16();
    numbers.push(reader.int32());
    const leader = reader.int32();
    reader.int32();
    const replicas = lists.read(reader);
    reader.skipInt32s();
    reader.skipInt32s();
    reader.skipTags();
    return { leader, replicas };
  });
  if (numbers.every((number, place) => number === place)) return partitions;
  const places = numbers.map((number, place) => ({ number, place })).sort((a, b) => a.number - b.number);
  return places.flatMap(({ place }) => partitions[place] ?? []);
}

/** Lists of broker ids, each kept once: of a hundred thousand partitions most share theirs with others. */
class BrokerLists {
  readonly #byHash = new Map<number, readonly number[]>();
  readonly #ids: number[] = [];

  read(reader: ByteReader): readonly number[] {
    const ids = this.#ids;
    ids.length = reader.length();
    let hash = ids.length;
    for (let i = 0; i < ids.length; i++) {
      const id = reader.int32();
      ids[i] = id;
      hash = (hash * 31 + id) | 0;
    }
    const known = this.#byHash.get(hash);
    if (known?.length === ids.length && known.every((id, i) => id === ids[i])) return known;
    const list = [...ids];
    this.#byHash.set(hash, list);
    return list;
  }
}
