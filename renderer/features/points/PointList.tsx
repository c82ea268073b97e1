import { Stack } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { pagedRows } from '../../ui/paged-rows.ts';
import { TimelineStrip } from '../../ui/points/TimelineStrip.tsx';
import { LoadingTable } from '../../ui/Skeletons.tsx';
import { filterOf } from './filter.ts';
import { PointTable } from './PointTable.tsx';
import type { PointsSearch } from './search.ts';

const PAGE_POINTS = 100;

/** Points newest first, and when they were made in a strip above; more come as one scrolls. */
export function PointList({ search }: { readonly search: PointsSearch }) {
  const { t } = useText();
  const navigate = useNavigate();
  const points = useInfiniteQuery(
    api.points.timeline.infiniteOptions({
      input: (after: string | undefined) => ({
        ...filterOf(search),
        limit: PAGE_POINTS,
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length < PAGE_POINTS ? undefined : page.at(-1)?.id),
    }),
  );
  const all = useMemo(() => points.data?.pages.flat() ?? [], [points.data]);
  if (points.isError && points.data === undefined)
    return <ErrorPanel error={points.error} onRetry={() => void points.refetch()} />;
  if (points.data === undefined) return <LoadingTable />;
  if (all.length === 0)
    return <EmptyState icon={IconRestore} title={t('points:none.title')} text={t('points:none.text')} />;
  return (
    <Stack gap="sm">
      <TimelineStrip
        points={all}
        onChoose={({ id }) => void navigate({ to: '/points/$id', params: { id } })}
      />
      <PointTable
        height="fill"
        rows={pagedRows(all, {
          has: points.hasNextPage,
          loading: points.isFetchingNextPage,
          load: () => void points.fetchNextPage(),
        })}
      />
    </Stack>
  );
}
