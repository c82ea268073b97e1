import { HoldfastError } from '../../shared/errors/error.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogDatabase } from './database.ts';

type Repositories = Pick<Catalog, 'clusters' | 'storages' | 'tasks' | 'runs' | 'points'>;

/** Looks at the structure of every page, every reference and every row; one sentence for each thing wrong. */
export function checkCatalog(database: CatalogDatabase, repositories: Repositories): string[] {
  const structure = attempt(() => [...pageFindings(database), ...referenceFindings(database)]);
  return structure.length > 0 ? structure : rowFindings(repositories);
}

function pageFindings(database: CatalogDatabase): string[] {
  return database
    .all('PRAGMA integrity_check')
    .map((row) => String(row.integrity_check))
    .filter((finding) => finding !== 'ok');
}

function referenceFindings(database: CatalogDatabase): string[] {
  return database
    .all('PRAGMA foreign_key_check')
    .map((row) => `${String(row.table)} refers to a missing ${String(row.parent)}`);
}

function rowFindings({ clusters, storages, tasks, runs, points }: Repositories): string[] {
  const readings = [
    () => clusters.list(),
    () => storages.list(),
    () => tasks.list(),
    () => runs.list({ limit: -1 }),
    () => points.list({ limit: -1 }),
  ];
  return readings.flatMap((read) =>
    attempt(() => {
      read();
      return [];
    }),
  );
}

/** What `look` finds; damage that keeps it from looking is a finding too. */
function attempt(look: () => string[]): string[] {
  try {
    return look();
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'catalog.damaged') return [error.message];
    throw error;
  }
}
