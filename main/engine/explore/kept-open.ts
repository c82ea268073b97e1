import { untilAborted } from '../../../shared/abort.ts';
import type { Clock } from '../clock.ts';

/** Opens something and closes it when what `hold` gives has resolved. */
export type HoldOpen<P> = (signal: AbortSignal, hold: (opened: P) => Promise<void>) => Promise<void>;

/** Milliseconds for which something stays open when nobody uses it any more. */
const IDLE_TIME = 30_000;
const MOST_OPEN = 8;

interface Kept<P> {
  readonly opened: Promise<P>;
  readonly isOpen: () => boolean;
  /** Resolves when everything is closed again. */
  readonly closed: Promise<void>;
  close(): void;
  users: number;
  cancelIdle: () => void;
}

/**
 * Keeps open for half a minute what was used: whoever scrolls asks for page after page of it. What failed is opened
 * anew for the next one.
 */
export class KeptOpen<P> {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #kept = new Map<string, Kept<P>>();
  /** Also what nobody gets any more and is not closed yet. */
  readonly #unclosed = new Set<Promise<void>>();

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /** What is kept under the id, else what `open` opens; it stays open while the work lasts. */
  async using<T>(
    id: string,
    open: HoldOpen<P>,
    signal: AbortSignal | undefined,
    work: (opened: P) => Promise<T>,
  ): Promise<T> {
    const kept = this.#take(id, open);
    kept.users += 1;
    try {
      return await work(await untilAborted(kept.opened, signal));
    } catch (error) {
      // An abort says nothing of what is open.
      if (signal?.aborted !== true) this.#drop(id, kept);
      throw error;
    } finally {
      kept.users -= 1;
      this.#rest(id, kept);
    }
  }

  /** Closes everything. Nothing may be under way. */
  async close(): Promise<void> {
    for (const [id, kept] of [...this.#kept]) this.#drop(id, kept);
    await Promise.all(this.#unclosed);
  }

  #take(id: string, open: HoldOpen<P>): Kept<P> {
    const known = this.#kept.get(id);
    if (known === undefined) {
      const kept = begin(open);
      this.#kept.set(id, kept);
      this.#unclosed.add(kept.closed);
      kept.closed.then(() => this.#unclosed.delete(kept.closed));
      kept.opened.catch(() => this.#drop(id, kept));
      this.#closeSurplus();
      return kept;
    }
    known.cancelIdle();
    // The least recently used one stands first.
    this.#kept.delete(id);
    this.#kept.set(id, known);
    return known;
  }

  /** What nobody waits for any more is not opened to the end. */
  #rest(id: string, kept: Kept<P>): void {
    if (kept.users > 0) return;
    if (this.#kept.get(id) !== kept || !kept.isOpen()) this.#drop(id, kept);
    else kept.cancelIdle = this.#clock.after(IDLE_TIME, () => this.#drop(id, kept));
  }

  /** Nobody gets it any more; it is closed when those who use it have done. */
  #drop(id: string, kept: Kept<P>): void {
    kept.cancelIdle();
    if (this.#kept.get(id) === kept) this.#kept.delete(id);
    if (kept.users === 0) kept.close();
  }

  #closeSurplus(): void {
    for (const [id, kept] of [...this.#kept].slice(0, -MOST_OPEN)) {
      if (kept.users === 0) this.#drop(id, kept);
    }
  }
}

function begin<P>(open: HoldOpen<P>): Kept<P> {
  const opened = Promise.withResolvers<P>();
  const over = Promise.withResolvers<void>();
  const whileOpening = new AbortController();
  let isOpen = false;
  const closed = open(whileOpening.signal, (what) => {
    isOpen = true;
    opened.resolve(what);
    return over.promise;
  }).catch((error: unknown) => opened.reject(error));
  const close = () => {
    over.resolve();
    if (!isOpen) whileOpening.abort();
  };
  return {
    opened: opened.promise,
    isOpen: () => isOpen,
    closed,
    close,
    users: 0,
    cancelIdle: () => {},
  };
}
