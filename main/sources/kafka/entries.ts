import type { Entry, JsonObject } from '../../../shared/model/entry.ts';
import { compareUtf8 } from '../../../shared/order/key.ts';
import type {
  AclBinding,
  BrokerDescription,
  CommittedOffset,
  ConfigDescription,
  ConfigResourceType,
  ConfigSource,
  FeaturesDescription,
  GroupListing,
  QuotaDescription,
  ScramCredential,
  TopicDescription,
} from '../../protocols/kafka/index.ts';
import {
  ACL,
  BROKER,
  CONFIG,
  FEATURE,
  GROUP,
  OFFSETS,
  offsetJson,
  QUOTA,
  sortedRecord,
  TOPIC,
  USER,
} from './content.ts';
import {
  aclKey,
  brokerKey,
  configKey,
  featureKey,
  groupKey,
  offsetsKey,
  quotaKey,
  topicKey,
  userKey,
} from './keys.ts';
import type { Verifier } from './scram-verifiers.ts';

/*
 * Live objects as entries; their contents are described in content.ts.
 */

/** Where a log began and ended. */
export type LogBounds = readonly [start: bigint, end: bigint];

export function aclEntry(acl: AclBinding): Entry {
  return { kind: ACL, key: aclKey(acl), content: {}, observed: {} };
}

export function brokerEntry({ id, rack, host, port }: BrokerDescription): Entry {
  return { kind: BROKER, key: brokerKey(id), content: { rack }, observed: { host, port } };
}

/** Undefined where nothing was set. */
export function configEntry(description: ConfigDescription): Entry | undefined {
  const { resource } = description;
  const values = setValues(description);
  if (values.length === 0) return undefined;
  const sensitive = values.filter((value) => value.sensitive).map(({ name }) => name);
  const content = {
    values: recordOf(values),
    ...(sensitive.length === 0 ? {} : { sensitive: sensitive.sort(compareUtf8) }),
  };
  return { kind: CONFIG, key: configKey(resource), content, observed: {} };
}

export function featureEntry(
  { name, level }: FeaturesDescription['finalized'][number],
  supported: FeaturesDescription['supported'],
): Entry {
  const range = supported.find((each) => each.name === name);
  const observed = range === undefined ? {} : { min: range.min, max: range.max };
  return { kind: FEATURE, key: featureKey(name), content: { level }, observed };
}

export function groupEntry({ id, type, protocolType, state }: GroupListing): Entry {
  return { kind: GROUP, key: groupKey(id), content: { type, protocolType }, observed: { state } };
}

/** A group's offsets in one topic. */
export function offsetsEntry(
  group: string,
  topic: string,
  offsets: readonly CommittedOffset[],
  bounds: (partition: number) => LogBounds | undefined,
): Entry {
  const sorted = offsets.toSorted((a, b) => a.partition - b.partition);
  const partitions = sorted.map(({ partition, offset, metadata }) => [
    partition,
    offsetJson(offset),
    metadata,
  ]);
  const log = sorted.flatMap(({ partition }) => {
    const known = bounds(partition);
    return known === undefined ? [] : [[partition, offsetJson(known[0]), offsetJson(known[1])]];
  });
  return { kind: OFFSETS, key: offsetsKey(group, topic), content: { partitions }, observed: { log } };
}

export function quotaEntry({ entity, values }: QuotaDescription): Entry {
  const { user, clientId, ip } = entity;
  const named: JsonObject = {
    ...(user === undefined ? {} : { user }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(ip === undefined ? {} : { ip }),
  };
  const content = { entity: named, values: sortedRecord(Object.entries(values)) };
  return { kind: QUOTA, key: quotaKey(entity), content, observed: {} };
}

export function topicEntry(topic: TopicDescription, description: ConfigDescription): Entry {
  const { name, id, internal, partitions } = topic;
  const content = {
    id,
    partitions: partitions.length,
    replicas: partitions.map(({ replicas }) => replicas),
    configs: recordOf(setValues(description)),
  };
  return { kind: TOPIC, key: topicKey(name), content, observed: { internal } };
}

export function userEntry({ user, mechanism, iterations }: ScramCredential, verifier?: Verifier): Entry {
  const content: JsonObject =
    verifier === undefined
      ? { iterations }
      : {
          iterations: verifier.iterations,
          salt: verifier.salt,
          storedKey: verifier.storedKey,
          serverKey: verifier.serverKey,
        };
  return { kind: USER, key: userKey(user, mechanism), content, observed: {} };
}

/** What was set on the resource itself, not inherited: a topic also shows its brokers' settings. */
function setValues({ resource, values }: ConfigDescription): ConfigDescription['values'] {
  const own = ownSource(resource.type, resource.name);
  return values.filter(({ source }) => source === own);
}

function ownSource(type: ConfigResourceType, name: string): ConfigSource {
  return type === 'broker' && name === '' ? 'default-broker' : type;
}

function recordOf(values: ConfigDescription['values']): { readonly [name: string]: string | null } {
  return sortedRecord(values.map(({ name, value }) => [name, value] as const));
}
