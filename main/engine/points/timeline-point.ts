import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';

/** A point as a timeline shows it. */
export function timelinePoint({ archives, ...point }: Point): TimelinePoint {
  const verified = verifiedAll(archives);
  return {
    ...point,
    services: archives.map(({ service }) => service),
    bytes: archives.reduce((sum, { size }) => sum + size, 0),
    encrypted: archives.every(({ encrypted }) => encrypted),
    signed: archives.every(({ signer }) => signer !== undefined),
    notes: archives.reduce((sum, { notes }) => sum + notes.length, 0),
    ...(verified === undefined ? {} : { verified }),
  };
}

/** One damaged archive is told though others were never looked at. */
function verifiedAll(archives: readonly PointArchive[]): TimelinePoint['verified'] {
  const proofs = archives.flatMap(({ verified }) => (verified === undefined ? [] : [verified]));
  const damaged = proofs.find(({ sound }) => !sound);
  if (damaged !== undefined) return damaged;
  const [first] = proofs.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (first === undefined || proofs.length < archives.length) return undefined;
  const level = proofs.some((proof) => proof.level === 'file') ? 'file' : 'content';
  return { ...first, level };
}
