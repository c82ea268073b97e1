import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cluster, clusterLimits, clusterService, environment } from '../model/cluster.ts';
import { identifier, identifierBeginning, name, storageDirectory } from '../model/identifier.ts';
import { place, shownDifference, verification } from '../model/listing.ts';
import { manifestSchema } from '../model/manifest.ts';
import { restoreOrder, restorePlan } from '../model/plan.ts';
import { point } from '../model/point.ts';
import { checkResult } from '../model/preflight.ts';
import { restoreStep } from '../model/restore.ts';
import { logLine, run, runEvent } from '../model/run.ts';
import { signerKey } from '../model/signer.ts';
import { storageConfig } from '../model/storage.ts';
import { opening, target } from '../model/target.ts';
import { task } from '../model/task.ts';

/** Raised whenever a change breaks an older client: both sides compare it before anything else. */
export const CONTRACT_VERSION = 2;

const byName = z.object({ name });
/** What changes something names it whole; what only looks may give an id's beginning. */
const byRun = z.object({ run: identifier });
const byPoint = z.object({ point: identifier });
const byRunBeginning = z.object({ run: identifierBeginning });
const byPointBeginning = z.object({ point: identifierBeginning });
const nothing = z.object({});
/** Values as they come from flags or a form; the driver's schema decides. Secrets go to the vault at once. */
const rawOptions = z.record(z.string(), z.unknown());
const page = { after: z.string().optional(), limit: z.int().min(1).max(10_000) };

const archivePassphrase = z.string().min(8, 'at least 8 characters');
/** Of the archives: the id of the key and the passphrase that seal them, the key that signs them. */
const protection = {
  key: z.string().optional(),
  passphrase: archivePassphrase.optional(),
  signer: signerKey.optional(),
};

const newTask = task.omit({ id: true, created: true, cluster: true, sources: true, paused: true }).extend({
  cluster: name,
  /** Empty: all services of the cluster to `storage` of each. */
  sources: z
    .array(
      z.object({
        service: name,
        selection: rawOptions,
        /** Name of the storage. */
        storage: name,
        directory: storageDirectory,
        maximumCopies: z.int().min(1),
        ...protection,
        consent: z.boolean(),
      }),
    )
    .min(1),
});

/** What changes in a cluster: members and options that are not given stay, a limit or option that is null is taken away. */
const clusterChange = z.object({
  name,
  environment: environment.optional(),
  readOnly: z.boolean().optional(),
  limits: z
    .object({
      requestsInFlight: clusterLimits.shape.requestsInFlight.optional(),
      objectsPerSecond: clusterLimits.shape.objectsPerSecond.nullable(),
    })
    .optional(),
  services: z.array(z.object({ service: name, options: rawOptions })).optional(),
  /** Takes what its services say of themselves now, after the change, for theirs: from here on that is compared. */
  acceptIdentity: z.boolean().optional(),
});

const driverOptions = z.object({ driver: z.string(), options: rawOptions });

/** A way to protect the vault's key. Texts are secrets: they are used and forgotten. */
export const protector = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain') }),
  z.object({ kind: z.literal('passphrase'), passphrase: z.string().min(8, 'at least 8 characters') }),
  z.object({ kind: z.literal('key-file'), path: z.string() }),
]);
export type Protector = z.infer<typeof protector>;

export const vaultState = z.object({
  state: z.enum(['absent', 'locked', 'open']),
  protector: z.enum(['keychain', 'passphrase', 'key-file']).optional(),
});

/** What a key is for: to seal archives, or to sign them. */
const keyPurpose = z.enum(['sealing', 'signing']);
export type KeyPurpose = z.infer<typeof keyPurpose>;

const newKey = z.object({ name, file: z.string(), purpose: keyPurpose.default('sealing') });

export const archiveKey = z.object({
  /** Of a signing key: its public key. */
  id: z.string(),
  purpose: keyPurpose,
  name: z.string(),
  created: z.string(),
  state: z.enum(['active', 'retired']),
});

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

export const taskView = z.object({
  task,
  clusterName: z.string(),
  next: z.array(z.string()),
  last: run.optional(),
});
export type TaskView = z.infer<typeof taskView>;

/** A recovery point, and the restore that still needs it: until that is over it cannot be removed. */
const heldPoint = point.extend({ heldBy: identifier.optional() });
export type HeldPoint = z.infer<typeof heldPoint>;

const verifyEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ event: z.literal('verified'), verification }),
]);
export type VerifyEvent = z.infer<typeof verifyEvent>;

const planEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), service: z.string(), done: z.int(), total: z.int().optional() }),
  z.object({ event: z.literal('planned'), plan: restorePlan }),
]);
export type PlanEvent = z.infer<typeof planEvent>;

