import { type Cluster, defaultLimits } from '../../../shared/model/cluster.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { LoadGate } from '../../sources/load.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import { connectSource, type ServiceAccess } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { mergedOptions } from '../definitions/changed-options.ts';
import type { OpenService } from '../open-service.ts';
import { checkOpened } from './check-task.ts';
import { openWay, type ProbedTunnel } from './tunnel-checks.ts';

/** A service as somebody is about to save it. */
export interface ProbedService {
  readonly source: string;
  readonly service: string;
  /** Secrets in the clear. */
  readonly options: RawOptions;
}

/**
 * Checks services that are not saved, or not so. Those of `saved` keep the options that are not given, and are
 * compared with what they were when they were backed up. What came of the cluster's tunnel comes first; where it cannot
 * be opened, nothing else is checked.
 */
export async function* probeServices(
  context: EngineContext,
  saved: Cluster | undefined,
  { services, tunnel }: { readonly services: readonly ProbedService[]; readonly tunnel?: ProbedTunnel },
  signal?: AbortSignal,
): AsyncGenerator<CheckResult> {
  const gate = saved === undefined ? new LoadGate(defaultLimits('production')) : context.load.gate(saved);
  const way = yield* openWay(context, saved, tunnel, signal);
  if (way === undefined) return;
  const { close, ...access } = way;
  try {
    for (const service of services) {
      const open = () => openProbed(context, saved, service, { gate, ...access }, signal);
      yield* checkOpened(service.service, saved?.name ?? service.service, open, signal);
    }
  } finally {
    close();
  }
}

async function openProbed(
  context: EngineContext,
  saved: Cluster | undefined,
  wish: ProbedService,
  access: ServiceAccess,
  signal: AbortSignal | undefined,
): Promise<OpenService> {
  const driver = findSourceDriver(wish.source);
  const known = saved?.services.find(
    ({ service, source }) => service === wish.service && source === wish.source,
  );
  const { service, options: given } = wish;
  const options =
    known === undefined
      ? parseOptions(driver.options, given, service)
      : await mergedOptions(
          { schema: driver.options, before: known.options, wish: given, what: service },
          context.vault,
        );
  const connection = await connectSource(context, driver, options, access, signal);
  return {
    driver,
    connection,
    dataSource: driver.dataSource,
    service: known ?? { source: driver.id, service, options: {} },
  };
}
