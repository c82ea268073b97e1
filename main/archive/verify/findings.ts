import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Key } from '../../../shared/order/key.ts';

/** What a finding is about. Keys are the first and last that are hit, where there are any. */
export interface Place {
  readonly area:
    | 'file'
    | 'header'
    | 'frame'
    | 'block'
    | 'lines'
    | 'fingerprints'
    | 'blob'
    | 'page'
    | 'root'
    | 'manifest'
    | 'footer'
    | 'trailer'
    | 'counts'
    | 'signature';
  readonly part?: number;
  readonly block?: number;
  readonly from?: Key;
  readonly to?: Key;
}

/** One thing that is wrong with an archive. */
export interface Finding {
  readonly at: Place;
  readonly error: HoldfastError;
}

const MOST_KEPT = 100;

/** Gathers findings; keeps the first hundred and counts the rest. */
export class Findings {
  readonly kept: Finding[] = [];
  more = 0;

  get isEmpty(): boolean {
    return this.kept.length === 0;
  }

  add(at: Place, error: HoldfastError): void {
    if (this.kept.length < MOST_KEPT) this.kept.push({ at, error });
    else this.more++;
  }

  /** Runs a step; damage becomes a finding and undefined, anything else is thrown on. */
  async attempt<T>(at: Place, step: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      const isDamage =
        error instanceof HoldfastError &&
        (error.category === 'integrity' || error.category === 'unsupported');
      if (!isDamage || error.retryable) throw error;
      this.add(at, error);
      return undefined;
    }
  }
}
