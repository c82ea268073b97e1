import type { StorageFill } from '../../../shared/model/overview.ts';
import { bytes, count } from './quantity.ts';
import { table } from './table.ts';

/** Storages under each other, with what lies in them and what is free. */
export function storageFillTable(storages: readonly StorageFill[]): string {
  return table<StorageFill>(
    [
      { title: 'STORAGE', cell: ({ name }) => name },
      { title: 'ARCHIVES', align: 'right', cell: ({ archives }) => count(archives) },
      { title: 'SIZE', align: 'right', cell: ({ archiveBytes }) => bytes(archiveBytes) },
      { title: 'FREE', align: 'right', cell: ({ free }) => (free === undefined ? '?' : bytes(free)) },
      { title: 'OF', align: 'right', cell: ({ total }) => (total === undefined ? '?' : bytes(total)) },
    ],
    storages,
  );
}
