import type { Point, PointArchive } from '../../../shared/model/point.ts';

/** What the timeline's members tell of a point, of a point with its archives. */
export function summaryOf({ archives, complete }: Pick<Point, 'archives' | 'complete'>) {
  const verified = worstVerification(archives);
  return {
    complete,
    bytes: archives.reduce((sum, { size }) => sum + size, 0),
    encrypted: archives.length > 0 && archives.every((archive) => archive.encrypted),
    signed: archives.length > 0 && archives.every(({ signer }) => signer !== undefined),
    notes: archives.reduce((sum, { notes }) => sum + notes.length, 0),
    ...(verified === undefined ? {} : { verified }),
  };
}

/** Damage in one archive is damage; else the oldest verification counts, and none when one was never verified. */
function worstVerification(archives: readonly PointArchive[]): PointArchive['verified'] {
  const all = archives.map(({ verified }) => verified);
  const damaged = all.find((each) => each?.sound === false);
  if (damaged !== undefined) return damaged;
  if (all.some((each) => each === undefined)) return undefined;
  return [...all].sort((a, b) => (a?.at ?? '').localeCompare(b?.at ?? ''))[0];
}
