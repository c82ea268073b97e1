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

/** The newest runs, oldest first, as a plot reads them. */
export function plottedRuns(
  newestFirst: readonly {
    readonly started: string;
    readonly bytes: number;
    readonly milliseconds?: number | undefined;
  }[],
): readonly PlottedRun[] {
  return newestFirst
    .filter(({ milliseconds }) => milliseconds !== undefined)
    .slice(0, MOST_PLOTTED)
    .map(({ started, bytes, milliseconds }) => ({ at: started, bytes, milliseconds }))
    .reverse();
}
