import { z } from 'zod';
import { environment } from './cluster.ts';
import { identifier, instant } from './identifier.ts';
import { run } from './run.ts';
import { schedule } from './task.ts';

/** A recovery point that can be gone back to: complete, and no verification found it damaged. */
const goodPoint = z.object({ point: identifier, at: instant });

export const serviceOverview = z.object({
  service: z.string(),
  source: z.string(),
  /** Names of the tasks that back it up; none: it is not protected. */
  tasks: z.array(z.string()),
  /** The newest good archive of this service, whatever became of the others in its point. */
  lastGood: goodPoint.optional(),
});

export const taskOverview = z.object({
  id: identifier,
  name: z.string(),
  services: z.array(z.string()),
  schedule: schedule.optional(),
  paused: z.boolean(),
  /** When it runs next; absent: not by itself. */
  next: instant.optional(),
  last: run.optional(),
  lastGood: goodPoint.optional(),
  /** Since when a good point should have been there: the run that was due first, and time enough to do it. */
  overdueSince: instant.optional(),
});
export type TaskOverview = z.infer<typeof taskOverview>;

export const clusterOverview = z.object({
  id: identifier,
  name: z.string(),
  environment,
  readOnly: z.boolean(),
  services: z.array(serviceOverview),
  tasks: z.array(taskOverview),
});
export type ClusterOverview = z.infer<typeof clusterOverview>;

/** How full a storage is. Bytes; `total` and `free` are absent where it cannot tell, or not in time. */
export const storageFill = z.object({
  id: identifier,
  name: z.string(),
  driver: z.string(),
  total: z.int().optional(),
  free: z.int().optional(),
  /** What the catalog knows to lie there. */
  archives: z.int(),
  archiveBytes: z.int(),
});
export type StorageFill = z.infer<typeof storageFill>;

/** Everything at a glance. */
export const overview = z.object({
  /** The engine's clock: ages are counted from it. */
  now: instant,
  clusters: z.array(clusterOverview),
  storages: z.array(storageFill),
  running: z.array(run),
});
export type Overview = z.infer<typeof overview>;
