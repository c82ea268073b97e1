import type { Overview } from '../../../shared/model/overview.ts';

/** A run that will start by itself. */
export interface NextRun {
  readonly task: string;
  readonly cluster: string;
  readonly at: string;
}

/** The runs that come next, one of each task, the soonest first. */
export function nextRuns({ clusters }: Pick<Overview, 'clusters'>, most: number): readonly NextRun[] {
  return clusters
    .flatMap(({ name: cluster, tasks }) =>
      tasks.flatMap(({ name: task, next }) => (next === undefined ? [] : [{ task, cluster, at: next }])),
    )
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(0, most);
}
