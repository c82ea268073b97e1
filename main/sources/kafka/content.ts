import { z } from 'zod';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { compareUtf8 } from '../../../shared/order/key.ts';
import type { AclBinding } from '../../protocols/kafka/index.ts';
import { aclOfKey } from './keys.ts';

/*
 * Kafka's objects as entries: the content of every kind, members in the order given here. Keys: see keys.ts.
 *
 * acl       {}; the key says everything
 * broker    {rack}; observed {host, port}. For the record: brokers are not restored
 * config    {values, sensitive?}; what was set dynamically. Values the cluster hides are null and named
 * feature   {level}; observed {min, max}, what the brokers support
 * group     {type, protocolType}; observed {state}
 * offsets   {partitions: [[partition, offset, metadata]]} by partition; observed {log: [[partition, start, end]]}
 * quota     {entity, values}; a name null is the default
 * topic     {id, partitions, replicas, configs}; observed {internal}. The id tells a topic made anew from the old one
 * user      {iterations} and, read from ZooKeeper, {salt, storedKey, serverKey} in base64
 */

export const ACL = 'acl';
export const BROKER = 'broker';
export const CONFIG = 'config';
export const FEATURE = 'feature';
export const GROUP = 'group';
export const OFFSETS = 'offsets';
export const QUOTA = 'quota';
export const TOPIC = 'topic';
export const USER = 'user';

const int = z.int();
/** Offsets beyond 2^53 - 1 are decimal strings: JSON's numbers end there. */
const offset = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(BigInt);
const configValues = z.record(z.string(), z.string().nullable());

const aclContentSchema = z.object({});
const brokerContentSchema = z.object({ rack: z.string().nullable() });
const configContentSchema = z.object({ values: configValues, sensitive: z.array(z.string()).default([]) });
const featureContentSchema = z.object({ level: int });
const groupContentSchema = z.object({ type: z.string(), protocolType: z.string() });
const offsetsContentSchema = z.object({
  partitions: z.array(z.tuple([int, offset, z.string().nullable()])),
});
const quotaContentSchema = z.object({
  entity: z.object({
    user: z.string().nullable().optional(),
    clientId: z.string().nullable().optional(),
    ip: z.string().nullable().optional(),
  }),
  values: z.record(z.string(), z.number()),
});
const topicContentSchema = z.object({
  id: z.string().nullable(),
  partitions: z.int().min(1),
  replicas: z.array(z.array(int)),
  configs: configValues,
});
const base64 = z.base64();
const userContentSchema = z.object({
  iterations: int,
  salt: base64.optional(),
  storedKey: base64.optional(),
  serverKey: base64.optional(),
});

export type BrokerContent = z.infer<typeof brokerContentSchema>;
export type ConfigContent = z.infer<typeof configContentSchema>;
export type FeatureContent = z.infer<typeof featureContentSchema>;
export type GroupContent = z.infer<typeof groupContentSchema>;
/** Offsets as bigint. */
export type OffsetsContent = z.infer<typeof offsetsContentSchema>;
export type QuotaContent = z.infer<typeof quotaContentSchema>;
export type TopicContent = z.infer<typeof topicContentSchema>;
export type UserContent = z.infer<typeof userContentSchema>;

type Archived = Pick<Entry, 'key' | 'content' | 'observed'>;

/*
 * Readers of what an archive supplies. All throw HoldfastError `general.invalid-input` for a content that no Kafka
 * source wrote.
 */

export function aclOf(entry: Archived): AclBinding {
  checked(aclContentSchema, entry, entry.content);
  const acl = aclOfKey(entry.key);
  if (acl === undefined) throw malformed(entry, detail('no-acl'));
  return acl;
}

export function brokerContent(entry: Archived): BrokerContent {
  return checked(brokerContentSchema, entry, entry.content);
}

export function configContent(entry: Archived): ConfigContent {
  return checked(configContentSchema, entry, entry.content);
}

export function featureContent(entry: Archived): FeatureContent {
  return checked(featureContentSchema, entry, entry.content);
}

export function groupContent(entry: Archived): GroupContent {
  return checked(groupContentSchema, entry, entry.content);
}

export function offsetsContent(entry: Archived): OffsetsContent {
  return checked(offsetsContentSchema, entry, entry.content);
}

export function quotaContent(entry: Archived): QuotaContent {
  return checked(quotaContentSchema, entry, entry.content);
}

export function topicContent(entry: Archived): TopicContent {
  const content = checked(topicContentSchema, entry, entry.content);
  if (content.replicas.length !== content.partitions) throw malformed(entry, detail('replicas-misfit'));
  return content;
}

export function userContent(entry: Archived): UserContent {
  return checked(userContentSchema, entry, entry.content);
}

/** An offset as JSON has it. */
export function offsetJson(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** A record with its members in UTF-8 order: fingerprints depend on it. */
export function sortedRecord<T>(members: Iterable<readonly [string, T]>): { readonly [name: string]: T } {
  return Object.fromEntries([...members].sort(([a], [b]) => compareUtf8(a, b)));
}

function checked<T>(schema: z.ZodType<T>, entry: Archived, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw malformed(entry, issue === undefined ? 'unknown' : `${issue.path.join('.')}: ${issue.message}`);
}

function malformed({ key }: Archived, problem: string | Text): HoldfastError {
  return new HoldfastError('general.invalid-input', {
    what: detail('entry', { key: key.join(' / ') }),
    problem,
  });
}
