import type { BlockForm } from '../layout/block-form.ts';
import { BLOCK_LIMIT } from '../layout/format.ts';

/** Blocks that may be on the thread pool before the writer waits: enough to keep its four threads busy. */
const MOST_IN_FLIGHT = 5;
const MOST_SPARE_BUFFERS = 6;

/** Compresses blocks on the thread pool, counts those in flight, and keeps used buffers for the next blocks. */
export class BlockPress {
  readonly #form: BlockForm;
  readonly #spare: Buffer[] = [];
  #inFlight = 0;
  #waiters: (() => void)[] = [];

  constructor(form: BlockForm) {
    this.#form = form;
  }

  get isBusy(): boolean {
    return this.#inFlight >= MOST_IN_FLIGHT;
  }

  /** Resolves when a block can be started without piling up. */
  room(): Promise<void> {
    if (!this.isBusy) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  deflate(plain: Buffer): Promise<Buffer> {
    this.#inFlight++;
    const deflated = this.#form.deflate(plain);
    deflated.then(
      () => this.#landed(),
      () => this.#landed(),
    );
    return deflated;
  }

  /** A buffer of a block's size. */
  takeBuffer(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(BLOCK_LIMIT);
  }

  /** Gives a buffer of {@link takeBuffer} back once nothing reads it any more. */
  giveBack(buffer: Buffer): void {
    if (this.#spare.length < MOST_SPARE_BUFFERS) this.#spare.push(buffer);
  }

  #landed(): void {
    this.#inFlight--;
    if (!this.isBusy) for (const wake of this.#waiters.splice(0)) wake();
  }
}
