import type { Key } from '../../../shared/order/key.ts';
import type { AclBinding, ConfigResource, QuotaEntity, ScramMechanism } from '../../protocols/kafka/index.ts';

/*
 * Where Kafka's objects stand among the keys. The first component groups the kinds; names are taken as they are.
 *
 *   acls     resource type, pattern type, resource name, principal, host, operation, permission: Kafka's own words
 *   brokers  id
 *   configs  broker, client-metrics or group; name, or <default> for all brokers
 *   features name
 *   groups   group id; below it each topic it has offsets for
 *   quotas   user=…,client-id=…,ip=… in this order, names percent-encoded, <default> for the default
 *   topics   name
 *   users    name, mechanism
 */

/** First components of the keys, in key order. */
export const BRANCHES = [
  'acls',
  'brokers',
  'configs',
  'features',
  'groups',
  'quotas',
  'topics',
  'users',
] as const;
export type Branch = (typeof BRANCHES)[number];

/** Stands for the entity that has no name: all brokers, all users without a quota of their own. */
export const DEFAULT = '<default>';

export function aclKey(acl: AclBinding): Key {
  const { resourceType, patternType, resourceName, principal, host, operation, permission } = acl;
  return ['acls', resourceType, patternType, resourceName, principal, host, operation, permission];
}

/** The binding that a key of `acls` stands for; undefined for any other key. */
export function aclOfKey(key: Key): AclBinding | undefined {
  if (key.length !== 8 || key[0] !== 'acls') return undefined;
  const [, resourceType = '', patternType = '', resourceName = '', principal = '', host = ''] = key;
  const [operation = '', permission = ''] = key.slice(6);
  return { resourceType, patternType, resourceName, principal, host, operation, permission };
}

export function brokerKey(id: number): Key {
  return ['brokers', String(id)];
}

/** Key of a broker's, a client metrics subscription's or a group's configs; topics carry theirs themselves. */
export function configKey({ type, name }: ConfigResource): Key {
  return ['configs', type, type === 'broker' && name === '' ? DEFAULT : name];
}

/** The resource that a key of `configs` stands for; undefined for any other key. */
export function configOfKey(key: Key): ConfigResource | undefined {
  const [branch, type, name] = key;
  if (branch !== 'configs' || name === undefined || key.length !== 3) return undefined;
  if (type === 'broker') return { type, name: name === DEFAULT ? '' : name };
  return type === 'client-metrics' || type === 'group' ? { type, name } : undefined;
}

export function featureKey(name: string): Key {
  return ['features', name];
}

export function groupKey(id: string): Key {
  return ['groups', id];
}

export function offsetsKey(group: string, topic: string): Key {
  return ['groups', group, topic];
}

export function quotaKey(entity: QuotaEntity): Key {
  return ['quotas', quotaText(entity)];
}

export function topicKey(name: string): Key {
  return ['topics', name];
}

export function userKey(name: string, mechanism: ScramMechanism): Key {
  return ['users', name, mechanism];
}

/** One text per entity: members in a fixed order, names percent-encoded so that none can pass for another. */
function quotaText({ user, clientId, ip }: QuotaEntity): string {
  const members: readonly (readonly [string, string | null | undefined])[] = [
    ['user', user],
    ['client-id', clientId],
    ['ip', ip],
  ];
  return members
    .flatMap(([type, name]) => (name === undefined ? [] : [`${type}=${quotaName(name)}`]))
    .join(',');
}

function quotaName(name: string | null): string {
  return name === null ? DEFAULT : encodeURIComponent(name);
}

/** A key as a member of a map. */
export function keyText(key: Key): string {
  return JSON.stringify(key);
}
