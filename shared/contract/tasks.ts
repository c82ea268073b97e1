import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { occurrence, retentionPreview, serviceEstimate } from '../model/estimate.ts';
import { name, storageDirectory } from '../model/identifier.ts';
import { checkResult } from '../model/preflight.ts';
import { run } from '../model/run.ts';
import { policy, schedule, task } from '../model/task.ts';
import {
  archivePassphrase,
  byName,
  driverOptions,
  nothing,
  protection,
  rawOptions,
  renamed,
  renaming,
} from './input.ts';

const newSource = z.object({
  service: name,
  selection: rawOptions,
  /** Name of the storage. */
  storage: name,
  directory: storageDirectory,
  maximumCopies: z.int().min(1),
  ...protection,
  consent: z.boolean(),
});

/** `true`: the passphrase that the vault has stays; not given: archives to come are not sealed by one. */
const changedSource = newSource.extend({
  passphrase: z.union([archivePassphrase, z.literal(true)]).optional(),
});

/** What changes in a task: what is not given stays; sources are given whole. */
const taskChange = z.object({
  name,
  /** Null: from now on only by hand. */
  schedule: schedule.nullable().optional(),
  policy: policy.optional(),
  sources: z.array(changedSource).min(1).optional(),
});

const newTask = task
  .omit({ id: true, folder: true, created: true, cluster: true, sources: true, paused: true })
  .extend({
    cluster: name,
    /** Empty: all services of the cluster to `storage` of each. */
    sources: z.array(newSource).min(1),
  });

export const taskView = z.object({
  task,
  clusterName: z.string(),
  next: z.array(z.string()),
  last: run.optional(),
});
export type TaskView = z.infer<typeof taskView>;

export const tasks = {
  list: oc.input(nothing).output(z.array(taskView)),
  show: oc.input(byName).output(taskView),
  create: oc.input(newTask).output(taskView),
  update: oc.input(taskChange).output(taskView),
  /** A task like it under another name. One with a schedule is paused: two would do the same at the same time. */
  clone: oc.input(renaming).output(taskView),
  /** Its directories in the storages keep their name. */
  rename: oc.input(renaming).output(renamed(taskView)),
  /** What backups of these sources will probably be, service by service. */
  estimate: oc
    .input(
      z.object({
        cluster: name,
        sources: z.array(newSource.pick({ service: true, selection: true, maximumCopies: true })).min(1),
      }),
    )
    .output(eventIterator(serviceEstimate)),
  check: oc.input(byName).output(eventIterator(checkResult)),
  pause: oc.input(z.object({ name, paused: z.boolean() })).output(taskView),
  /** Seals the archives to come by this passphrase: of the named services, or of all. Those before open as before. */
  seal: oc.input(z.object({ name, services: z.array(name), passphrase: archivePassphrase })).output(taskView),
  remove: oc.input(byName).output(nothing),
  run: oc.input(byName).output(run),
};

export const backups = {
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
};

export const schedules = {
  /** The next runs of a schedule, saved or not. */
  preview: oc.input(z.object({ schedule, count: z.int().min(1).max(100) })).output(z.array(occurrence)),
};

export const retention = {
  /** What the task's retention would do to the archives there are, with other numbers of copies where given. */
  preview: oc
    .input(
      z.object({
        task: name,
        copies: z.array(newSource.pick({ service: true, maximumCopies: true })).default([]),
      }),
    )
    .output(z.array(retentionPreview)),
};
