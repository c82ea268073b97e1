import type { RowSource } from '../../ui/table-rows.ts';

/** A page of rows; `total`: of all pages, where it is known. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total?: number | undefined;
  /** There are more after these. */
  readonly more: boolean;
}

/** How pages are read. Each may take long and must heed its signal. */
export interface PageReader<T> {
  /** The first page, as fast as can be: it need not know how many there are. `PAGE_ROWS` long, or all there is. */
  first(signal: AbortSignal): Promise<Page<T>>;
  /** Rows from an offset on, with the total. */
  from(offset: number, limit: number, signal: AbortSignal): Promise<Page<T>>;
}

/** What a table shows of the rows at one moment. */
export interface PagedState<T> {
  readonly source: RowSource<T>;
  readonly status: 'loading' | 'ready' | 'failed';
  /** Undefined as long as it is being counted. */
  readonly total: number | undefined;
  /** Why the first page, or one that is in sight, did not come. */
  readonly error: unknown;
}

export const PAGE_ROWS = 200;
/** Pages that are kept on either side of what is in sight. */
const KEPT_AROUND = 5;
/** Stands among the failed pages for counting. */
const COUNT = -1;

/**
 * Rows of a list too long to be held: only pages around those in sight are kept, whatever is scrolled through. Pages
 * that were asked for and are out of sight again are not waited for.
 */
export class PageCache<T> {
  readonly #reader: PageReader<T>;
  readonly #pages = new Map<number, readonly T[]>();
  readonly #pending = new Map<number, AbortController>();
  readonly #failed = new Set<number>();
  readonly #listeners = new Set<() => void>();
  readonly #counting = new AbortController();
  #total: number | undefined;
  #more = true;
  #begun = false;
  #error: unknown;
  #state: PagedState<T>;

  constructor(reader: PageReader<T>) {
    this.#reader = reader;
    this.#state = this.#snapshot();
  }

  readonly state = (): PagedState<T> => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the first page; before that nothing is asked for. */
  start(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#load(0);
  }

  /** Asks again for what failed. */
  retry(): void {
    if (this.#failed.size === 0) return;
    const failed = [...this.#failed];
    this.#failed.clear();
    this.#error = undefined;
    for (const page of failed) {
      if (page === COUNT) this.#count();
      else this.#load(page);
    }
    this.#changed();
  }

  /** Nothing more will be asked for; what is under way is given up. */
  close(): void {
    this.#counting.abort();
    for (const pending of this.#pending.values()) pending.abort();
    this.#pending.clear();
  }

  #need(first: number, last: number): void {
    if (!this.#begun || this.#total === undefined) return;
    const lastPage = Math.max(0, Math.ceil(this.#total / PAGE_ROWS) - 1);
    const from = Math.max(0, Math.floor(first / PAGE_ROWS));
    const to = Math.min(lastPage, Math.floor(last / PAGE_ROWS));
    this.#forget(from - KEPT_AROUND, to + KEPT_AROUND);
    for (let page = from; page <= to; page++) this.#load(page);
    // What is scrolled to next is there before it is seen.
    if (last % PAGE_ROWS > PAGE_ROWS / 2 && to < lastPage) this.#load(to + 1);
  }

  #forget(from: number, to: number): void {
    for (const page of this.#pages.keys()) if (page < from || page > to) this.#pages.delete(page);
    for (const page of this.#failed)
      if (page !== COUNT && (page < from || page > to)) this.#failed.delete(page);
    for (const [page, pending] of this.#pending) {
      if (page >= from && page <= to) continue;
      pending.abort();
      this.#pending.delete(page);
    }
  }

  #load(page: number): void {
    if (this.#pages.has(page) || this.#pending.has(page) || this.#failed.has(page)) return;
    const abort = new AbortController();
    this.#pending.set(page, abort);
    this.#read(page, abort.signal)
      .then(({ rows, total, more }) => {
        if (abort.signal.aborted) return;
        this.#pages.set(page, rows);
        if (page === 0) this.#more = more;
        if (total !== undefined) this.#total = total;
        else if (page === 0 && !more) this.#total = rows.length;
        else this.#count();
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        this.#failed.add(page);
        this.#error = error;
      })
      .finally(() => {
        if (abort.signal.aborted) return;
        this.#pending.delete(page);
        this.#changed();
      });
  }

  #read(page: number, signal: AbortSignal): Promise<Page<T>> {
    if (page === 0 && this.#total === undefined) return this.#reader.first(signal);
    return this.#reader.from(page * PAGE_ROWS, PAGE_ROWS, signal);
  }

  /** The first rows are shown meanwhile. */
  #count(): void {
    const { signal } = this.#counting;
    this.#reader
      .from(0, 1, signal)
      .then(({ total }) => {
        this.#total = total;
      })
      .catch((error: unknown) => {
        if (signal.aborted) return;
        this.#failed.add(COUNT);
        this.#error = error;
      })
      .finally(() => {
        if (!signal.aborted) this.#changed();
      });
  }

  #changed(): void {
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }

  #snapshot(): PagedState<T> {
    const first = this.#pages.get(0);
    const known = first === undefined ? 0 : first.length + (this.#more ? 1 : 0);
    return {
      source: {
        count: this.#total ?? known,
        at: (index) => this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
        need: (from, to) => this.#need(from, to),
      },
      status:
        this.#failed.size > 0
          ? 'failed'
          : this.#total === undefined && first === undefined
            ? 'loading'
            : 'ready',
      total: this.#total,
      error: this.#error,
    };
  }
}
