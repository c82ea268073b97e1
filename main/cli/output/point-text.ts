import type { HeldPoint } from '../../../shared/contract/contract.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';
import { noteLines } from './note-text.ts';
import type { Output } from './output.ts';
import { bytes, count, instantText } from './quantity.ts';
import { facts, table } from './table.ts';

/** Recovery points under each other. */
export function pointTable(points: readonly Point[]): string {
  return table<Point>(
    [
      { title: 'POINT', cell: (point) => point.id },
      { title: 'TASK', cell: (point) => point.taskName },
      { title: 'CLUSTER', cell: (point) => point.clusterName },
      { title: 'CREATED', cell: (point) => instantText(point.created) },
      { title: 'SERVICES', cell: (point) => point.archives.map(({ service }) => service).join(', ') },
      { title: 'SIZE', align: 'right', cell: (point) => bytes(sizeOf(point)) },
      { title: '', cell: flagsOf },
    ],
    points,
  );
}

function sizeOf(point: Point): number {
  return point.archives.reduce((sum, archive) => sum + archive.size, 0);
}

function flagsOf({ complete, pinned }: Point): string {
  return [...(complete ? [] : ['incomplete']), ...(pinned ? ['pinned'] : [])].join(', ');
}

/** Everything about one point. */
export function pointDetails(point: HeldPoint, output: Output): string {
  const head = facts([
    ['point', point.id],
    ['task', point.taskName],
    ['cluster', point.clusterName],
    ['created', instantText(point.created)],
    ['complete', point.complete ? 'yes' : 'no'],
    ['pinned', point.pinned ? 'yes' : 'no'],
    ...(point.heldBy === undefined ? [] : [['needed by', `restore ${point.heldBy}`] as const]),
  ]);
  return head + point.archives.map((archive) => archiveDetails(archive, output)).join('');
}

function archiveDetails(archive: PointArchive, output: Output): string {
  const { verified } = archive;
  const counts = Object.entries(archive.counts).map(([kind, { entries, bytes: size }]) => {
    return [kind, `${count(entries)} entries, ${bytes(size)}`] as const;
  });
  const details = facts([
    ['service', archive.service],
    ['version', archive.version ?? 'unknown'],
    ['file', archive.path],
    ['size', bytes(archive.size)],
    ['sealed', archive.encrypted ? 'yes' : 'no'],
    ['signed by', archive.signer ?? 'nobody'],
    ['position', JSON.stringify(archive.position)],
    ['verified', verified === undefined ? 'never' : verificationText(verified)],
    ...counts,
  ]);
  return `\n${details}${noteLines(archive.source, archive.notes, output)}`;
}

function verificationText({ at, level, sound }: NonNullable<PointArchive['verified']>): string {
  return `${instantText(at)} (${level}): ${sound ? 'sound' : 'DAMAGED'}`;
}
