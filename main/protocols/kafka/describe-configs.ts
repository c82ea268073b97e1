import { createAPI, type Reader, Writer } from '@platformatic/kafka';
import { ByteReader } from './byte-reader.ts';
import { request } from './request.ts';

/** One resource to describe, by Kafka's number of its type. */
export interface AskedResource {
  readonly type: number;
  readonly name: string;
}

/** A config with its source by Kafka's number. */
export interface ConfigEntry {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly source: number;
  readonly sensitive: boolean;
}

export interface DescribedResource {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly type: number;
  readonly name: string;
  readonly entries: readonly ConfigEntry[];
}

/** `ConfigSource.DEFAULT_CONFIG`: the value compiled into the broker. */
const DEFAULT_SOURCE = 5;
/** `ConfigSource.STATIC_BROKER_CONFIG`: from the broker's properties file. */
const STATIC_SOURCE = 4;

/**
 * DescribeConfigs, version 4. The broker sends every config there is, some 35 a topic; only what was set dynamically is
 * decoded, the rest is passed over: most of a capture's time would go into strings that nobody wants.
 */
export const describeConfigsRequest = request(
  'describeConfigs',
  createAPI<[resources: readonly AskedResource[]], readonly DescribedResource[]>(32, 4, encode, decode),
);

function encode(resources: readonly AskedResource[]): Writer {
  return Writer.create()
    .appendArray([...resources], (writer, { type, name }) => {
      writer
        .appendInt8(type)
        .appendString(name)
        .appendArray(null, () => {});
    })
    .appendBoolean(false)
    .appendBoolean(false)
    .appendTaggedFields();
}

function decode(_correlationId: number, _key: number, _version: number, reply: Reader): DescribedResource[] {
  const reader = ByteReader.of(reply);
  reader.int32();
  return reader.array(() => {
    const errorCode = reader.int16();
    const errorMessage = reader.nullableString();
    const type = reader.int8();
    const name = reader.string();
    const entries = setEntries(reader);
    reader.skipTags();
    return { errorCode, errorMessage, type, name, entries };
  });
}

function setEntries(reader: ByteReader): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  reader.each(() => {
    const name = reader.mark();
    reader.skipString();
    const value = reader.mark();
    reader.skipString();
    const readOnly = reader.bool();
    const source = reader.int8();
    const sensitive = reader.bool();
    skipRest(reader);
    if (source === DEFAULT_SOURCE || source === STATIC_SOURCE) return;
    const written = { name: reader.stringAt(name) ?? '', value: reader.stringAt(value) };
    entries.push({ ...written, readOnly, source, sensitive });
  });
  return entries;
}

/** Synonyms, type, documentation. */
function skipRest(reader: ByteReader): void {
  for (let synonyms = reader.length(); synonyms > 0; synonyms--) {
    reader.skipString();
    reader.skipString();
    reader.int8();
    reader.skipTags();
  }
  reader.int8();
  reader.skipString();
  reader.skipTags();
}
