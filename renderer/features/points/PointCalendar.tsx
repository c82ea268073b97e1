import '@mantine/dates/styles.css';
import 'dayjs/locale/zh-cn';
import { Paper, Stack, Text, Title } from '@mantine/core';
import { Calendar, DatesProvider } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { STANDING_TONES, standingOf } from '../../ui/points/standing.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { byDay, dayOf, monthSpan } from './days.ts';
import { filterOf } from './filter.ts';
import { PointTable } from './PointTable.tsx';
import classes from './points.module.css';
import type { PointsSearch } from './search.ts';

const route = getRouteApi('/points');
/** Of a month: every hour's points and more. */
const MOST_POINTS = 5000;
const MOST_DOTS = 3;
const LIST_PIXELS = 520;

/** A month of points, and those of the chosen day beside it. */
export function PointCalendar({ search }: { readonly search: PointsSearch }) {
  const { t, locale, format } = useText();
  const navigate = route.useNavigate();
  const [month, setMonth] = useState(search.day ?? dayOf(new Date()));
  const span = monthSpan(month);
  const points = useQuery(
    api.points.timeline.queryOptions({ input: { ...filterOf(search), ...span, limit: MOST_POINTS } }),
  );
  const days = useMemo(() => byDay(points.data ?? []), [points.data]);
  // Newest first: the day that somebody most likely asks for.
  const [newest] = points.data ?? [];
  const chosen = search.day ?? (newest === undefined ? undefined : dayOf(newest.created));
  return (
    <DatesProvider
      settings={{ locale: locale === 'zh-CN' ? 'zh-cn' : 'en', firstDayOfWeek: 1, weekendDays: [] }}
    >
      <div className={classes.calendar}>
        <Paper withBorder p="md">
          <Calendar
            date={month}
            onDateChange={setMonth}
            size="md"
            maxLevel="year"
            hideOutsideDates
            monthLabelFormat={t('points:calendar.monthFormat')}
            yearLabelFormat={t('points:calendar.yearFormat')}
            highlightToday
            ariaLabels={{
              nextMonth: t('points:calendar.nextMonth'),
              previousMonth: t('points:calendar.previousMonth'),
              nextYear: t('points:calendar.nextYear'),
              previousYear: t('points:calendar.previousYear'),
            }}
            getDayProps={(day) => ({
              selected: day === chosen,
              'aria-label': t('points:calendar.day', {
                day: format.date(`${day}T12:00:00`),
                count: days.get(day)?.length ?? 0,
              }),
              onClick: () => void navigate({ search: (before) => ({ ...before, day }), replace: true }),
            })}
            renderDay={(day) => <Day day={day} points={days.get(day)} />}
          />
        </Paper>
        <QueryView query={points} loading={<LoadingPanel height={240} />}>
          {() => <ChosenDay day={chosen} points={days.get(chosen ?? '') ?? []} />}
        </QueryView>
      </div>
    </DatesProvider>
  );
}

function Day({
  day,
  points = [],
}: {
  readonly day: string;
  readonly points?: readonly TimelinePoint[] | undefined;
}) {
  return (
    <span className={classes.day}>
      {Number(day.slice(8, 10))}
      <span className={classes.dots} aria-hidden>
        {points.slice(0, MOST_DOTS).map((point) => (
          <i key={point.id} data-tone={STANDING_TONES[standingOf(point)]} />
        ))}
      </span>
    </span>
  );
}

function ChosenDay(props: { readonly day: string | undefined; readonly points: readonly TimelinePoint[] }) {
  const { t, format } = useText();
  const { day, points } = props;
  if (day === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('points:calendar.choose')}
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {format.date(`${day}T12:00:00`)}
      </Title>
      {points.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('points:calendar.none')}
        </Text>
      ) : (
        <PointTable rows={points} height={LIST_PIXELS} narrow />
      )}
    </Stack>
  );
}
