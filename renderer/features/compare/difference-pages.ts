import type { ShownDifference } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { RowSource } from '../../ui/table-rows.ts';

/** Reads the differences after a key, `limit` at most; fewer are the last ones. */
export type DifferenceReader = (
  after: Key | undefined,
  limit: number,
  signal: AbortSignal,
) => Promise<readonly ShownDifference[]>;

export interface DifferencesState {
  readonly source: RowSource<ShownDifference>;
  readonly status: 'loading' | 'ready' | 'failed';
  /** All of them were reached once: the length of the list is known. */
  readonly complete: boolean;
  readonly error: unknown;
}

export const PAGE_ROWS = 500;
/** Pages that are kept on either side of what is in sight. */
const KEPT_AROUND = 6;

/**
 * Differences page after page. Where a page begins is only known when the one before it has come; then it is
 * remembered, and the page itself is let go when it is far out of sight.
 */
export class DifferencePages {
  readonly #read: DifferenceReader;
  /** By page: the key after which it begins. */
  readonly #starts: (Key | undefined)[] = [undefined];
  readonly #pages = new Map<number, readonly ShownDifference[]>();
  readonly #listeners = new Set<() => void>();
  readonly #abort = new AbortController();
  #known = 0;
  #complete = false;
  #pending: number | undefined;
  #failed: { readonly page: number; readonly error: unknown } | undefined;
  #state: DifferencesState;

  constructor(read: DifferenceReader) {
    this.#read = read;
    this.#state = this.#snapshot();
  }

  readonly state = (): DifferencesState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the first page. */
  start(): void {
    void this.#load(0);
  }

  /** Asks again for what failed. */
  retry(): void {
    const { page } = this.#failed ?? {};
    this.#failed = undefined;
    if (page !== undefined) void this.#load(page);
  }

  /** What is under way is given up. */
  close(): void {
    this.#abort.abort();
  }

  #need(first: number, last: number): void {
    const from = Math.floor(first / PAGE_ROWS);
    // Half a page ahead, so that the end is seldom seen.
    const to = Math.floor((last + PAGE_ROWS / 2) / PAGE_ROWS);
    for (const page of this.#pages.keys()) {
      if (page < from - KEPT_AROUND || page > to + KEPT_AROUND) this.#pages.delete(page);
    }
    for (let page = from; page <= to; page++) {
      if (!this.#pages.has(page)) return void this.#load(page);
    }
  }

  async #load(page: number): Promise<void> {
    const isKnown = page < this.#starts.length;
    if (!isKnown || this.#pending !== undefined || this.#failed !== undefined) return;
    if (this.#pages.has(page)) return;
    this.#pending = page;
    try {
      const rows = await this.#read(this.#starts[page], PAGE_ROWS, this.#abort.signal);
      this.#take(page, rows);
    } catch (error) {
      this.#failed = { page, error };
    }
    this.#pending = undefined;
    if (this.#abort.signal.aborted) return;
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }

  #take(page: number, rows: readonly ShownDifference[]): void {
    this.#pages.set(page, rows);
    this.#known = Math.max(this.#known, page * PAGE_ROWS + rows.length);
    if (rows.length < PAGE_ROWS) this.#complete = true;
    else if (page === this.#starts.length - 1) this.#starts.push(rows.at(-1)?.key);
  }

  #snapshot(): DifferencesState {
    const isEmpty = this.#known === 0 && !this.#complete;
    return {
      source: {
        count: this.#known + (this.#complete || this.#known === 0 ? 0 : 1),
        at: (index) => this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
        need: (first, last) => this.#need(first, last),
      },
      status: this.#failed === undefined ? (isEmpty ? 'loading' : 'ready') : 'failed',
      complete: this.#complete,
      error: this.#failed?.error,
    };
  }
}
