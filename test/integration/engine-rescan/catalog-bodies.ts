import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { ClusterService } from '../../../shared/model/cluster.ts';

/** What the catalog's only cluster keeps of a service's options, references into the vault included. */
export function optionsInCatalog(dataDirectory: string, service: string): Record<string, unknown> {
  const sqlite = new Sqlite(join(dataDirectory, 'catalog.sqlite'), { readonly: true });
  try {
    const row = sqlite.prepare<[], { body: string }>('SELECT body FROM cluster').get();
    const { services } = JSON.parse(row?.body ?? '{}') as { services: ClusterService[] };
    const found = services.find((each) => each.service === service);
    if (found === undefined) throw new Error(`the catalog knows no ${service}`);
    return found.options;
  } finally {
    sqlite.close();
  }
}
