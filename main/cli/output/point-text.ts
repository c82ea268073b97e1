import type { HeldPoint } from '../../../shared/contract/contract.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';
import { noteLines } from './note-text.ts';
import type { Output } from './output.ts';
import { bytes, count, instantText } from './quantity.ts';
import { facts, table } from './table.ts';
import { PHRASES } from './words.ts';

/** Recovery points under each other. */
export function pointTable(points: readonly Point[], output: Output): string {
  return table<Point>(
    [
      { title: output.heading('point'), cell: (point) => point.id },
      { title: output.heading('task'), cell: (point) => point.taskName },
      { title: output.heading('cluster'), cell: (point) => point.clusterName },
      { title: output.heading('created'), cell: (point) => instantText(point.created) },
      {
        title: output.heading('services'),
        cell: (point) => point.archives.map(({ service }) => service).join(', '),
      },
      { title: output.heading('size'), align: 'right', cell: (point) => bytes(sizeOf(point)) },
      { title: '', cell: (point) => flagsOf(point, output) },
    ],
    points,
  );
}

function sizeOf(point: Point): number {
  return point.archives.reduce((sum, archive) => sum + archive.size, 0);
}

function flagsOf({ complete, pinned }: Point, output: Output): string {
  return [...(complete ? [] : [output.word('incomplete')]), ...(pinned ? [output.word('pinned')] : [])].join(
    ', ',
  );
}

/** Everything about one point. */
export function pointDetails(point: HeldPoint, output: Output): string {
  const head = facts([
    [output.word('point'), point.id],
    [output.word('task'), point.taskName],
    [output.word('cluster'), point.clusterName],
    [output.word('created'), instantText(point.created)],
    [output.word('complete'), point.complete ? output.word('yes') : output.word('no')],
    [output.word('pinned'), point.pinned ? output.word('yes') : output.word('no')],
    ...(point.heldBy === undefined
      ? []
      : [[output.word('needed by'), output.words(PHRASES.ofRestore, { run: point.heldBy })] as const]),
  ]);
  return head + point.archives.map((archive) => archiveDetails(archive, output)).join('');
}

function archiveDetails(archive: PointArchive, output: Output): string {
  const { verified } = archive;
  const counts = Object.entries(archive.counts).map(([kind, { entries, bytes: size }]) => {
    return [kind, output.words(PHRASES.sized, { entries: count(entries), bytes: bytes(size) })] as const;
  });
  const details = facts([
    [output.word('service'), archive.service],
    [output.word('version'), archive.version ?? output.word('unknown')],
    [output.word('file'), archive.path],
    [output.word('size'), bytes(archive.size)],
    [output.word('sealed'), archive.encrypted ? output.word('yes') : output.word('no')],
    [output.word('signed by'), archive.signer ?? output.word('nobody')],
    [output.word('position'), JSON.stringify(archive.position)],
    [
      output.word('verified'),
      verified === undefined ? output.word('never') : verificationText(verified, output),
    ],
    ...counts,
  ]);
  return `\n${details}${noteLines(archive.source, archive.notes, output)}`;
}

function verificationText(
  { at, level, sound }: NonNullable<PointArchive['verified']>,
  output: Output,
): string {
  const result = output.word(sound ? 'sound' : 'DAMAGED');
  return output.words(PHRASES.verifiedAt, { at: instantText(at), level, result });
}
