import type { Entry } from '../../../shared/model/entry.ts';
import type { CaptureOutput } from '../contract.ts';
import { GROUP, OFFSETS, TOPIC } from './content.ts';
import { selectedGroups } from './read/groups.ts';
import type { Reading } from './reading.ts';

/**
 * How far a first pass has come, in objects; offsets go with their group. The total is known once topics and groups are
 * listed: what there is beside them is small.
 */
export class Progress {
  readonly #output: CaptureOutput;
  #listed: number | undefined;
  #ofLists = 0;
  #others = 0;

  /** Asks for the lists that the pass itself reads. */
  constructor(reading: Reading, output: CaptureOutput) {
    this.#output = output;
    countListed(reading).then(
      (listed) => {
        this.#listed = listed;
      },
      // Whoever reads the branch meets the failure.
      () => {},
    );
  }

  add({ kind }: Entry): void {
    if (kind === TOPIC || kind === GROUP) this.#ofLists++;
    else if (kind !== OFFSETS) this.#others++;
  }

  tell(): void {
    const done = this.#ofLists + this.#others;
    if (this.#listed === undefined) this.#output.progress(done);
    else this.#output.progress(done, Math.max(done, this.#listed + this.#others));
  }
}

async function countListed(reading: Reading): Promise<number> {
  const { branches } = reading.scope;
  const lists = await Promise.all([
    branches.has('topics') ? reading.topics() : [],
    branches.has('groups') ? selectedGroups(reading) : [],
  ]);
  return lists.reduce((sum, { length }) => sum + length, 0);
}
