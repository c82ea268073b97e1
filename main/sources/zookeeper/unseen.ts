import { isWithin, type Key } from '../../../shared/order/key.ts';
import type { PointView } from '../contract.ts';
import { keyOf, pathOf } from './paths.ts';
import type { Mapping } from './selection.ts';

/** The code of the notes that name what a capture could not read. */
export const UNREADABLE_CODE = 'unreadable';

/** Where a capture could not look, in live keys: that the point has nothing there does not mean that nothing was there. */
export class Unseen {
  readonly #paths = new Set<string>();
  /** There were too many to name them: it may have been anywhere. */
  readonly everywhere: boolean;

  constructor({ notes }: Pick<PointView, 'notes'>, mapping: Pick<Mapping, 'from' | 'into'>) {
    this.everywhere = notes.some(({ code }) => code === `${UNREADABLE_CODE}-more`);
    for (const { code, params } of notes) {
      if (code === UNREADABLE_CODE) this.#add(keyOf(String(params.path)), mapping);
    }
  }

  /** Whether it is at or below such a place. */
  covers(key: Key): boolean {
    if (this.everywhere) return true;
    if (this.#paths.size === 0) return false;
    return key.some((_, at) => this.#paths.has(pathOf(key.slice(0, at + 1)))) || this.#paths.has('/');
  }

  /** Whether it is such a place itself. */
  begins(key: Key): boolean {
    return this.everywhere || this.#paths.has(pathOf(key));
  }

  #add(key: Key, { from, into }: Pick<Mapping, 'from' | 'into'>): void {
    if (isWithin(key, from)) this.#paths.add(pathOf([...into, ...key.slice(from.length)]));
    else if (isWithin(from, key)) this.#paths.add(pathOf(into));
  }
}
