import type { EngineContext } from '../context.ts';
import { api } from './implement.ts';

export const runs = (engine: EngineContext) => ({
  list: api.runs.list.handler(({ input }) => {
    const { task, after, limit } = input;
    return engine.catalog.runs.list({
      limit,
      ...(task === undefined ? {} : { task: taskId(engine, task) }),
      ...(after === undefined ? {} : { after }),
    });
  }),
  show: api.runs.show.handler(({ input }) => engine.runs.show(engine.catalog.runs.resolve(input.run).id)),
  log: api.runs.log.handler(({ input }) => engine.catalog.runs.log(input.run)),
  watch: api.runs.watch.handler(async function* ({ input, signal }) {
    yield* engine.runs.watch(engine.catalog.runs.resolve(input.run).id, signal);
  }),
  cancel: api.runs.cancel.handler(({ input }) => {
    engine.runs.cancel(engine.catalog.runs.resolve(input.run).id);
    return {};
  }),
});

/** A task by its name or its id. */
export function taskId(engine: EngineContext, task: string): string {
  return (engine.catalog.tasks.findByName(task) ?? engine.catalog.tasks.get(task)).id;
}
