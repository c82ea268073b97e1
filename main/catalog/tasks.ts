import { HoldfastError } from '../../shared/errors/error.ts';
import { type Task, task } from '../../shared/model/task.ts';
import type { CatalogDatabase } from './database.ts';
import { NamedTable } from './named.ts';

/**
 * The tasks. A task names a cluster and storages that are there: `catalog.no-cluster`, `catalog.no-storage`. Only a
 * source that is marked so may name one that is not.
 */
export class TaskTable extends NamedTable<Task> {
  constructor(database: CatalogDatabase) {
    super(database, { table: 'task', schema: task });
  }

  protected override insert({ id, name, cluster, ...body }: Task): void {
    this.#clusterIsThere(cluster);
    this.database.run(
      'INSERT INTO task (id, name, cluster, body) VALUES (?, ?, ?, ?)',
      id,
      name,
      cluster,
      JSON.stringify(body),
    );
    this.#linkStorages(id, body.sources);
  }

  protected override replace({ id, name, cluster, ...body }: Task): void {
    this.#clusterIsThere(cluster);
    this.database.run(
      'UPDATE task SET name = ?, cluster = ?, body = ? WHERE id = ?',
      name,
      cluster,
      JSON.stringify(body),
      id,
    );
    this.database.run('DELETE FROM task_storage WHERE task = ?', id);
    this.#linkStorages(id, body.sources);
  }

  #clusterIsThere(id: string): void {
    if (this.database.get('SELECT 1 FROM cluster WHERE id = ?', id) === undefined) {
      throw new HoldfastError('catalog.no-cluster', { name: id });
    }
  }

  #linkStorages(id: string, sources: Task['sources']): void {
    const known = sources.filter(({ unknownStorage }) => unknownStorage === undefined);
    for (const storage of new Set(known.map((source) => source.storage))) {
      if (this.database.get('SELECT 1 FROM storage WHERE id = ?', storage) === undefined) {
        throw new HoldfastError('catalog.no-storage', { name: storage });
      }
      this.database.run('INSERT INTO task_storage (task, storage) VALUES (?, ?)', id, storage);
    }
  }
}
