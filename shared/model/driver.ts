import { z } from 'zod';
import { fidelity } from './fidelity.ts';
import { text } from './text.ts';

const fieldType = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('integer') }),
  z.object({ kind: z.literal('boolean') }),
  z.object({ kind: z.literal('choice'), choices: z.array(z.string()) }),
  z.object({ kind: z.literal('list') }),
]);

/** A field of a driver's options or of its selection, as a form needs it. */
export const driverField = z.object({
  /** The member's name in the options object. */
  name: z.string(),
  /** Long flag without the dashes. */
  flag: z.string(),
  type: fieldType,
  required: z.boolean(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  label: text,
  help: text.optional(),
  /** Fields of one group stand together. */
  group: z.string().optional(),
  /** Kept in the vault: it comes back as `***`, and is left as it is when it is not given. */
  secret: z.boolean(),
  advanced: z.boolean(),
  example: z.string().optional(),
  /** It only means something while another field has one of these values. */
  visibleWhen: z.object({ field: z.string(), oneOf: z.array(z.union([z.string(), z.boolean()])) }).optional(),
  widget: z.enum(['path', 'file-content', 'multiline', 'topics', 'subtrees']).optional(),
});
export type DriverField = z.infer<typeof driverField>;

/** A kind of object that a source captures. */
export const driverKind = z.object({
  kind: z.string(),
  label: text,
  /** How faithfully a restore brings it back, at best. */
  fidelity,
  remark: text.optional(),
  /** Holds secrets of the cluster itself: needs sealed archives or consent. */
  sensitive: z.boolean(),
});

const driver = {
  id: z.string(),
  label: text,
  summary: text,
  options: z.array(driverField),
  /** The least account with which everything works; Markdown. */
  account: text,
};

export const sourceDescription = z.object({
  ...driver,
  /** As it stands in archive names: `Kafka`. */
  dataSource: z.string(),
  selection: z.array(driverField),
  kinds: z.array(driverKind),
  capabilities: z.object({
    severalServices: z.boolean(),
    consistentCapture: z.boolean(),
    triesAfterRestore: z.boolean(),
  }),
  /** How one service is told from another; Markdown. Absent: it cannot be told. */
  identity: text.optional(),
});
export type SourceDescription = z.infer<typeof sourceDescription>;

export const storageDescription = z.object({
  ...driver,
  capabilities: z.object({ localPath: z.boolean(), reportsSpace: z.boolean() }),
});
export type StorageDescription = z.infer<typeof storageDescription>;

/** Every driver, in the order in which faces offer them. */
export const drivers = z.object({
  sources: z.array(sourceDescription),
  storages: z.array(storageDescription),
  /** The fields of a cluster's SSH tunnel. */
  tunnel: z.array(driverField),
});