/** Everything that a face can ask of the engine. */
export const contract = {
  system: {
    about: oc
      .input(nothing)
      .output(z.object({ version: z.string(), contract: z.int(), dataDirectory: z.string() })),
  },
  clusters: {
    list: oc.input(nothing).output(z.array(cluster)),
    show: oc.input(byName).output(cluster),
    add: oc
      .input(
        z.object({
          name,
          environment,
          readOnly: z.boolean(),
          limits: clusterLimits.optional(),
          services: z.array(clusterService.omit({ identity: true })).min(1),
        }),
      )
      .output(cluster),
    update: oc.input(clusterChange).output(cluster),
    remove: oc.input(byName).output(nothing),
    test: oc.input(byName).output(eventIterator(checkResult)),
  },
  storages: {
    list: oc.input(nothing).output(z.array(storageConfig)),
    add: oc.input(driverOptions.extend({ name })).output(storageConfig),
    remove: oc.input(byName).output(nothing),
    validate: oc.input(byName).output(eventIterator(checkResult)),
    rescan: oc.input(byName).output(
      z.object({
        tasks: z.int(),
        points: z.int(),
        archives: z.int(),
        /** What was missing or left over and has been put right, one sentence each; so the others. */
        repaired: z.array(z.string()),
        /** What is not as it was written, and was left as it is. */
        damaged: z.array(z.string()),
        /** What somebody has to know or to do. */
        notes: z.array(z.string()),
      }),
    ),
  },
  tasks: {
    list: oc.input(nothing).output(z.array(taskView)),
    show: oc.input(byName).output(taskView),
    create: oc.input(newTask).output(taskView),
    check: oc.input(byName).output(eventIterator(checkResult)),
    pause: oc.input(z.object({ name, paused: z.boolean() })).output(taskView),
    /** Seals the archives to come by this passphrase: of the named services, or of all. Those before open as before. */
    seal: oc
      .input(z.object({ name, services: z.array(name), passphrase: archivePassphrase }))
      .output(taskView),
    remove: oc.input(byName).output(nothing),
    run: oc.input(byName).output(run),
  },
  backups: {
    /** One source to one storage, with neither cluster nor task saved. */
    once: oc
      .input(
        z.object({
          source: driverOptions,
          selection: rawOptions,
          storage: driverOptions,
          name,
          ...protection,
          consent: z.boolean(),
        }),
      )
      .output(run),
  },
  runs: {
    list: oc.input(z.object({ task: z.string().optional(), ...page })).output(z.array(run)),
    show: oc.input(byRunBeginning).output(run),
    /** Oldest first; the first `after` lines are left out. All of the rest unless limited. */
    log: oc
      .input(
        byRunBeginning.extend({
          after: z.int().min(0).default(0),
          limit: z.int().min(1).max(10_000).optional(),
        }),
      )
      .output(z.array(logLine)),
    watch: oc.input(byRunBeginning).output(eventIterator(runEvent)),
    cancel: oc.input(byRun).output(nothing),
  },
  points: {
    list: oc.input(z.object({ task: z.string().optional(), ...page })).output(z.array(point)),
    show: oc.input(byPointBeginning).output(heldPoint),
    pin: oc.input(byPoint.extend({ pinned: z.boolean() })).output(point),
    remove: oc.input(byPoint).output(nothing),
  },
  explore: {
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
  },
  restores: {
    plan: oc.input(restoreOrder).output(eventIterator(planEvent)),
    steps: oc
      .input(
        z.object({
          plan: identifier,
          service: z.string(),
          offset: z.int().min(0),
          limit: z.int().min(1).max(10_000),
        }),
      )
      .output(z.array(restoreStep)),
    /** `confirm` is the name of the cluster that will be changed. */
    start: oc
      .input(
        z.object({
          plan: identifier,
          confirm: z.string(),
          opening: opening.optional(),
          acceptIncompleteUndo: z.boolean().optional(),
        }),
      )
      .output(run),
    /** Goes on with an interrupted, cancelled or failed restore where its journal ends. */
    resume: oc
      .input(byRun.extend({ opening: opening.optional(), acceptIncompleteUndo: z.boolean().optional() }))
      .output(run),
  },
  vault: {
    state: oc.input(nothing).output(vaultState),
    init: oc.input(protector).output(vaultState),
    unlock: oc.input(protector).output(vaultState),
    /** With `renewKey` every secret is sealed anew: for when the old protector may be known to somebody. */
    change: oc.input(z.object({ protector, renewKey: z.boolean() })).output(vaultState),
  },
  keys: {
    list: oc.input(nothing).output(z.array(archiveKey)),
    create: oc.input(newKey).output(archiveKey),
    /** Takes a key in from the copy that was kept outside. */
    import: oc.input(newKey).output(archiveKey),
    rotate: oc.input(newKey).output(archiveKey),
  },
};
export type Contract = typeof contract;
