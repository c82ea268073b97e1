import { lazy, Suspense } from 'react';
import { LoadingPanel } from '../Skeletons.tsx';
import type { PlottedRun } from './plotted-run.ts';

const Plots = lazy(() => import('./Plots.tsx').then(({ Plots: component }) => ({ default: component })));

/** Pixels, of the skeleton and of what comes in its place. */
const HEIGHT = 210;

export interface HistoryPlotProps {
  readonly runs: readonly PlottedRun[];
  /** They are of several tasks: nothing leads from one to the next. */
  readonly mixed?: boolean;
}

/** Size and duration over time, side by side; the plotting library is fetched when it is first seen. */
export function HistoryPlot({ runs, mixed = false }: HistoryPlotProps) {
  if (runs.length < 2) return null;
  return (
    <div style={{ minHeight: HEIGHT }}>
      <Suspense fallback={<LoadingPanel height={HEIGHT} />}>
        <Plots runs={runs} mixed={mixed} />
      </Suspense>
    </div>
  );
}
