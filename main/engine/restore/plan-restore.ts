import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { PlannedOrder, RestoreOrder, RestorePlan, ServicePlan } from '../../../shared/model/plan.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { RestoreRequest } from '../../sources/contract.ts';
import { type OpenService, usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { type FoundArchive, openFound } from '../points/found-archive.ts';
import { pointView } from '../points/point-view.ts';
import { type StoredTarget, usingArchives } from '../points/using-archives.ts';
import { savePlan, stepDirectory } from './plan-store.ts';
import { StepWriter } from './step-files.ts';

export type PlanProgress = (service: string, done: number, total?: number) => void;

/**
 * Compares the point with the live cluster and writes down every change that would make it so. Changes nothing.
 * @throws HoldfastError when the archives, the cluster or one of the services cannot be had.
 */
export async function planRestore(
  context: EngineContext,
  order: RestoreOrder,
  progress: PlanProgress,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const { opening, ...planned } = order;
  const from = storedTarget(planned);
  const id = context.surroundings.randomHex(8);
  return usingArchives(context, from, opening, signal, async (found) => {
    const chosen = chooseServices(found, order.services);
    const cluster = await targetCluster(context, order, from, chosen, signal);
    const services: ServicePlan[] = [];
    const checks: CheckResult[] = [];
    for (const archive of chosen) {
      const planned = await planService(context, id, order, archive, cluster, progress, signal);
      services.push(planned.plan);
      checks.push(...planned.checks);
    }
    const plan: RestorePlan = {
      id,
      created: context.surroundings.clock.now().toISOString(),
      order: planned,
      cluster: cluster.id,
      clusterName: cluster.name,
      services,
      checks,
      steps: services.reduce((sum, each) => sum + countSteps(each), 0),
    };
    await savePlan(context, plan);
    return plan;
  });
}

/** What a source is asked to restore. */
export function restoreRequest(order: PlannedOrder): RestoreRequest {
  const { select, mode, into } = order;
  return into === undefined ? { select, mode } : { select, mode, into };
}

/** The live service that an archive is restored into: the one of its name, else the only one of its kind. */
export function matchingService(cluster: Cluster, archive: { service: string; source: string }): string {
  const sameKind = cluster.services.filter((service) => service.source === archive.source);
  const sameName = sameKind.find((service) => service.service === archive.service);
  const [first, second] = sameKind;
  const match = sameName ?? (second === undefined ? first : undefined);
  if (match !== undefined) return match.service;
  const known = cluster.services.map((service) => service.service).join(', ');
  throw new HoldfastError('engine.no-service', { where: cluster.name, service: archive.service, known });
}

export function storedTarget(order: PlannedOrder): StoredTarget {
  if (order.from.of !== 'cluster') return order.from;
  throw new HoldfastError('general.invalid-input', {
    what: 'What to restore from',
    problem: 'a live cluster is not a recovery point',
  });
}

function countSteps(plan: ServicePlan): number {
  return plan.counts.reduce((sum, each) => sum + each.steps, 0);
}

export function chooseServices(
  found: readonly FoundArchive[],
  wanted: readonly string[],
): readonly FoundArchive[] {
  if (wanted.length === 0) return found;
  const known = found.map((archive) => archive.service).join(', ');
  return wanted.map((service) => {
    const archive = found.find((each) => each.service === service);
    if (archive !== undefined) return archive;
    throw new HoldfastError('engine.no-service', { where: 'The recovery point', service, known });
  });
}

/** The cluster named in the order; else the one the point came from, as this installation knows it. */
async function targetCluster(
  context: EngineContext,
  order: RestoreOrder,
  from: StoredTarget,
  archives: readonly FoundArchive[],
  signal: AbortSignal,
): Promise<Cluster> {
  if (order.to !== undefined) return context.catalog.clusters.byName(order.to);
  if (from.of === 'undo')
    return context.catalog.clusters.get(context.catalog.runs.get(from.run).cluster ?? '');
  if (from.of === 'point')
    return context.catalog.clusters.get(context.catalog.points.get(from.point).cluster);
  const [archive] = archives;
  if (archive === undefined) throw new HoldfastError('engine.cluster-unknown');
  const { manifest } = await openFound(archive, signal);
  const cluster = context.catalog.clusters.find(manifest.cluster.id);
  if (cluster === undefined) throw new HoldfastError('engine.cluster-unknown');
  return cluster;
}

async function planService(
  context: EngineContext,
  plan: string,
  order: RestoreOrder,
  archive: FoundArchive,
  cluster: Cluster,
  progress: PlanProgress,
  signal: AbortSignal,
): Promise<{ plan: ServicePlan; checks: readonly CheckResult[] }> {
  const { manifest, records } = await openFound(archive, signal);
  const service = matchingService(cluster, { service: archive.service, source: manifest.source.id });
  return usingService(context, cluster, service, signal, async ({ connection }) => {
    const checks = await restoreChecks(connection, signal);
    const writer = await StepWriter.create(stepDirectory(context, plan, archive.service));
    const notes: FidelityNote[] = [];
    const output = {
      step: (step: Parameters<StepWriter['write']>[0]) => writer.write(step),
      note: (note: FidelityNote) => {
        notes.push(note);
      },
      progress: (done: number, total?: number) => progress(archive.service, done, total),
    };
    try {
      await connection.plan(pointView(records, manifest), restoreRequest(order), output, signal);
    } finally {
      await writer.close();
    }
    return {
      plan: { service: archive.service, source: manifest.source.id, counts: [...writer.counts()], notes },
      checks,
    };
  });
}

async function restoreChecks(
  connection: OpenService['connection'],
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const checks: CheckResult[] = [];
  for await (const check of connection.check('restore', signal)) checks.push(check);
  return checks;
}
