import { join } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { Opening } from '../../../shared/model/target.ts';
import type { PointView } from '../../sources/contract.ts';
import { type OpenService, usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { type FoundArchive, openFound } from '../points/found-archive.ts';
import { pointView } from '../points/point-view.ts';
import { usingArchives } from '../points/using-archives.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';
import { verifyFound } from '../verify/verify-found.ts';
import { applySteps } from './apply-restore.ts';
import { compareRestored } from './compare-restored.ts';
import { Journal, type JournalState, readJournal } from './journal.ts';
import { chooseServices, matchingService, storedTarget } from './plan-restore.ts';
import { journalPath, loadPlan, stepDirectory } from './plan-store.ts';
import { discardStrayUndoPoints, takeUndoPoint } from './undo-point.ts';

/**
 * Carries out a plan: verify the archives, take the undo point, apply, compare. The run has the plan's id.
 * @throws HoldfastError `engine.confirmation-wrong`, `engine.read-only-cluster`, `engine.plan-used`, `engine.no-plan`
 */
export async function startRestore(
  context: EngineContext,
  planId: string,
  confirm: string,
  opening: Opening | undefined,
): Promise<Run> {
  const plan = await loadPlan(context, planId);
  const cluster = context.catalog.clusters.get(plan.cluster);
  if (confirm !== cluster.name)
    throw new HoldfastError('engine.confirmation-wrong', { cluster: cluster.name });
  if (cluster.readOnly) throw new HoldfastError('engine.read-only-cluster', { cluster: cluster.name });
  if (context.catalog.runs.find(planId) !== undefined) {
    throw new HoldfastError('engine.plan-used', { plan: planId, run: planId });
  }
  const { from } = plan.order;
  return context.runs.start(
    {
      id: plan.id,
      kind: from.of === 'undo' ? 'undo' : 'restore',
      reason: 'person',
      cluster: cluster.id,
      ...(from.of === 'undo' ? { undoes: from.run } : {}),
    },
    (recorder, signal) => carryOut(context, plan, opening, recorder, signal),
  );
}

/**
 * Goes on with a restore that did not end. Steps that the journal knows are left out, those that were under way
 * are tried again; the undo point of the first attempt stays the way back.
 * @throws HoldfastError `engine.not-resumable`
 */
export async function resumeRestore(
  context: EngineContext,
  runId: string,
  opening: Opening | undefined,
): Promise<Run> {
  const run = context.runs.show(runId);
  const resumable = run.state === 'interrupted' || run.state === 'cancelled' || run.state === 'failed';
  if (!resumable || (run.kind !== 'restore' && run.kind !== 'undo')) {
    throw new HoldfastError('engine.not-resumable', { run: runId, state: run.state });
  }
  const plan = await loadPlan(context, runId);
  const { name, readOnly } = context.catalog.clusters.get(plan.cluster);
  if (readOnly) throw new HoldfastError('engine.read-only-cluster', { cluster: name });
  return context.runs.start({ kind: run.kind, reason: run.reason, resume: run }, (recorder, signal) =>
    carryOut(context, plan, opening, recorder, signal),
  );
}

async function carryOut(
  context: EngineContext,
  plan: RestorePlan,
  opening: Opening | undefined,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const { from } = plan.order;
  if (from.of === 'point') recorder.attach({ point: from.point });
  await usingArchives(context, storedTarget(plan.order), opening, signal, async (found) => {
    const services = plan.services.map((service) => service.service);
    const archives = chooseServices(found, services);
    for (const archive of archives) await refuseUnsound(archive, recorder, signal);
    const path = journalPath(context, plan.id);
    const before = await readJournal(path);
    await discardStrayUndoPoints(context, plan.id, new Set(before.undone.values()), signal);
    const journal = await Journal.open(path);
    try {
      for (const archive of archives) {
        await restoreService({ context, plan, archive, journal, before }, recorder, signal);
      }
    } finally {
      await journal.close();
    }
  });
}

async function refuseUnsound(
  archive: FoundArchive,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  await recorder.during('verify', archive.service, async (step) => {
    const verification = await verifyFound(
      archive,
      'content',
      (done, total) => step.progress(done, total),
      signal,
    );
    const [first] = verification.damage;
    if (verification.sound) return;
    const damage = first === undefined ? 'unknown' : `${first.where}: ${first.problem}`;
    throw new HoldfastError('engine.archive-unsound', { archive: archive.name, damage });
  });
}

interface ServiceRestore {
  readonly context: EngineContext;
  readonly plan: RestorePlan;
  readonly archive: FoundArchive;
  readonly journal: Journal;
  readonly before: JournalState;
}

async function restoreService(
  restore: ServiceRestore,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const { context, plan, archive } = restore;
  const cluster = context.catalog.clusters.get(plan.cluster);
  const { manifest, records } = await openFound(archive, signal);
  const service = matchingService(cluster, { service: archive.service, source: manifest.source.id });
  const view = pointView(records, manifest);
  await usingService(context, cluster, service, signal, async (open) => {
    await secureWayBack(restore, open, view, recorder, signal);
    const steps = stepDirectory(context, plan.id, archive.service);
    const { journal, before } = restore;
    await applySteps(
      { plan, service: archive.service, open, view, steps, journal, before },
      recorder,
      signal,
    );
    await compareRestored(plan, archive.service, open, view, recorder, signal);
  });
}

async function secureWayBack(
  restore: ServiceRestore,
  open: OpenService,
  view: PointView,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const { context, plan, archive, journal, before } = restore;
  if (before.undone.has(archive.service)) return;
  const path = await takeUndoPoint(context, plan, archive.service, open, view, recorder, signal);
  await journal.append({ line: 'undo', service: archive.service, path });
  await journal.sync();
  recorder.log('info', `the undo point of ${archive.service} is ${join(context.paths.undo, path)}`);
}
