import { z } from 'zod';
import { identifier, instant, name } from './identifier.ts';
import { jsonObject } from './json.ts';
import { signerKey } from './signer.ts';

/** When a periodic task runs. The first run is at `start`; later ones every n hours or days after it. */
export const schedule = z.object({
  start: instant,
  every: z.int().min(1).max(1000),
  /** Hours are elapsed hours; days keep the local time of day, across daylight saving. */
  unit: z.enum(['hours', 'days']),
  /** IANA name. */
  timeZone: z.string(),
});
export type Schedule = z.infer<typeof schedule>;

/** Which runs are full. Every run leaves a new recovery point, whatever the policy. */
export const policy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('full-then-incremental') }),
  z.object({ kind: z.literal('full') }),
  z.object({ kind: z.literal('full-every'), runs: z.int().min(2).max(1000) }),
]);
export type Policy = z.infer<typeof policy>;

/** One source of a task with its own storage. */
export const taskSource = z.object({
  /** Name of the cluster's service. */
  service: name,
  /** What to capture, as the source's selection schema has it. */
  selection: jsonObject,
  storage: identifier,
  /**
   * Set while this installation does not know that storage: what the installation that the task comes from calls it.
   * The task cannot run until a rescan has found the storage.
   */
  unknownStorage: z.object({ name, driver: z.string() }).optional(),
  /** Directory in the storage; empty: its root. */
  directory: z.string(),
  /** How many sets are kept there. */
  maximumCopies: z.int().min(1).max(10_000),
  /** Id of the archive key that seals the archives; absent: not encrypted. */
  key: z.string().optional(),
  /** The archives are sealed by a passphrase (as well); the vault keeps it. */
  passphrase: z.literal(true).optional(),
  /** The signing key that signs the archives; absent: not signed. */
  signer: signerKey.optional(),
  /** Kinds that hold the cluster's own secrets may be captured without a key. */
  consent: z.boolean(),
});
export type TaskSource = z.infer<typeof taskSource>;

/** A name of one directory; nothing that leads elsewhere. */
export const folderName = z
  .string()
  .max(255)
  .regex(/^(?!\.{1,2}$)[^\p{Cc}/\\]+$/u, 'not the name of a directory');

/** A saved definition of a backup. */
export const task = z.object({
  id: identifier,
  name,
  /** What its directories in the storages are called, where that is not as the task is called now: it was renamed. */
  folder: folderName.optional(),
  cluster: identifier,
  /** Absent: a manual task. */
  schedule: schedule.optional(),
  policy,
  sources: z.array(taskSource).min(1),
  paused: z.boolean(),
  created: instant,
});
export type Task = z.infer<typeof task>;
