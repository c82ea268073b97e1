import { z } from 'zod';
import { accessRule } from './access.ts';
import { jsonObject } from './json.ts';
import { signerKey } from './signer.ts';
import { text } from './text.ts';

/** An entry as people and programs are shown it. */
export const shownEntry = z.object({
  kind: z.string(),
  key: z.array(z.string()),
  content: jsonObject,
  observed: jsonObject,
  /** Its access control list, where it has one. */
  access: z.array(accessRule).optional(),
  /** Bytes of its raw value, which `explore.value` reads; null: it has none. */
  valueSize: z.int().nullable(),
});
export type ShownEntry = z.infer<typeof shownEntry>;

export const shownChild = z.object({
  name: z.string(),
  /** Absent where it has no entry of its own, and where telling would take many reads of a large archive. */
  kind: z.string().optional(),
  hasChildren: z.boolean().optional(),
  bytes: z.int().optional(),
});
export type ShownChild = z.infer<typeof shownChild>;

/** One place in a cluster, a point or a file: its entry and a page of its children. */
export const place = z.object({
  entry: shownEntry.optional(),
  children: z.array(shownChild),
  /** Give it as `after` for the next page. */
  next: z.string().optional(),
  /** Children in all: known of a live cluster, where a page is all there is, and where `offset` was asked for. */
  total: z.int().optional(),
});
export type Place = z.infer<typeof place>;

export const shownDifference = z.object({
  change: z.enum(['added', 'removed', 'changed']),
  service: z.string(),
  kind: z.string(),
  key: z.array(z.string()),
  members: z.array(z.string()),
});
export type ShownDifference = z.infer<typeof shownDifference>;

/** Differences by the kind of change. */
export const changeCounts = z.object({ added: z.int(), removed: z.int(), changed: z.int() });

/** A range of an entry's raw value; what has no raw value of its own is its content as JSON. */
export const valueRange = z.object({
  /** False: the entry has no value, which is not the same as an empty one. */
  present: z.boolean(),
  /** Bytes of the whole value. */
  size: z.int(),
  offset: z.int(),
  base64: z.string(),
});
export type ValueRange = z.infer<typeof valueRange>;

/** Damage that a verification found: what was hit, and what is wrong with it. */
export const damage = z.object({
  /** Of the error table, or `archive.more-damage`: that there is more than is listed. */
  code: z.string(),
  where: text,
  problem: text,
});
export type Damage = z.infer<typeof damage>;

export const verification = z.object({
  archive: z.string(),
  service: z.string(),
  level: z.enum(['file', 'content']),
  sound: z.boolean(),
  /** Who signed it; absent: nobody. */
  signer: signerKey.optional(),
  damage: z.array(damage),
  bytes: z.int(),
  entries: z.int(),
});
export type Verification = z.infer<typeof verification>;
