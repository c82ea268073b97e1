import type { ServiceEstimate, ServiceInventory } from '../../../shared/model/estimate.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Output } from './output.ts';
import { bytes, count, duration } from './quantity.ts';
import { facts } from './table.ts';
import { PHRASES } from './words.ts';

/** What a service holds, by kind. */
export function inventoryText({ service, lines, error }: ServiceInventory, output: Output): string {
  if (error !== undefined) return `${printable(service)}: ${printable(error.message)} [${error.code}]\n`;
  return facts([
    [output.word('service'), service],
    ...lines.map(({ kind, entries, bytes: size }) => {
      const counted = { entries: count(entries) };
      const amount =
        size === undefined
          ? output.words(PHRASES.counted, counted)
          : output.words(PHRASES.sized, { ...counted, bytes: bytes(size) });
      return [kind, amount] as const;
    }),
  ]);
}

/** What a backup of a service will probably be. */
export function estimateText(estimate: ServiceEstimate, output: Output): string {
  const { archiveBytes, keptBytes, milliseconds, last } = estimate;
  const about = (amount: string) => output.words(PHRASES.about, { amount });
  const rows = [
    ...(archiveBytes === undefined ? [] : [[output.word('archive'), about(bytes(archiveBytes))] as const]),
    ...(keptBytes === undefined ? [] : [[output.word('all copies'), about(bytes(keptBytes))] as const]),
    ...(milliseconds === undefined ? [] : [[output.word('time'), about(duration(milliseconds))] as const]),
    [
      output.word('from'),
      last === undefined ? output.words(NOT_YET) : output.words(PHRASES.ofPoint, { point: last.point }),
    ] as const,
  ];
  return inventoryText(estimate, output) + facts(rows);
}

const NOT_YET = {
  en: 'no backup yet: how large archives will be is not known',
  zh: '尚无备份：无法得知归档大小',
};
