const WINDOW_MILLISECONDS = 10_000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

/** How fast something goes, over the last ten seconds: a start or a pause long ago does not count. */
export class Rate {
  readonly #now: () => number;
  #samples: Sample[] = [];

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes how much is done in all. */
  note(done: number): void {
    const at = this.#now();
    this.#samples.push({ at, done });
    // One sample older than the window stays: the rate is measured from it.
    while ((this.#samples[1]?.at ?? at) <= at - WINDOW_MILLISECONDS) this.#samples.shift();
  }

  /** Per second; undefined before there is anything to measure. */
  get perSecond(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at === first.at) return undefined;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }
}
