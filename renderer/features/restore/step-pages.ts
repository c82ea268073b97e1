import type { RestoreStep } from '../../../shared/model/restore.ts';
import type { RowSource } from '../../ui/table-rows.ts';

const PAGE_STEPS = 200;
/** Pages that are kept on either side of what is in sight: a plan may have a million steps. */
const KEPT_AROUND = 5;

/** A step and its number among those of its service. */
export interface NumberedStep {
  readonly number: number;
  readonly step: RestoreStep;
}

/** What the table shows at one moment. */
export interface StepPagesState {
  readonly rows: RowSource<NumberedStep>;
  /** Why a page did not come. */
  readonly error: unknown;
}

/** Reads steps from a number on. */
export type ReadSteps = (
  offset: number,
  limit: number,
  signal: AbortSignal,
) => Promise<readonly RestoreStep[]>;

/** The steps of a plan from one number to another, held only around what is in sight. */
export class StepPages {
  readonly #read: ReadSteps;
  readonly #from: number;
  readonly #count: number;
  readonly #pages = new Map<number, readonly RestoreStep[]>();
  readonly #pending = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #error: unknown;
  #state: StepPagesState;

  constructor(read: ReadSteps, from: number, count: number) {
    this.#read = read;
    this.#from = from;
    this.#count = count;
    this.#state = this.#snapshot();
  }

  readonly state = (): StepPagesState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks again for what is in sight and did not come. */
  retry(): void {
    this.#error = undefined;
    this.#changed();
  }

  /** Gives up what is under way. */
  close(): void {
    for (const pending of this.#pending.values()) pending.abort();
    this.#pending.clear();
  }

  #need(first: number, last: number): void {
    if (this.#count === 0 || this.#error !== undefined) return;
    const [from, to] = [Math.floor(first / PAGE_STEPS), Math.floor(last / PAGE_STEPS)];
    for (const page of this.#pages.keys()) {
      if (page < from - KEPT_AROUND || page > to + KEPT_AROUND) this.#pages.delete(page);
    }
    for (const [page, pending] of this.#pending) {
      if (page >= from && page <= to) continue;
      pending.abort();
      this.#pending.delete(page);
    }
    for (let page = from; page <= to; page++) void this.#load(page);
  }

  async #load(page: number): Promise<void> {
    if (this.#pages.has(page) || this.#pending.has(page)) return;
    const abort = new AbortController();
    this.#pending.set(page, abort);
    const offset = page * PAGE_STEPS;
    const limit = Math.min(PAGE_STEPS, this.#count - offset);
    try {
      const steps = await this.#read(this.#from + offset, limit, abort.signal);
      if (!abort.signal.aborted) this.#pages.set(page, steps);
    } catch (error) {
      if (!abort.signal.aborted) this.#error = error;
    }
    if (abort.signal.aborted) return;
    this.#pending.delete(page);
    this.#changed();
  }

  #changed(): void {
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }

  #snapshot(): StepPagesState {
    const rows: RowSource<NumberedStep> = {
      count: this.#count,
      at: (index) => {
        const step = this.#pages.get(Math.floor(index / PAGE_STEPS))?.[index % PAGE_STEPS];
        return step === undefined ? undefined : { number: this.#from + index, step };
      },
      need: (first, last) => this.#need(first, last),
    };
    return { rows, error: this.#error };
  }
}
