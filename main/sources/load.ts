import { setTimeout as delay } from 'node:timers/promises';
import { withSignal } from '../../shared/abort.ts';
import type { LoadLimits } from './contract.ts';

/** Longest burst, as a part of a second's objects. */
const BURST_SECONDS = 0.2;

/**
 * Keeps everything that one connection asks of a cluster within its load limits: so many requests under way,
 * so many objects a second. Who waits is served in order.
 */
export class LoadGate {
  readonly #limits: LoadLimits;
  #underWay = 0;
  readonly #queue: (() => void)[] = [];
  /** When the next objects may be asked for, on the monotonic clock. */
  #nextStart = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
  }

  /** Requests that may be under way at once. */
  get requestsInFlight(): number {
    return Math.max(1, this.#limits.requestsInFlight);
  }

  /** The largest batch, up to `wished` objects, that does not come as a burst. */
  batchSize(wished: number): number {
    const { objectsPerSecond } = this.#limits;
    if (objectsPerSecond === undefined) return wished;
    return Math.max(1, Math.min(wished, Math.ceil(objectsPerSecond * BURST_SECONDS)));
  }

  /** Waits for a place and for the pace, then does the work and frees the place. */
  async run<T>(objects: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    await this.#place();
    try {
      await this.#pace(objects, signal);
      signal?.throwIfAborted();
      return await work();
    } finally {
      this.#free();
    }
  }

  async #place(): Promise<void> {
    if (this.#underWay < this.requestsInFlight) {
      this.#underWay++;
      return;
    }
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  #free(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#underWay--;
    else next();
  }

  async #pace(objects: number, signal: AbortSignal | undefined): Promise<void> {
    const { objectsPerSecond } = this.#limits;
    if (objectsPerSecond === undefined) return;
    const now = performance.now();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + (objects / objectsPerSecond) * 1000;
    if (start > now) await delay(start - now, undefined, withSignal(signal));
  }
}
