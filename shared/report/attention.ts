import type { Overview } from '../model/overview.ts';

/** Something that an administrator has to look at, worst first. */
export type Attention =
  | { readonly kind: 'overdue'; readonly task: string; readonly cluster: string; readonly since: string }
  | {
      readonly kind: 'failed';
      readonly task: string;
      readonly cluster: string;
      readonly run: string;
      readonly at: string;
    }
  | { readonly kind: 'unprotected'; readonly service: string; readonly cluster: string }
  | { readonly kind: 'full'; readonly storage: string; readonly free: number };

const TROUBLED = ['failed', 'interrupted', 'incomplete'];
/** A storage with less of itself free than this is told of. */
export const LEAST_FREE = 0.1;
const ORDER = ['overdue', 'failed', 'full', 'unprotected'];

/** What is not well. A task that is overdue is not told of again because its last run failed. */
export function findAttention(overview: Overview): readonly Attention[] {
  const found = [
    ...overview.clusters.flatMap((cluster) => [
      ...cluster.tasks.flatMap((task) => taskAttention(cluster.name, task)),
      ...cluster.services
        .filter(({ tasks }) => tasks.length === 0)
        .map(({ service }): Attention => ({ kind: 'unprotected', service, cluster: cluster.name })),
    ]),
    ...overview.storages.flatMap(({ name, total, free }): Attention[] =>
      total !== undefined && free !== undefined && free < total * LEAST_FREE
        ? [{ kind: 'full', storage: name, free }]
        : [],
    ),
  ];
  return found.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function taskAttention(cluster: string, task: Overview['clusters'][number]['tasks'][number]): Attention[] {
  if (task.overdueSince !== undefined) {
    return [{ kind: 'overdue', task: task.name, cluster, since: task.overdueSince }];
  }
  const { last } = task;
  if (last === undefined || !TROUBLED.includes(last.state)) return [];
  return [{ kind: 'failed', task: task.name, cluster, run: last.id, at: last.ended ?? last.started }];
}
