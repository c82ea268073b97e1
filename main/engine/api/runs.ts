import type { ListedRun } from '../../../shared/contract/contract.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { EngineContext } from '../context.ts';
import { type Api, enduring } from './implement.ts';
import { listFilter } from './list-filter.ts';

export const runs = (engine: EngineContext, api: Api) => ({
  list: api.runs.list.handler(({ input }) => {
    const { kinds, states } = input;
    const filter = { ...listFilter(engine, input), ...(kinds && { kinds }), ...(states && { states }) };
    return engine.catalog.runs.list(filter).map(({ id }) => listedRun(engine.runs.show(id)));
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

function listedRun(run: Run): ListedRun {
  const { started, ended, steps } = run;
  return {
    ...run,
    ...(ended === undefined ? {} : { milliseconds: Math.max(0, Date.parse(ended) - Date.parse(started)) }),
    bytes: steps.reduce((sum, step) => sum + step.bytes, 0),
  };
}
