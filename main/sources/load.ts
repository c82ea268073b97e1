import { setTimeout as delay } from 'node:timers/promises';
import { withSignal } from '../../shared/abort.ts';

/** Limits on the load that is put on a cluster. */
export interface LoadLimits {
  /** Requests (or batches, where the protocol has them) under way at once. */
  readonly requestsInFlight: number;
  /** Objects read or written per second; undefined: as fast as the service answers. */
  readonly objectsPerSecond?: number | undefined;
}

/** Longest burst, as a part of a second's objects. */
const BURST_SECONDS = 0.2;

/**
 * Keeps everything that is asked of a cluster through it within the cluster's load limits: so many requests under way,
 * so many objects a second. Who waits is served in order.
 */
export class LoadGate {
  readonly #limits: LoadLimits;
  #underWay = 0;
  readonly #queue = new Set<() => void>();
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

  /**
   * Waits for a place and for the pace, then does the work and frees the place. Work that is aborted before it
   * begins gives back what it would have used.
   */
  async run<T>(objects: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    await this.#place(signal);
    try {
      signal?.throwIfAborted();
      await this.#pace(objects, signal);
      return await work();
    } finally {
      this.#free();
    }
  }

  async #place(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#underWay < this.requestsInFlight) {
      this.#underWay++;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#queue.delete(resolve);
      reject(signal?.reason);
    };
    this.#queue.add(resolve);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  #free(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#underWay--;
      return;
    }
    this.#queue.delete(next);
    next();
  }

  async #pace(objects: number, signal: AbortSignal | undefined): Promise<void> {
    const { objectsPerSecond } = this.#limits;
    if (objectsPerSecond === undefined) return;
    const cost = (objects / objectsPerSecond) * 1000;
    const now = performance.now();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + cost;
    if (start <= now) return;
    try {
      await delay(start - now, undefined, withSignal(signal));
    } catch (error) {
      this.#nextStart -= cost;
      signal?.throwIfAborted();
      throw error;
    }
  }
}
