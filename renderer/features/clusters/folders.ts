import { groupBy } from '../../../shared/group-by.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';

/** Clusters of one folder; those in none have an empty one. */
export interface Folder<T> {
  readonly folder: string;
  readonly clusters: readonly T[];
}

/** Clusters by folder: those in none first, then the folders in the language's order. */
export function byFolder<T extends Pick<Cluster, 'folder'>>(
  clusters: readonly T[],
  locale: string,
): readonly Folder<T>[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  return [...groupBy(clusters, ({ folder = '' }) => folder)]
    .map(([folder, members]) => ({ folder, clusters: members }))
    .sort((a, b) => collator.compare(a.folder, b.folder));
}
