/** Counts of one test run; its text is the run's last line. */
export class Tally {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  pass(count = 1): void {
    this.#passed += count;
  }

  fail(count = 1): void {
    this.#failed += count;
  }

  skip(count = 1): void {
    this.#skipped += count;
  }

  get ok(): boolean {
    return this.#failed === 0 && this.#passed > 0;
  }

  toString(): string {
    return `${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped`;
  }
}
