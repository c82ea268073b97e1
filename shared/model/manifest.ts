import { z } from 'zod';
import type { Json } from './entry.ts';
import { fidelityNote } from './fidelity.ts';

/** What `format` says in an archive of this version. */
export const ARCHIVE_FORMAT = 'holdfast/1.0';

const count = z.number().int().nonnegative();
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a date');
const archiveId = z.string().regex(/^[0-9a-f]{32}$/);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
/** Came out of `JSON.parse`: nothing to check, and hostile nesting must not reach a recursive check. */
const json = z.custom<Json>((value) => value !== undefined);

const passphraseRecipient = z.object({
  type: z.literal('passphrase'),
  kdf: z.literal('scrypt'),
  n: count,
  r: count,
  p: count,
  salt: base64url,
  wrapped: base64url,
});

const keyRecipient = z.object({
  type: z.literal('key'),
  key: z.string().regex(/^[0-9a-f]{16}$/),
  wrapped: base64url,
});

/** A later minor version may know other ways to the data key; those listed beside them still work. */
function withoutUnknownTypes(recipients: unknown): unknown {
  if (!Array.isArray(recipients)) return recipients;
  return recipients.filter((recipient) => recipient?.type === 'passphrase' || recipient?.type === 'key');
}

/** How the archive is encrypted, and every way to its data key (`docs/archive-format.md` §7). */
export const encryptionSchema = z.object({
  cipher: z.literal('AES-256-GCM'),
  recipients: z.preprocess(
    withoutUnknownTypes,
    z.array(z.discriminatedUnion('type', [passphraseRecipient, keyRecipient])),
  ),
});

/** Live entries of one kind and the bytes of their content as it stands in the lines. */
export const kindCountSchema = z.object({ entries: count, bytes: count });

/** The archive's own description (`docs/archive-format.md` §6). Members that are not known are dropped. */
export const manifestSchema = z.object({
  format: z.string().regex(/^holdfast\/1\.\d+$/),
  id: archiveId,
  created: instant,
  finished: instant,
  tool: z.object({ name: z.string(), version: z.string() }),
  source: z.object({ id: z.string(), service: z.string(), version: z.string().nullable() }),
  cluster: z.object({ id: z.string(), name: z.string(), identity: z.record(z.string(), json) }),
  task: z.object({ id: z.string(), name: z.string() }).nullable(),
  run: z.object({ id: z.string() }).nullable(),
  set: archiveId,
  parent: z.object({ id: archiveId, footer: sha256Hex }).nullable(),
  depth: count,
  complete: z.boolean(),
  selection: json,
  position: json,
  counts: z.record(z.string(), kindCountSchema),
  tombstones: count,
  generations: count.min(1),
  blobs: z.object({ chunks: count, bytes: count }),
  notes: z.array(fidelityNote),
  sensitive: z.array(z.string()),
  consent: z.boolean(),
  encryption: encryptionSchema.nullable(),
  root: z.object({ offset: count, length: count, sha256: base64url, part: count }),
});

export type Encryption = z.infer<typeof encryptionSchema>;
export type Recipient = Encryption['recipients'][number];
export type KindCount = z.infer<typeof kindCountSchema>;
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/** What the engine knows about an archive; the writer adds what follows from the bytes. */
export type ManifestFacts = Pick<
  Manifest,
  | 'finished'
  | 'tool'
  | 'source'
  | 'cluster'
  | 'task'
  | 'run'
  | 'set'
  | 'parent'
  | 'depth'
  | 'complete'
  | 'selection'
  | 'position'
  | 'notes'
  | 'sensitive'
  | 'consent'
>;
