import { type StorageConfig, storageConfig } from '../../shared/model/storage.ts';
import type { CatalogDatabase } from './database.ts';
import { NamedTable } from './named.ts';
import { dropArchives } from './points.ts';

/** The storages. One that a task writes to cannot be removed; else what was known of its archives goes too. */
export class StorageTable extends NamedTable<StorageConfig> {
  constructor(database: CatalogDatabase) {
    super(database, {
      table: 'storage',
      schema: storageConfig,
      users:
        'SELECT name FROM task JOIN task_storage ON task_storage.task = task.id WHERE storage = ? ORDER BY name',
    });
  }

  protected override release(id: string): void {
    dropArchives(this.database, 'storage', id);
  }
}
