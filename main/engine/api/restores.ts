import type { PlanEvent } from '../../../shared/contract/contract.ts';
import type { RestoreOrder } from '../../../shared/model/plan.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import type { EngineContext } from '../context.ts';
import { planRestore } from '../restore/plan-restore.ts';
import { loadPlan, stepDirectory } from '../restore/plan-store.ts';
import { reportRestore } from '../restore/report-restore.ts';
import { resumeRestore, startRestore } from '../restore/start-restore.ts';
import { readSteps } from '../restore/step-files.ts';
import { EventQueue } from '../streams/event-queue.ts';
import type { Api } from './implement.ts';

export const restores = (engine: EngineContext, api: Api) => ({
  plan: api.restores.plan.handler(async function* ({ input, context: { signal } }) {
    yield* planning(engine, input, signal);
  }),
  show: api.restores.show.handler(({ input }) => loadPlan(engine, input.plan)),
  report: api.restores.report.handler(({ input }) =>
    reportRestore(engine, engine.catalog.runs.resolve(input.run).id),
  ),
  steps: api.restores.steps.handler(({ input }) => pageOfSteps(engine, input)),
  start: api.restores.start.handler(({ input }) => startRestore(engine, input.plan, input.confirm, input)),
  resume: api.restores.resume.handler(({ input }) => resumeRestore(engine, input.run, input)),
});

async function* planning(
  engine: EngineContext,
  order: RestoreOrder,
  signal: AbortSignal | undefined,
): AsyncGenerator<PlanEvent> {
  const events = new EventQueue<PlanEvent>();
  yield* events.during(signal, async (stop) => {
    const progress = (service: string, done: number, total?: number) =>
      events.latest({ event: 'progress', service, done, ...(total === undefined ? {} : { total }) });
    await events.add({ event: 'planned', plan: await planRestore(engine, order, progress, stop) });
  });
}

interface StepPage {
  readonly plan: string;
  readonly service: string;
  readonly offset: number;
  readonly limit: number;
}

/** Steps phase after phase, in the order in which they were planned. */
async function pageOfSteps(
  engine: EngineContext,
  { plan, service, offset, limit }: StepPage,
): Promise<RestoreStep[]> {
  const { services } = await loadPlan(engine, plan);
  const counts = services.find((each) => each.service === service)?.counts ?? [];
  const phases = [...new Set(counts.map((count) => count.phase))];
  const page: RestoreStep[] = [];
  let skip = offset;
  for (const phase of phases) {
    for await (const batch of readSteps(stepDirectory(engine, plan, service), phase, 'forward')) {
      const kept = batch.slice(skip);
      skip = Math.max(0, skip - batch.length);
      page.push(...kept.slice(0, limit - page.length).map(({ step }) => step));
      if (page.length >= limit) return page;
    }
  }
  return page;
}
