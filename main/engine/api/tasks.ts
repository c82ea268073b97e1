import type { TaskView } from '../../../shared/contract/contract.ts';
import type { Task } from '../../../shared/model/task.ts';
import { startOneOffBackup } from '../backup/backup-once.ts';
import { startBackup } from '../backup/backup-task.ts';
import type { EngineContext } from '../context.ts';
import { renameTask } from '../definitions/rename.ts';
import { cloneTask, createTask, sealTask, updateTask } from '../definitions/tasks.ts';
import { estimateSource } from '../estimate/estimate-source.ts';
import { checkTask } from '../preflight/check-task.ts';
import { previewRetention } from '../retain/preview.ts';
import { nextOccurrences } from '../schedule/occurrences.ts';
import { previewSchedule } from '../schedule/preview.ts';
import type { Api } from './implement.ts';

const SHOWN_OCCURRENCES = 5;

export const tasks = (engine: EngineContext, api: Api) => ({
  list: api.tasks.list.handler(() => engine.catalog.tasks.list().map((task) => viewTask(engine, task))),
  show: api.tasks.show.handler(({ input }) => viewTask(engine, engine.catalog.tasks.byName(input.name))),
  create: api.tasks.create.handler(async ({ input }) => {
    const task = await createTask(engine, input);
    engine.schedule.put(task);
    return viewTask(engine, task);
  }),
  update: api.tasks.update.handler(async ({ input }) => {
    const task = await updateTask(engine, input);
    engine.schedule.put(task);
    return viewTask(engine, task);
  }),
  clone: api.tasks.clone.handler(async ({ input: { name, as } }) => {
    const task = await cloneTask(engine, name, as);
    engine.schedule.put(task);
    return viewTask(engine, task);
  }),
  rename: api.tasks.rename.handler(async ({ input: { name, as }, context: { signal } }) => {
    const { renamed, untold } = await renameTask(engine, name, as, signal);
    engine.schedule.put(engine.catalog.tasks.get(renamed.id));
    return { renamed: viewTask(engine, renamed), untold: [...untold] };
  }),
  estimate: api.tasks.estimate.handler(async function* ({ input, context: { signal } }) {
    const cluster = engine.catalog.clusters.byName(input.cluster);
    for (const source of input.sources) yield await estimateSource(engine, cluster, source, signal);
  }),
  check: api.tasks.check.handler(async function* ({ input, context: { signal } }) {
    yield* checkTask(engine, engine.catalog.tasks.byName(input.name), signal);
  }),
  pause: api.tasks.pause.handler(({ input }) => {
    const { catalog, schedule } = engine;
    const task = { ...catalog.tasks.byName(input.name), paused: input.paused };
    catalog.tasks.update(task);
    schedule.put(task);
    return viewTask(engine, task);
  }),
  seal: api.tasks.seal.handler(async ({ input: { name, services, passphrase } }) => {
    const task = await sealTask(engine, name, services, passphrase);
    engine.schedule.put(task);
    return viewTask(engine, task);
  }),
  remove: api.tasks.remove.handler(({ input }) => {
    const { catalog, schedule } = engine;
    const { id } = catalog.tasks.byName(input.name);
    catalog.tasks.remove(id);
    schedule.remove(id);
    return {};
  }),
  run: api.tasks.run.handler(({ input }) =>
    startBackup(engine, engine.catalog.tasks.byName(input.name), 'person'),
  ),
});

export const backups = (engine: EngineContext, api: Api) => ({
  once: api.backups.once.handler(({ input }) => startOneOffBackup(engine, input)),
});

export const schedules = (engine: EngineContext, api: Api) => ({
  preview: api.schedules.preview.handler(({ input: { schedule, count } }) =>
    previewSchedule(schedule, engine.surroundings.clock.now(), count),
  ),
});

export const retention = (engine: EngineContext, api: Api) => ({
  preview: api.retention.preview.handler(({ input: { task, copies } }) =>
    previewRetention(engine, engine.catalog.tasks.byName(task), copies),
  ),
});

function viewTask(engine: EngineContext, task: Task): TaskView {
  const { catalog, surroundings } = engine;
  const due =
    task.schedule === undefined || task.paused
      ? []
      : nextOccurrences(task.schedule, surroundings.clock.now(), SHOWN_OCCURRENCES);
  const last = catalog.runs.latest(task.id);
  return {
    task,
    clusterName: catalog.clusters.get(task.cluster).name,
    next: due.map((date) => date.toISOString()),
    ...(last === undefined ? {} : { last }),
  };
}
