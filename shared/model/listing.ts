import { z } from 'zod';
import { jsonObject } from './json.ts';
import { signerKey } from './signer.ts';

/** An entry as people and programs are shown it. */
export const shownEntry = z.object({
  kind: z.string(),
  key: z.array(z.string()),
  content: jsonObject,
  observed: jsonObject,
});
export type ShownEntry = z.infer<typeof shownEntry>;

export const shownChild = z.object({
  name: z.string(),
  kind: z.string().optional(),
  hasChildren: z.boolean().optional(),
  bytes: z.int().optional(),
});

/** One place in a cluster, a point or a file: its entry and a page of its children. */
export const place = z.object({
  entry: shownEntry.optional(),
  children: z.array(shownChild),
  /** Give it as `after` for the next page. */
  next: z.string().optional(),
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

/** Damage that a verification found, named: what was hit. */
export const damage = z.object({ where: z.string(), problem: z.string() });
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
