import type { Difference } from '../../contract.ts';
import { courseOf, type Judged, judgedPairs, type Restoring } from './course.ts';

/**
 * What differs between the point and the live cluster, as far as a restore would care: ids of topics are new, offsets
 * end where the log does, levels of features may be higher, and internal topics count on neither side.
 */
export async function* compare(options: Restoring): AsyncGenerator<readonly Difference[]> {
  const course = await courseOf(options);
  for await (const batch of judgedPairs(course)) {
    const differences = batch.map(differenceOf).filter((each) => each !== undefined);
    if (differences.length > 0) yield differences;
  }
}

function differenceOf({ pair, judgement: { difference: members } }: Judged): Difference | undefined {
  if (members === undefined) return undefined;
  const { left, right } = pair;
  const { key, kind } = left ?? right;
  if (left === undefined) return { change: 'added', key, kind, members: [], right };
  if (right === undefined) return { change: 'removed', key, kind, members: [], left };
  return { change: 'changed', key, kind, members, left, right };
}
