import '@mantine/charts/styles.css';
import { AreaChart, BarChart } from '@mantine/charts';
import { Paper, SimpleGrid, Text } from '@mantine/core';
import { memo, startTransition, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { LoadingPanel } from '../Skeletons.tsx';
import type { PlottedRun } from './plotted-run.ts';

const PLOT_PIXELS = 140;
const BAR_PIXELS = 18;
const COLOUR = 'tide.6';

/** The plots are hidden from screen readers, which have the words: the keyboard must not stop at them either. */
const NO_KEYS = { accessibilityLayer: false };

const COMMON = {
  h: PLOT_PIXELS,
  dataKey: 'at',
  withXAxis: false,
  gridAxis: 'x',
  yAxisProps: { width: 76, tickCount: 4 },
} as const;

interface PlotProps {
  readonly runs: readonly PlottedRun[];
  readonly mixed: boolean;
}

/**
 * The two plots themselves, in a chunk of their own. What they show is said in words for screen readers. The library
 * draws a plot in one go: each has a task of its own, after whatever else the page shows anew.
 */
export function Plots({ runs, mixed }: PlotProps) {
  const soon = useDeferredValue(runs);
  const later = useLater(soon);
  return (
    <SimpleGrid cols={2}>
      <SizePlot runs={soon} mixed={mixed} />
      {later === undefined ? <LoadingPanel height={PLOT_PIXELS} /> : <DurationPlot runs={later} />}
    </SimpleGrid>
  );
}

/** Follows a value a frame behind, undefined until then: the library puts off some of its drawing to the next frame. */
function useLater<T extends object>(value: T): T | undefined {
  const [later, setLater] = useState<T>();
  useEffect(() => {
    const asked = requestAnimationFrame(() => startTransition(() => setLater(value)));
    return () => cancelAnimationFrame(asked);
  }, [value]);
  return later;
}

const SizePlot = memo(function SizePlot({ runs, mixed }: PlotProps) {
  const { t, format } = useText();
  const data = useMemo(
    () => runs.map(({ at, bytes }) => ({ at: format.dateTime(at), bytes })),
    [runs, format],
  );
  const common = {
    ...COMMON,
    data,
    series: [{ name: 'bytes', label: t('common:plot.size'), color: COLOUR }],
    valueFormatter: format.bytes,
  };
  const range = rangeOf(
    data.map(({ bytes }) => bytes),
    format.bytes,
  );
  return (
    <Figure title={t('common:plot.size')} summary={t('common:plot.range', range)}>
      {mixed ? (
        <BarChart {...common} maxBarWidth={BAR_PIXELS} barChartProps={NO_KEYS} />
      ) : (
        <AreaChart {...common} curveType="monotone" withDots={data.length < 40} areaChartProps={NO_KEYS} />
      )}
    </Figure>
  );
});

const DurationPlot = memo(function DurationPlot({ runs }: Pick<PlotProps, 'runs'>) {
  const { t, format } = useText();
  const data = useMemo(
    () => runs.map(({ at, milliseconds = 0 }) => ({ at: format.dateTime(at), time: milliseconds })),
    [runs, format],
  );
  const range = rangeOf(
    data.map(({ time }) => time),
    format.duration,
  );
  return (
    <Figure title={t('common:plot.duration')} summary={t('common:plot.range', range)}>
      <BarChart
        {...COMMON}
        data={data}
        series={[{ name: 'time', label: t('common:plot.duration'), color: COLOUR }]}
        valueFormatter={format.duration}
        maxBarWidth={BAR_PIXELS}
        barChartProps={NO_KEYS}
      />
    </Figure>
  );
});

function rangeOf(values: readonly number[], text: (value: number) => string) {
  return { least: text(Math.min(...values)), most: text(Math.max(...values)) };
}

function Figure(props: {
  readonly title: string;
  readonly summary: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Paper withBorder p="md" component="figure" m={0}>
      <Text component="figcaption" size="sm" fw={600} mb="xs">
        {props.title}
        <Text span size="xs" c="dimmed" fw={400} ml="sm">
          {props.summary}
        </Text>
      </Text>
      <div aria-hidden>{props.children}</div>
    </Paper>
  );
}
