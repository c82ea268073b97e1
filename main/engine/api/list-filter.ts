import type { Instant } from '../../../shared/model/identifier.ts';
import type { EngineContext } from '../context.ts';

/** What lists of runs and of points can be narrowed by; task and cluster by name or id. */
export interface ListInput {
  readonly task?: string | undefined;
  readonly cluster?: string | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

interface ListFilter {
  readonly task?: string;
  readonly cluster?: string;
  readonly since?: Instant;
  readonly until?: Instant;
  readonly after?: string;
  readonly limit: number;
}

/**
 * The same with ids, as the catalog takes it.
 * @throws HoldfastError `catalog.no-task`
 */
export function listFilter(engine: EngineContext, input: ListInput): ListFilter {
  const { task, cluster, since, until, after, limit } = input;
  return {
    limit,
    ...(task === undefined ? {} : { task: taskId(engine, task) }),
    ...(cluster === undefined ? {} : { cluster: clusterId(engine, cluster) }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(after === undefined ? {} : { after }),
  };
}

function taskId({ catalog: { tasks } }: EngineContext, task: string): string {
  return (tasks.findByName(task) ?? tasks.get(task)).id;
}

/** Points outlive their cluster: an id is taken as it is. */
function clusterId({ catalog: { clusters } }: EngineContext, cluster: string): string {
  return clusters.findByName(cluster)?.id ?? cluster;
}
