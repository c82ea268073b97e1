import type { RunState } from '../../../shared/model/run.ts';

/** A run in a plot of many. */
export interface PlottedRun {
  /** When it started. */
  readonly at: string;
  readonly bytes: number;
  /** Absent while it runs. */
  readonly milliseconds?: number | undefined;
}

/** Beyond this a plot gets no clearer, only slower. */
const MOST_PLOTTED = 200;

/** Runs that came to nothing say nothing about size and time. */
const IN_VAIN: readonly RunState[] = ['failed', 'cancelled', 'interrupted'];

/** The newest runs that ended well or nearly so, oldest first, as a plot reads them. */
export function plottedRuns(
  newestFirst: readonly {
    readonly state: RunState;
    readonly started: string;
    readonly bytes: number;
    readonly milliseconds?: number | undefined;
  }[],
): readonly PlottedRun[] {
  return newestFirst
    .filter(({ state, milliseconds }) => milliseconds !== undefined && !IN_VAIN.includes(state))
    .slice(0, MOST_PLOTTED)
    .map(({ started, bytes, milliseconds }) => ({ at: started, bytes, milliseconds }))
    .reverse();
}
