import type { Opening } from '../../../shared/model/target.ts';
import type { Subject } from '../../ui/target/subject.ts';

/** What was given to open either side, as one. */
export function openingOfBoth(left: Subject, right: Subject): { opening?: Opening } {
  const given = [left.opening, right.opening].filter((opening) => opening !== undefined);
  if (given.length === 0) return {};
  const passphrase = given.find((opening) => opening.passphrase !== undefined)?.passphrase;
  const keys = [...new Set(given.flatMap((opening) => opening.keys ?? []))];
  return {
    opening: {
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(keys.length === 0 ? {} : { keys }),
    },
  };
}
