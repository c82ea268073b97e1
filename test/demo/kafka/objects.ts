import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../shared/model/entry.ts';
import type { JavaGroup, KafkaState } from '../../foreign/kafka.ts';
import type { Lost } from './lost.ts';

/** An object of a Kafka in the shape in which an archive has it. */
export interface KafkaObject {
  readonly kind: string;
  readonly key: readonly string[];
  readonly content: JsonObject;
}

/** One object that two sides do not agree on. */
export interface ObjectDifference {
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: string;
  readonly key: readonly string[];
}

/** Everything that Java's AdminClient told, as an archive has to have it. */
export function objectsOf(state: KafkaState): KafkaObject[] {
  const { broker, clientMetrics, group } = state.configs;
  return [
    ...(state.acls ?? []).map((acl) => ({ kind: 'acl', key: ['acls', ...acl], content: {} })),
    ...state.brokers.map(({ id, rack }) => ({
      kind: 'broker',
      key: ['brokers', `${id}`],
      content: { rack },
    })),
    ...configObjects('broker', broker),
    ...configObjects('client-metrics', clientMetrics),
    ...configObjects('group', group),
    ...Object.entries(state.features).map(([name, level]) => ({
      kind: 'feature',
      key: ['features', name],
      content: { level },
    })),
    ...state.groups.flatMap(groupObjects),
    ...state.quotas.map(quotaObject),
    ...state.topics.map(({ name, id, replicas, configs }) => ({
      kind: 'topic',
      key: ['topics', name],
      content: {
        id,
        partitions: replicas.length,
        replicas: replicas.map((brokers) => [...brokers]),
        configs: { ...configs },
      },
    })),
    ...state.users.map(([name, mechanism, iterations]) => ({
      kind: 'user',
      key: ['users', name, mechanism],
      content: { iterations },
    })),
  ];
}

function configObjects(type: string, all: KafkaState['configs']['broker']): KafkaObject[] {
  return Object.entries(all).map(([name, values]) => ({
    kind: 'config',
    key: ['configs', type, name],
    content: { values: { ...values } },
  }));
}

function groupObjects({ id, type, protocolType, offsets }: JavaGroup): KafkaObject[] {
  const rows = Object.entries(offsets);
  const own = { type: type?.toLowerCase() ?? 'classic', protocolType };
  return [
    { kind: 'group', key: ['groups', id], content: own },
    ...rows.map(([topic, partitions]) => ({
      kind: 'offsets',
      key: ['groups', id, topic],
      content: { partitions: partitions.map((row) => [...row]) },
    })),
  ];
}

function quotaObject({ entity, values }: KafkaState['quotas'][number]): KafkaObject {
  const { user, ip, 'client-id': clientId } = entity;
  const members = [
    ['user', 'user', user],
    ['client-id', 'clientId', clientId],
    ['ip', 'ip', ip],
  ] as const;
  const named = members.flatMap(([type, member, name]) =>
    name === undefined ? [] : [{ type, member, name }],
  );
  const text = named.map(
    ({ type, name }) => `${type}=${name === null ? '<default>' : encodeURIComponent(name)}`,
  );
  return {
    kind: 'quota',
    key: ['quotas', text.join(',')],
    content: {
      entity: Object.fromEntries(named.map(({ member, name }) => [member, name])),
      values: { ...values },
    },
  };
}

/**
 * The objects as far as they outlive a restore: topics without their ids, groups by their offsets alone, and what was
 * lost as it is expected to come back.
 */
export function lasting(objects: readonly KafkaObject[], lost: Lost): KafkaObject[] {
  return objects.flatMap((object): KafkaObject[] => {
    const { kind, key, content } = object;
    switch (kind) {
      case 'group':
        return [];
      case 'user':
        return lost.users.has(key[1] ?? '') ? [] : [object];
      case 'topic': {
        const { id: _, ...rest } = content;
        return [{ ...object, content: rest }];
      }
      case 'offsets':
        return lost.emptiedTopics.has(key[2] ?? '')
          ? [{ ...object, content: atTheStart(content) }]
          : [object];
      default:
        return [object];
    }
  });
}

/** Offsets in a log without records, which keep their metadata. */
function atTheStart({ partitions }: JsonObject): JsonObject {
  const rows: readonly Json[] = Array.isArray(partitions) ? partitions : [];
  return {
    partitions: rows.map((row) => {
      const [partition = null, , metadata = null] = Array.isArray(row) ? row : [];
      return [partition, 0, metadata];
    }),
  };
}

/** What differs, in the order of keys. */
export function compareObjects(
  before: readonly KafkaObject[],
  after: readonly KafkaObject[],
): ObjectDifference[] {
  const [left, right] = [byKey(before), byKey(after)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((text): ObjectDifference[] => {
    const [one, other] = [left.get(text), right.get(text)];
    if (one === undefined) return other === undefined ? [] : [difference('added', other)];
    if (other === undefined) return [difference('removed', one)];
    const same = one.kind === other.kind && isDeepStrictEqual(one.content, other.content);
    return same ? [] : [difference('changed', one)];
  });
}

function byKey(objects: readonly KafkaObject[]): Map<string, KafkaObject> {
  return new Map(objects.map((object) => [JSON.stringify(object.key), object]));
}

function difference(change: ObjectDifference['change'], { kind, key }: KafkaObject): ObjectDifference {
  return { change, kind, key };
}

export function differenceText({ change, key }: Pick<ObjectDifference, 'change' | 'key'>): string {
  return `${change} /${key.join('/')}`;
}
