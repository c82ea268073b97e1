import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import {
  REPORT_FORMAT,
  type ReportedService,
  type RestoreReport,
} from '../../../shared/model/restore-report.ts';
import type { EngineContext } from '../context.ts';
import { type JournalState, readJournal } from './journal.ts';
import { journalPath, loadPlan, stepDirectory } from './plan-store.ts';
import { readSteps } from './step-files.ts';

const MOST_LEFT = 1000;
const MOST_RUNS = 10_000;

/**
 * What a restore was to do, did, and left, from its plan and its journal.
 * @throws HoldfastError `engine.no-run`, `engine.no-plan` when what it left behind is gone, `general.invalid-input` for
 *   a run that is no restore
 */
export async function reportRestore(context: EngineContext, id: string): Promise<RestoreReport> {
  const { catalog, runs, surroundings, version } = context;
  const run = runs.show(id);
  if (run.kind === 'backup') {
    throw new HoldfastError('general.invalid-input', {
      what: detail('run', { id }),
      problem: detail('no-restore'),
    });
  }
  const plan = await loadPlan(context, id);
  const journal = await readJournal(journalPath(context, id));
  const services: ReportedService[] = [];
  for (const each of plan.services) services.push(await reportService(context, plan, each, journal));
  const compared = run.steps.some(({ name, state }) => name === 'compare' && state === 'succeeded');
  const undo = catalog.runs.list({ kinds: ['undo'], limit: MOST_RUNS }).find(({ undoes }) => undoes === id);
  return {
    format: REPORT_FORMAT,
    written: surroundings.clock.now().toISOString(),
    by: { version, hostName: surroundings.hostName },
    run,
    plan,
    services,
    ...(compared ? { differences: run.counts.differences ?? 0 } : {}),
    ...(undo === undefined ? {} : { undoneBy: undo.id }),
    log: catalog.runs.log(id),
  };
}

async function reportService(
  context: EngineContext,
  plan: RestorePlan,
  { service, into, counts }: RestorePlan['services'][number],
  journal: JournalState,
): Promise<ReportedService> {
  const tally = { applied: 0, already: 0, conflict: 0, failed: 0, untried: 0 };
  const left: ReportedService['left'] = [];
  for (const phase of new Set(counts.map((count) => count.phase))) {
    for await (const batch of readSteps(stepDirectory(context, plan.id, service), phase, 'forward')) {
      for (const { number, step } of batch) {
        const outcome = journal.outcome(service, phase, number) ?? 'untried';
        tally[outcome] += 1;
        if ((outcome === 'conflict' || outcome === 'failed') && left.length < MOST_LEFT)
          left.push({ outcome, step });
      }
    }
  }
  const undo = journal.undone.get(service);
  return {
    service,
    into,
    planned: counts.reduce((sum, { steps }) => sum + steps, 0),
    applied: tally.applied,
    already: tally.already,
    conflicts: tally.conflict,
    failed: tally.failed,
    untried: tally.untried,
    left,
    ...(undo === undefined ? {} : { undo }),
  };
}
