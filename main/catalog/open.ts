import { closeSync, openSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import type { Catalog } from './catalog.ts';
import { checkCatalog } from './check.ts';
import { ClusterTable } from './clusters.ts';
import { CatalogDatabase, damaged, guardSqlite } from './database.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import { type ChangeListener, observed } from './observed.ts';
import { PointTable } from './points.ts';
import { RunTable } from './runs.ts';
import { StorageTable } from './storages.ts';
import { TaskTable } from './tasks.ts';

/** "HfCt": tells our catalogs from any other SQLite file. */
const APPLICATION_ID = 0x48664374;

/**
 * Opens the catalog, makes it when there is none, and brings its schema up to date. One process at a time has
 * it open: whoever holds the data directory.
 * @throws HoldfastError `catalog.too-new`, `catalog.damaged`, `catalog.failed`
 */
export function openCatalog(
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
  listener: ChangeListener = () => {},
): Catalog {
  const leftOpen = hasContent(`${path}-wal`);
  const database = new CatalogDatabase(guardSqlite(path, () => openSqlite(path)));
  try {
    identify(database);
    if (leftOpen) checkAfterCrash(database);
    migrate(database, migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  const tables = {
    clusters: new ClusterTable(database),
    storages: new StorageTable(database),
    tasks: new TaskTable(database),
    runs: new RunTable(database),
    points: new PointTable(database),
  };
  const catalog: Catalog = {
    ...tables,
    transaction: (work) => database.transaction(work),
    check: () => checkCatalog(database, tables),
    close: () => database.close(),
  };
  return observed(catalog, listener);
}

function openSqlite(path: string): Sqlite.Database {
  createPrivately(path);
  const sqlite = new Sqlite(path);
  try {
    sqlite.pragma('journal_mode = WAL');
    // Clusters and storages exist nowhere else: a change that was answered must survive a power cut.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** SQLite would make the file readable for all; its side files take over the rights of the file. */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('catalog.failed', { path, problem }, error);
  }
}

function hasContent(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Refuses an SQLite file that something else made. */
function identify(database: CatalogDatabase): void {
  const found = database.get('PRAGMA application_id')?.application_id;
  if (found === APPLICATION_ID) return;
  const tables = database.get("SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table'");
  if (found !== 0 || tables?.tables !== 0) throw damaged(database.path, detail('not-catalog'));
  database.script(`PRAGMA application_id = ${APPLICATION_ID}`);
}

/** A log that was not folded in means that the last process died: worth a look at the structure of every page. */
function checkAfterCrash(database: CatalogDatabase): void {
  const answer = String(database.get('PRAGMA quick_check(1)')?.quick_check);
  if (answer !== 'ok') throw damaged(database.path, answer);
}

function migrate(database: CatalogDatabase, migrations: readonly Migration[]): void {
  const known = migrations.at(-1)?.number ?? 0;
  database.transaction(() => {
    database.script(
      'CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT',
    );
    const found = Number(database.get('SELECT max(number) AS last FROM schema_migration')?.last ?? 0);
    if (found > known) throw new HoldfastError('catalog.too-new', { path: database.path, found, known });
    for (const migration of migrations.filter(({ number }) => number > found)) {
      database.script(migration.sql);
      database.run(
        'INSERT INTO schema_migration (number, name) VALUES (?, ?)',
        migration.number,
        migration.name,
      );
    }
  });
}
