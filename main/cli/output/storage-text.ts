import type { StorageFill } from '../../../shared/model/overview.ts';
import type { Output } from './output.ts';
import { bytes, count } from './quantity.ts';
import { table } from './table.ts';

/** Storages under each other, with what lies in them and what is free. */
export function storageFillTable(storages: readonly StorageFill[], output: Output): string {
  return table<StorageFill>(
    [
      { title: output.heading('storage'), cell: ({ name }) => name },
      { title: output.heading('archives'), align: 'right', cell: ({ archives }) => count(archives) },
      { title: output.heading('size'), align: 'right', cell: ({ archiveBytes }) => bytes(archiveBytes) },
      {
        title: output.heading('free'),
        align: 'right',
        cell: ({ free }) => (free === undefined ? '?' : bytes(free)),
      },
      {
        title: output.heading('of'),
        align: 'right',
        cell: ({ total }) => (total === undefined ? '?' : bytes(total)),
      },
    ],
    storages,
  );
}
