import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { name, storageDirectory } from '../model/identifier.ts';
import { checkResult } from '../model/preflight.ts';
import { run } from '../model/run.ts';
import { task } from '../model/task.ts';
import { archivePassphrase, byName, driverOptions, nothing, protection, rawOptions } from './input.ts';

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
