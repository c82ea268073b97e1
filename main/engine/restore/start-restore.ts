import { HoldfastError } from '../../../shared/errors/error.ts';
import { RUN_STATES } from '../../../shared/messages/words.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { EngineContext } from '../context.ts';
import { type Acceptance, carryOut } from './carry-out.ts';
import { refuseFailedChecks } from './plan-restore.ts';
import { loadPlan, refuseExpired } from './plan-store.ts';
import { RESUMABLE } from './resumable.ts';
import { refuseDuringRestore } from './under-way.ts';

const RESTORES = { kinds: ['restore', 'undo'], limit: 10_000 } as const;

/**
 * Starts to carry out a plan. `confirm` is the name of the cluster that will be changed. The run has the plan's id,
 * so a plan is carried out once.
 * @throws HoldfastError `engine.confirmation-wrong`, `engine.checks-failed`, `engine.read-only-cluster`,
 *   `engine.plan-used`, `engine.plan-expired`, `engine.no-plan`, `engine.restore-under-way`
 */
export async function startRestore(
  context: EngineContext,
  planId: string,
  confirm: string,
  acceptance: Acceptance,
): Promise<Run> {
  const plan = await loadPlan(context, planId);
  const cluster = context.catalog.clusters.get(plan.cluster);
  if (confirm !== cluster.name) {
    throw new HoldfastError('engine.confirmation-wrong', { cluster: cluster.name });
  }
  refuseFailedChecks(plan);
  if (context.catalog.runs.find(planId) !== undefined) {
    throw new HoldfastError('engine.plan-used', { plan: planId, run: planId });
  }
  refuseExpired(context, plan);
  refuseChange(context, cluster);
  const { from } = plan.order;
  return context.runs.start(
    {
      id: plan.id,
      kind: from.of === 'undo' ? 'undo' : 'restore',
      reason: 'person',
      cluster: cluster.id,
      ...(from.of === 'point' ? { point: from.point } : {}),
      ...(from.of === 'undo' ? { undoes: from.run } : {}),
    },
    (recorder, signal) => carryOut(context, plan, acceptance, recorder, signal),
  );
}

/**
 * Goes on with a restore that did not end, or not with all it meant to do. Steps that the journal knows to be done are
 * left out, those that failed or were under way are tried again; the undo point of the first attempt stays the way
 * back.
 * @throws HoldfastError `engine.not-resumable`, `engine.restore-undone`, `engine.read-only-cluster`,
 *   `engine.restore-under-way`
 */
export async function resumeRestore(
  context: EngineContext,
  runId: string,
  acceptance: Acceptance,
): Promise<Run> {
  resumableRun(context, runId);
  const plan = await loadPlan(context, runId);
  // Asked again: another may have resumed it meanwhile.
  const run = resumableRun(context, runId);
  const undo = context.catalog.runs.list(RESTORES).find((each) => each.undoes === runId);
  if (undo !== undefined) throw new HoldfastError('engine.restore-undone', { run: runId, undo: undo.id });
  refuseChange(context, context.catalog.clusters.get(plan.cluster));
  return context.runs.start({ kind: run.kind, reason: run.reason, resume: run }, (recorder, signal) =>
    carryOut(context, plan, acceptance, recorder, signal),
  );
}

function resumableRun(context: EngineContext, runId: string): Run {
  const run = context.runs.show(runId);
  if (RESUMABLE.includes(run.state) && (run.kind === 'restore' || run.kind === 'undo')) return run;
  throw new HoldfastError('engine.not-resumable', { run: runId, state: RUN_STATES[run.state] });
}

/** One restore at a time changes a cluster, and none one that is read-only. */
function refuseChange(context: EngineContext, cluster: Cluster): void {
  if (cluster.readOnly) throw new HoldfastError('engine.read-only-cluster', { cluster: cluster.name });
  refuseDuringRestore(context, cluster.id);
}
