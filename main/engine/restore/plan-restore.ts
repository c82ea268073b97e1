import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { PlannedOrder, RestoreOrder, RestorePlan, ServicePlan } from '../../../shared/model/plan.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { PointView, RestoreRequest, SourceConnection } from '../../sources/contract.ts';
import { usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import type { OpenService } from '../open-service.ts';
import { type FoundArchive, openFound } from '../points/found-archive.ts';
import { pointView } from '../points/point-view.ts';
import { usingArchives } from '../points/using-archives.ts';
import { checkIdentity } from '../preflight/identity-check.ts';
import { removePlan, savePlan, stepDirectory, sweepPlans } from './plan-store.ts';
import { checkCompleteness } from './point-checks.ts';
import {
  knownIdentity,
  pairServices,
  type RestorePair,
  storedTarget,
  targetCluster,
} from './restore-target.ts';
import { StepWriter } from './step-files.ts';

export type PlanProgress = (service: string, done: number, total?: number) => void;

/**
 * Compares the point with the live cluster and writes down every change that would make it so. Changes nothing. Plans
 * that nobody carried out within a day go.
 * @throws HoldfastError when the archives, the cluster or one of the services cannot be had.
 */
export async function planRestore(
  context: EngineContext,
  order: RestoreOrder,
  progress: PlanProgress,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const { opening, ...planned } = order;
  if (planned.from.of === 'undo') refuseUndoOfRunning(context, planned.from.run);
  await sweepPlans(context);
  const id = context.surroundings.randomHex(8);
  try {
    const target = storedTarget(planned);
    const planning = async (archives: readonly FoundArchive[]) => {
      const cluster = targetCluster(context, planned, archives);
      const work: Planning = { context, id, order: planned, cluster, progress, signal };
      const services: PlannedService[] = [];
      for (const pair of pairServices(cluster, archives)) services.push(await planService(work, pair));
      const plan = assemble(work, services, checkCompleteness(context, planned, archives));
      await savePlan(context, plan);
      return plan;
    };
    return await usingArchives(context, target, opening, signal, planning, order.services);
  } catch (error) {
    await removePlan(context, id);
    throw error;
  }
}

function refuseUndoOfRunning(context: EngineContext, run: string): void {
  if (context.runs.show(run).state === 'running')
    throw new HoldfastError('engine.restore-under-way', { run });
}

/** What a source is asked to restore. */
export function restoreRequest(order: PlannedOrder): RestoreRequest {
  const { select, mode, into } = order;
  return into === undefined ? { select, mode } : { select, mode, into };
}

/** @throws HoldfastError `engine.checks-failed` when a check of the plan says that the restore cannot work. */
export function refuseFailedChecks(plan: RestorePlan): void {
  const failed = plan.checks.filter((check) => check.result === 'failed');
  if (failed.length === 0) return;
  throw new HoldfastError('engine.checks-failed', {
    checks: failed.map(({ check, finding }) => `${check}: ${finding.en}`),
  });
}

interface Planning {
  readonly context: EngineContext;
  readonly id: string;
  readonly order: PlannedOrder;
  readonly cluster: Cluster;
  readonly progress: PlanProgress;
  readonly signal: AbortSignal;
}

interface PlannedService {
  readonly plan: ServicePlan;
  readonly checks: readonly CheckResult[];
}

function assemble(
  { context, id, order, cluster }: Planning,
  planned: readonly PlannedService[],
  completeness: readonly CheckResult[],
): RestorePlan {
  const services = planned.map(({ plan }) => plan);
  return {
    id,
    created: context.surroundings.clock.now().toISOString(),
    order,
    cluster: cluster.id,
    clusterName: cluster.name,
    services,
    checks: [...completeness, ...planned.flatMap(({ checks }) => checks)],
    steps: services.flatMap(({ counts }) => counts).reduce((sum, { steps }) => sum + steps, 0),
  };
}

async function planService(work: Planning, pair: RestorePair): Promise<PlannedService> {
  const { context, id, order, cluster, signal } = work;
  const { archive, into } = pair;
  const { manifest, records } = await openFound(archive, signal);
  return usingService(context, cluster, into, signal, async (open) => {
    const { connection } = open;
    const checks = await restoreChecks(open, cluster, pair, signal);
    const writer = await StepWriter.create(stepDirectory(context, id, archive.service));
    const notes: FidelityNote[] = [];
    const output = {
      step: (step: Parameters<StepWriter['write']>[0]) => writer.write(step),
      note: (note: FidelityNote) => {
        notes.push(note);
      },
      progress: (done: number, total?: number) => work.progress(archive.service, done, total),
    };
    const view = pointView(records, manifest);
    const request = restoreRequest(order);
    try {
      await connection.plan(view, request, output, signal);
    } finally {
      await writer.close();
    }
    const counts = [...writer.counts()];
    // Without a note on it nothing stays as it is, and steps are followed by a comparison.
    const differs =
      counts.length === 0 && notes.length > 0 && (await isDifferent(connection, view, request, signal));
    const plan = { service: archive.service, into, source: manifest.source.id, counts, notes, differs };
    return { plan, checks };
  });
}

async function isDifferent(
  connection: SourceConnection,
  view: PointView,
  request: RestoreRequest,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const batch of connection.compare(view, request, signal)) if (batch.length > 0) return true;
  return false;
}

async function restoreChecks(
  open: OpenService,
  cluster: Cluster,
  pair: RestorePair,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const known = knownIdentity(cluster, pair);
  const identity = await Array.fromAsync(checkIdentity(open, cluster.name, known, signal));
  return [...identity, ...(await Array.fromAsync(open.connection.check('restore', signal)))];
}
