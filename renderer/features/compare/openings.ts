import type { Opening } from '../../../shared/model/target.ts';
import type { Subject } from '../../ui/target/subject.ts';

/** What was given to open either side, as the contract takes it. */
export function openingsOf(left: Subject, right: Subject): { opening?: Opening; rightOpening?: Opening } {
  return {
    ...(left.opening === undefined ? {} : { opening: left.opening }),
    ...(right.opening === undefined ? {} : { rightOpening: right.opening }),
  };
}

/**
 * The side to ask for, and for whom the answer is tried: for the first one that is closed, and for the other one as
 * long as nothing else was given for it. Undefined where both are open.
 */
export function closedSide<S extends { readonly subject: Subject; readonly closed: boolean }>(
  sides: readonly S[],
): { readonly side: S; readonly texts: readonly string[] } | undefined {
  const side = sides.find(({ closed }) => closed);
  if (side === undefined) return undefined;
  const others = sides.filter(
    ({ subject, closed }) => closed && subject.text !== side.subject.text && subject.opening === undefined,
  );
  return { side, texts: [side, ...others].map(({ subject }) => subject.text) };
}
