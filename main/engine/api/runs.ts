import type { EngineContext } from '../context.ts';
import { type Api, enduring } from './implement.ts';

export const runs = (engine: EngineContext, api: Api) => ({
  list: api.runs.list.handler(({ input }) => {
    const { task, after, limit } = input;
    return engine.catalog.runs.list({
      limit,
      ...(task === undefined ? {} : { task: taskId(engine, task) }),
      ...(after === undefined ? {} : { after }),
    });
  }),
  show: api.runs.show.handler(({ input }) => engine.runs.show(runId(engine, input.run))),
  log: api.runs.log.handler(({ input }) => {
    const { run, after, limit } = input;
    return engine.catalog.runs.log(runId(engine, run), {
      offset: after,
      ...(limit === undefined ? {} : { limit }),
    });
  }),
  // Even as the engine stops: whoever follows a run sees how it ends.
  watch: enduring.runs.watch.handler(async function* ({ input, signal }) {
    yield* engine.runs.watch(runId(engine, input.run), signal);
  }),
  cancel: api.runs.cancel.handler(({ input }) => {
    engine.runs.cancel(input.run);
    return {};
  }),
});

/** The full id of a run given by its beginning. @throws HoldfastError `engine.no-run`, `catalog.ambiguous-id` */
function runId(engine: EngineContext, beginning: string): string {
  return engine.catalog.runs.resolve(beginning).id;
}

/** A task by its name or its id. */
export function taskId(engine: EngineContext, task: string): string {
  return (engine.catalog.tasks.findByName(task) ?? engine.catalog.tasks.get(task)).id;
}
