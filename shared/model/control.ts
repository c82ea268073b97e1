import { z } from 'zod';
import { clusterLimits, clusterMarks, environment } from './cluster.ts';
import { identifier, instant, name } from './identifier.ts';
import { jsonObject } from './json.ts';
import { proof } from './proof.ts';
import { signerKey } from './signer.ts';
import { folderName, policy, schedule } from './task.ts';

/** What `format` says in a control file that this version writes. Another major version is not read. */
export const CONTROL_FORMAT = 'holdfast-control/1.0';

/*
 * The control file stands in a task's directory in a storage and holds what the archives don't. Everything is
 * without secrets. Objects are loose: members that a newer version added are kept when the file is written again.
 */

/** A storage, as another installation can recognise it. */
export const storageMark = z.looseObject({ id: identifier, name, driver: z.string() });
export type StorageMark = z.infer<typeof storageMark>;

/** Options without their secrets; `secrets` names the fields that were left out and must be entered again. */
export const bareOptions = z.looseObject({
  options: jsonObject,
  secrets: z.array(z.string()),
});

export const controlTask = z.looseObject({
  id: identifier,
  name,
  /** What the task's directories are called, where it was renamed since. */
  folder: folderName.optional(),
  schedule: schedule.optional(),
  policy,
  paused: z.boolean(),
  created: instant,
  sources: z
    .array(
      z.looseObject({
        service: name,
        selection: jsonObject,
        storage: storageMark,
        directory: z.string(),
        maximumCopies: z.int().min(1),
        key: z.string().optional(),
        passphrase: z.literal(true).optional(),
        signer: signerKey.optional(),
        consent: z.boolean(),
      }),
    )
    .min(1),
});
export type ControlTask = z.infer<typeof controlTask>;

export const controlCluster = z.looseObject({
  id: identifier,
  name,
  environment,
  readOnly: z.boolean(),
  ...clusterMarks,
  limits: clusterLimits,
  tunnel: bareOptions.optional(),
  services: z.array(
    bareOptions.extend({
      source: z.string(),
      service: name,
      /** What the service said of itself at the last run: tells this cluster from any other. */
      identity: jsonObject,
    }),
  ),
});
export type ControlCluster = z.infer<typeof controlCluster>;

/** Which archives make a recovery point. All other facts stand in the archives' manifests. */
export const controlPoint = z.looseObject({
  /** Id of the run that made it. */
  id: identifier,
  created: instant,
  complete: z.boolean(),
  archives: z.array(
    z.looseObject({
      id: z.string(),
      service: name,
      storage: storageMark,
      /** Path in that storage. */
      path: z.string(),
      size: z.int(),
      sha256: z.string(),
    }),
  ),
});
export type ControlPoint = z.infer<typeof controlPoint>;

/** What is known of an archive's bytes. */
const controlProof = z.looseObject({ archive: z.string(), ...proof.shape });
export type ControlProof = z.infer<typeof controlProof>;

/** A restore version that was used up for a point: the same pair restores nothing again. */
const usedRestoreVersion = z.looseObject({
  point: identifier,
  version: z.int().min(1),
  at: instant,
  run: identifier,
});

/** Who acts on a task directory: a data directory on a machine. */
export const owner = z.looseObject({
  hostName: z.string(),
  /** Id of the data directory. */
  dataDirectory: identifier,
});
export type Owner = z.infer<typeof owner>;

export const controlFile = z.looseObject({
  format: z.string().regex(/^holdfast-control\/1\.\d+$/),
  written: instant,
  owner,
  /** The storage that the file lies in, by the same id as in the task's sources. */
  storage: storageMark.optional(),
  task: controlTask,
  cluster: controlCluster,
  points: z.array(controlPoint),
  /** Ids of points that retention never removes. */
  pins: z.array(identifier),
  proofs: z.array(controlProof),
  restoreVersions: z.array(usedRestoreVersion),
});
export type ControlFile = z.infer<typeof controlFile>;

/** One generation of the lease on a task directory. */
export const leaseRecord = z.looseObject({
  format: z.string().regex(/^holdfast-lease\/1\.\d+$/),
  state: z.enum(['held', 'released']),
  owner: owner.extend({
    /** Id of the owner's claim on its data directory: another for each process. */
    claim: identifier,
  }),
  /** Random; the same from taking to release. */
  token: z.string().regex(/^[0-9a-f]{32}$/),
  /** How long this generation lasts, counted by each side on its own clock. */
  milliseconds: z.int().min(1).max(600_000),
  /** For people: the owner's idea of the date. No decision rests on it. */
  written: instant,
});
export type LeaseRecord = z.infer<typeof leaseRecord>;
