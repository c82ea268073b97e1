import { type Cluster, cluster } from '../../shared/model/cluster.ts';
import type { CatalogDatabase } from './database.ts';
import { NamedTable } from './named.ts';

/** The clusters. One that a task backs up cannot be removed. */
export class ClusterTable extends NamedTable<Cluster> {
  constructor(database: CatalogDatabase) {
    super(database, {
      table: 'cluster',
      schema: cluster,
      users: 'SELECT name FROM task WHERE cluster = ? ORDER BY name',
    });
  }
}
