/**
 * Lets so many pieces of work be under way at once. The first failure is thrown from the next `add` or `drain`; work
 * that had begun by then goes on unobserved.
 */
export class Window {
  readonly #limit: number;
  readonly #underWay: Promise<void>[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a place, the oldest work's, before it takes the new one. */
  async add(work: () => Promise<void>): Promise<void> {
    while (this.#underWay.length >= this.#limit) await this.#underWay.shift();
    const promise = work();
    // Noticed when its turn comes; until then it must not count as unhandled.
    promise.catch(() => {});
    this.#underWay.push(promise);
  }

  /** Waits for everything. */
  async drain(): Promise<void> {
    while (this.#underWay.length > 0) await this.#underWay.shift();
  }
}
