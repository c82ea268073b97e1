import '@mantine/charts/styles.css';
import { AreaChart, BarChart } from '@mantine/charts';
import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { PlottedRun } from './plotted-run.ts';

const PLOT_PIXELS = 140;
const BAR_PIXELS = 18;
const COLOUR = 'tide.6';

/** The plots are hidden from screen readers, which have the words: the keyboard must not stop at them either. */
const NO_KEYS = { accessibilityLayer: false };

/** The two plots themselves, in a chunk of their own. What they show is said in words for screen readers. */
export function Plots({ runs, mixed }: { readonly runs: readonly PlottedRun[]; readonly mixed: boolean }) {
  const { t, format } = useText();
  const data = useMemo(
    () =>
      runs.map(({ at, bytes, milliseconds = 0 }) => ({ at: format.dateTime(at), bytes, time: milliseconds })),
    [runs, format],
  );
  const common = {
    h: PLOT_PIXELS,
    data,
    dataKey: 'at',
    withXAxis: false,
    gridAxis: 'x' as const,
    yAxisProps: { width: 76, tickCount: 4 },
  };
  const size = {
    series: [{ name: 'bytes', label: t('common:plot.size'), color: COLOUR }],
    valueFormatter: format.bytes,
  };
  return (
    <SimpleGrid cols={2}>
      <Figure
        title={t('common:plot.size')}
        summary={t(
          'common:plot.range',
          rangeOf(
            data.map(({ bytes }) => bytes),
            format.bytes,
          ),
        )}
      >
        {mixed ? (
          <BarChart {...common} {...size} maxBarWidth={BAR_PIXELS} barChartProps={NO_KEYS} />
        ) : (
          <AreaChart
            {...common}
            {...size}
            curveType="monotone"
            withDots={data.length < 40}
            areaChartProps={NO_KEYS}
          />
        )}
      </Figure>
      <Figure
        title={t('common:plot.duration')}
        summary={t(
          'common:plot.range',
          rangeOf(
            data.map(({ time }) => time),
            format.duration,
          ),
        )}
      >
        <BarChart
          {...common}
          series={[{ name: 'time', label: t('common:plot.duration'), color: COLOUR }]}
          valueFormatter={format.duration}
          maxBarWidth={BAR_PIXELS}
          barChartProps={NO_KEYS}
        />
      </Figure>
    </SimpleGrid>
  );
}

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
