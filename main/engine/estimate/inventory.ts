import { reportError } from '../../../shared/errors/error.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { ServiceInventory } from '../../../shared/model/estimate.ts';
import { errorReport } from '../../../shared/model/run.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import { findService, usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';

/** Counts what a selection of a service holds. A service that cannot be asked is a result, not an exception. */
export async function takeInventory(
  context: EngineContext,
  cluster: Cluster,
  service: string,
  selection: RawOptions,
  signal?: AbortSignal,
): Promise<ServiceInventory> {
  const driver = findSourceDriver(findService(cluster, service).source);
  const wanted = parseOptions(driver.selection, selection, service) as JsonObject;
  try {
    const lines = await usingService(context, cluster, service, signal, ({ connection }) =>
      connection.inventory(wanted, signal),
    );
    return { service, lines: lines.map((line) => ({ ...line })) };
  } catch (error) {
    signal?.throwIfAborted();
    return { service, lines: [], error: errorReport.parse(reportError(error)) };
  }
}
