/** A backup of a simulation. */
export interface SimulatedRun {
  /** 1 is the first. */
  readonly number: number;
  readonly kept: boolean;
}

export interface Simulation {
  /** The newest runs, oldest first; the oldest ones are left out where there are too many to show. */
  readonly runs: readonly SimulatedRun[];
  readonly kept: number;
  readonly removed: number;
  /** Milliseconds between the newest point and the oldest one that is kept; absent without a schedule. */
  readonly reach: number | undefined;
}

/** Runs that are shown one by one. */
const MOST_SHOWN = 90;

/**
 * What retention leaves after so many good runs: the newest `copies`. Pinned points and those that a restore needs are
 * kept beyond that; a simulation knows of none.
 */
export function simulateRetention(runs: number, copies: number, interval: number | undefined): Simulation {
  const kept = Math.min(runs, copies);
  const first = Math.max(1, runs - MOST_SHOWN + 1);
  return {
    runs: Array.from({ length: Math.max(0, runs - first + 1) }, (_, place) => ({
      number: first + place,
      kept: first + place > runs - kept,
    })),
    kept,
    removed: runs - kept,
    reach: interval === undefined ? undefined : Math.max(0, kept - 1) * interval,
  };
}
