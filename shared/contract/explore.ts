import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { changeCounts, place, shownDifference, valueRange, verification } from '../model/listing.ts';
import { manifestSchema } from '../model/manifest.ts';
import { searchEvent, searchPattern } from '../model/search.ts';
import { signerKey } from '../model/signer.ts';
import { opening, target } from '../model/target.ts';
import { page } from './input.ts';

/** What an archive file is, as far as it can be told without a catalog or a cluster. */
export const inspection = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('archive'),
    manifest: manifestSchema,
    parts: z.int(),
    size: z.int(),
    /** Absent: it is not signed. */
    signer: signerKey.optional(),
  }),
  z.object({
    kind: z.literal('foreign'),
    size: z.int(),
    dataSource: z.string().optional(),
    version: z.string().optional(),
    time: z.string().optional(),
    entries: z.array(
      z.object({ path: z.string(), type: z.string(), size: z.int(), warning: z.string().optional() }),
    ),
    truncated: z.boolean(),
  }),
]);
export type Inspection = z.infer<typeof inspection>;

const verifyEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ event: z.literal('verified'), verification }),
]);
export type VerifyEvent = z.infer<typeof verifyEvent>;

/** Bytes of a value that one reply holds. */
const MOST_VALUE_BYTES = 1024 * 1024;

const diffOrder = z.object({
  left: target,
  right: target,
  opening: opening.optional(),
  /** Of the right side, where it opens by something else than the left one. */
  rightOpening: opening.optional(),
  prefix: z.array(z.string()),
  /** Only these kinds of change. */
  changes: z.array(shownDifference.shape.change).min(1).optional(),
  /** Only keys that hold this text, in whatever case. */
  containing: z.string().optional(),
});

const countEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), counts: changeCounts }),
  z.object({ event: z.literal('counted'), counts: changeCounts }),
]);
export type CountEvent = z.infer<typeof countEvent>;

export const explore = {
  /**
   * A page of children after a name, or from an offset. Offsets of an archive are counted once, which takes as long
   * as reading its index below the key; pages after a name are there at once.
   */
  place: oc
    .input(
      z.object({
        target,
        opening: opening.optional(),
        key: z.array(z.string()),
        offset: z.int().min(0).optional(),
        ...page,
      }),
    )
    .output(place),
  /** At most `length` bytes of an entry's raw value. */
  value: oc
    .input(
      z.object({
        target,
        opening: opening.optional(),
        key: z.array(z.string()),
        offset: z.int().min(0).default(0),
        length: z.int().min(1).max(MOST_VALUE_BYTES).default(MOST_VALUE_BYTES),
      }),
    )
    .output(valueRange),
  /** Ends by itself after `limit` matches. */
  search: oc
    .input(
      z.object({
        target,
        opening: opening.optional(),
        prefix: z.array(z.string()),
        pattern: searchPattern,
        limit: z.int().min(1).max(10_000).default(1000),
      }),
    )
    .output(eventIterator(searchEvent)),
  /** In key order; a page of it with `after`, the key of the last one before, and `limit`. */
  diff: oc
    .input(
      diffOrder.extend({
        after: z.array(z.string()).optional(),
        limit: z.int().min(1).max(10_000).optional(),
      }),
    )
    .output(eventIterator(z.array(shownDifference))),
  /** How many differences there are, counted further with every event. */
  countDifferences: oc.input(diffOrder).output(eventIterator(countEvent)),
  inspect: oc.input(z.object({ path: z.string(), opening: opening.optional() })).output(inspection),
  verify: oc
    .input(z.object({ target, level: z.enum(['file', 'content']), opening: opening.optional() }))
    .output(eventIterator(verifyEvent)),
};
