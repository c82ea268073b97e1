import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { place, shownDifference, verification } from '../model/listing.ts';
import { manifestSchema } from '../model/manifest.ts';
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

export const explore = {
  place: oc
    .input(z.object({ target, opening: opening.optional(), key: z.array(z.string()), ...page }))
    .output(place),
  diff: oc
    .input(
      z.object({ left: target, right: target, opening: opening.optional(), prefix: z.array(z.string()) }),
    )
    .output(eventIterator(z.array(shownDifference))),
  inspect: oc.input(z.object({ path: z.string(), opening: opening.optional() })).output(inspection),
  verify: oc
    .input(z.object({ target, level: z.enum(['file', 'content']), opening: opening.optional() }))
    .output(eventIterator(verifyEvent)),
};
