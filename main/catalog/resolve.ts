import { HoldfastError } from '../../shared/errors/error.ts';
import type { CatalogDatabase } from './database.ts';

/**
 * The full id behind its beginning, as people type it.
 * @throws HoldfastError `catalog.ambiguous-id`; undefined when no id begins so.
 */
export function resolveId(database: CatalogDatabase, table: 'run' | 'point', id: string): string | undefined {
  // "g" sorts behind every hex digit.
  const found = database.all(`SELECT id FROM ${table} WHERE id >= ? AND id < ? LIMIT 2`, id, `${id}g`);
  if (found.length > 1) throw new HoldfastError('catalog.ambiguous-id', { id });
  return found[0] === undefined ? undefined : String(found[0].id);
}
