import type { ServiceEstimate, ServiceInventory } from '../../../shared/model/estimate.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Output } from './output.ts';
import { bytes, count, duration } from './quantity.ts';
import { facts } from './table.ts';

/** What a service holds, by kind. */
export function inventoryText({ service, lines, error }: ServiceInventory): string {
  if (error !== undefined) return `${printable(service)}: ${printable(error.message)} [${error.code}]\n`;
  return facts([
    ['service', service],
    ...lines.map(({ kind, entries, bytes: size }) => {
      const sized = size === undefined ? '' : `, ${bytes(size)}`;
      return [kind, `${count(entries)} entries${sized}`] as const;
    }),
  ]);
}

/** What a backup of a service will probably be. */
export function estimateText(estimate: ServiceEstimate, output: Output): string {
  const { archiveBytes, keptBytes, milliseconds, last } = estimate;
  const rows = [
    ...(archiveBytes === undefined ? [] : [['archive', `about ${bytes(archiveBytes)}`] as const]),
    ...(keptBytes === undefined ? [] : [['all copies', `about ${bytes(keptBytes)}`] as const]),
    ...(milliseconds === undefined ? [] : [['time', `about ${duration(milliseconds)}`] as const]),
    ['from', last === undefined ? output.words(NOT_YET) : `point ${last.point}`] as const,
  ];
  return inventoryText(estimate) + facts(rows);
}

const NOT_YET = {
  en: 'no backup yet: how large archives will be is not known',
  zh: '尚无备份：无法得知归档大小',
};
