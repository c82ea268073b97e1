import { z } from 'zod';
import { fidelityNote } from './fidelity.ts';
import { identifier, instant } from './identifier.ts';
import { jsonObject } from './json.ts';
import { proof } from './proof.ts';
import { signerKey } from './signer.ts';

/** An archive of a recovery point, as far as the catalog knows it without opening it. */
export const pointArchive = z.object({
  /** The archive's own id: 32 hex digits. */
  id: z.string(),
  source: z.string(),
  service: z.string(),
  version: z.string().nullable(),
  storage: identifier,
  /** Path in the storage. */
  path: z.string(),
  size: z.int(),
  sha256: z.string(),
  /** Id of the set's full archive, and of the parent when this is an increment. */
  set: z.string(),
  parent: z.string().nullable(),
  complete: z.boolean(),
  encrypted: z.boolean(),
  /** Who signed it; absent: nobody. */
  signer: signerKey.optional(),
  position: jsonObject,
  counts: z.record(z.string(), z.object({ entries: z.int(), bytes: z.int() })),
  notes: z.array(fidelityNote),
  /** The verification that counts. */
  verified: proof.optional(),
});
export type PointArchive = z.infer<typeof pointArchive>;

/** What a run left: one archive per source. */
export const point = z.object({
  /** Equal to the id of the run that made it. */
  id: identifier,
  task: identifier,
  taskName: z.string(),
  cluster: identifier,
  clusterName: z.string(),
  created: instant,
  /** Never removed by retention. */
  pinned: z.boolean(),
  /** False when the run was incomplete or a source's archive is missing. */
  complete: z.boolean(),
  archives: z.array(pointArchive),
});
export type Point = z.infer<typeof point>;
