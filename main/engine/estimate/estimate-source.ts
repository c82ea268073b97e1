import type { Cluster } from '../../../shared/model/cluster.ts';
import type { ServiceEstimate } from '../../../shared/model/estimate.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { RawOptions } from '../../../shared/options/parse.ts';
import type { EngineContext } from '../context.ts';
import { takeInventory } from './inventory.ts';

export interface EstimatedSource {
  readonly service: string;
  readonly selection: RawOptions;
  readonly maximumCopies: number;
}

/** What a backup of a service will probably be. */
export async function estimateSource(
  context: EngineContext,
  cluster: Cluster,
  { service, selection, maximumCopies }: EstimatedSource,
  signal?: AbortSignal,
): Promise<ServiceEstimate> {
  const inventory = await takeInventory(context, cluster, service, selection, signal);
  const last = lastCapture(context, cluster, service);
  if (inventory.error !== undefined) return { ...inventory, ...(last && { last }) };
  const entries = inventory.lines.reduce((sum, line) => sum + line.entries, 0);
  if (last === undefined) return { ...inventory, entries };
  const scaled = (value: number) => Math.round(last.entries === 0 ? value : (value * entries) / last.entries);
  const archiveBytes = scaled(last.bytes);
  return {
    ...inventory,
    entries,
    archiveBytes,
    keptBytes: archiveBytes * maximumCopies,
    ...(last.milliseconds === undefined ? {} : { milliseconds: scaled(last.milliseconds) }),
    last,
  };
}

/** The last good archive of the service, whichever task made it. */
function lastCapture(
  { catalog }: EngineContext,
  { id: cluster }: Cluster,
  service: string,
): ServiceEstimate['last'] {
  const good = catalog.points.lastGood({ cluster, service });
  if (good === undefined) return undefined;
  const archive = catalog.points.get(good.id).archives.find((each) => each.service === service);
  if (archive === undefined) return undefined;
  const milliseconds = captureTime(catalog.runs.find(good.id), service);
  return {
    point: good.id,
    at: good.created,
    bytes: archive.size,
    entries: Object.values(archive.counts).reduce((sum, count) => sum + count.entries, 0),
    ...(milliseconds === undefined ? {} : { milliseconds }),
  };
}

/** A point's run bears its id; points that a rescan found have none here. */
function captureTime(run: Run | undefined, service: string): number | undefined {
  const step = run?.steps.find(({ name, subject }) => name === 'capture' && subject === service);
  return step?.ended === undefined ? undefined : Date.parse(step.ended) - Date.parse(step.started);
}
