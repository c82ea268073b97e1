import type { PointArchive } from '../../../shared/model/point.ts';

/** An archive with what retention has to know of its point. */
export interface RetainedArchive {
  readonly archive: Pick<PointArchive, 'id' | 'set' | 'complete' | 'verified'>;
  /** Of its point. */
  readonly created: string;
  readonly pinned: boolean;
}

/**
 * Chooses what to remove so that the newest `maximumCopies` good sets stay. All archives given belong to one
 * source in one place. Only whole sets go: never an archive that another one of its set needs.
 *
 * A set counts as good when its newest archive is complete and none of its archives was found damaged when it was last
 * verified. Others don't count as copies; they go once they are older than the oldest set that is kept. A set with a pinned point stays and doesn't count either. The set of
 * `justMade`, the archive of this very run, is the newest whatever the clocks said: one that ran ahead for a while
 * must not make every new backup look old.
 * @returns ids of archives, each set from its newest to its oldest: an interrupted removal leaves whole chains.
 */
export function chooseRemovals(
  archives: readonly RetainedArchive[],
  maximumCopies: number,
  justMade: string,
): readonly string[] {
  const sets = groupSets(archives, justMade);
  const kept = sets.filter((set) => set.good && !set.pinned).slice(0, maximumCopies);
  const oldestKept = kept.at(-1);
  if (oldestKept === undefined) return [];
  return sets
    .slice(sets.indexOf(oldestKept) + 1)
    .filter((set) => !set.pinned)
    .flatMap((set) => set.members.map((member) => member.archive.id));
}

interface ArchiveSet {
  /** From the newest to the oldest. */
  readonly members: readonly RetainedArchive[];
  readonly newest: string;
  readonly good: boolean;
  readonly pinned: boolean;
}

/** Newest set first. */
function groupSets(archives: readonly RetainedArchive[], justMade: string): readonly ArchiveSet[] {
  const isNew = ({ members }: ArchiveSet) => members.some((member) => member.archive.id === justMade);
  return [...Map.groupBy(archives, (each) => each.archive.set).values()]
    .map((group) => setOf(group.toSorted((a, b) => compareText(b.created, a.created))))
    .toSorted((a, b) => Number(isNew(b)) - Number(isNew(a)) || compareText(b.newest, a.newest));
}

function setOf(members: readonly RetainedArchive[]): ArchiveSet {
  const [first] = members as [RetainedArchive];
  return {
    members,
    newest: first.created,
    good: first.archive.complete && members.every(({ archive }) => archive.verified?.sound !== false),
    pinned: members.some((member) => member.pinned),
  };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
