import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { targetText } from '../../../shared/command/target.ts';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import type { Target } from '../../../shared/model/target.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { pagedRows } from '../../ui/paged-rows.ts';
import { StandingBadge } from '../../ui/points/StandingBadge.tsx';
import { isGood } from '../../ui/points/standing.ts';
import { TimelineStrip } from '../../ui/points/TimelineStrip.tsx';
import { Bytes, TimeAgo } from '../../ui/Quantity.tsx';
import { LoadingTable } from '../../ui/Skeletons.tsx';
import { localInstant } from './local-instant.ts';

const PAGE_POINTS = 200;
const TABLE_PIXELS = 300;

export interface ChoiceProps {
  readonly chosen: Target | undefined;
  /** Gets the target's text. */
  readonly onChoose: (from: string) => void;
}

/** Recovery points by time, newest first. The newest that is whole is offered before all others. */
export function PointChoice({ chosen, onChoose }: ChoiceProps) {
  const { t } = useText();
  const [cluster, setCluster] = useState('');
  const [asOf, setAsOf] = useState('');
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  const until = localInstant(asOf);
  const list = useInfiniteQuery(
    api.points.timeline.infiniteOptions({
      input: (after: string | undefined) => ({
        limit: PAGE_POINTS,
        ...(cluster === '' ? {} : { cluster }),
        ...(until === undefined ? {} : { until }),
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length < PAGE_POINTS ? undefined : page.at(-1)?.id),
    }),
  );
  const points = useMemo(() => list.data?.pages.flat() ?? [], [list.data]);
  const columns = useColumns();
  const choose = ({ id }: TimelinePoint) => onChoose(targetText({ of: 'point', point: id }));
  const selected = chosen?.of === 'point' ? chosen.point : undefined;
  const newest = points.find(isGood);
  const rows = pagedRows(points, {
    has: list.hasNextPage,
    loading: list.isFetchingNextPage,
    load: () => void list.fetchNextPage(),
  });
  if (list.data === undefined && !list.isError) return <LoadingTable rows={8} />;
  if (list.isError) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (points.length === 0 && cluster === '' && until === undefined) {
    return <EmptyState icon={IconRestore} title={t('restore:empty.title')} text={t('restore:empty.text')} />;
  }
  return (
    <Stack gap="sm">
      <Group align="flex-end">
        <NativeSelect
          label={t('restore:point.cluster')}
          value={cluster}
          onChange={(event) => setCluster(event.currentTarget.value)}
          data={[
            { value: '', label: t('restore:point.allClusters') },
            ...(clusters.data ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
        />
        <TextInput
          type="datetime-local"
          label={t('restore:point.asOf')}
          value={asOf}
          onChange={(event) => setAsOf(event.currentTarget.value)}
        />
      </Group>
      {newest !== undefined && (
        <Newest point={newest} chosen={selected === newest.id} onChoose={() => choose(newest)} />
      )}
      <TimelineStrip points={points} selected={selected} onChoose={choose} />
      {points.length === 0 ? (
        <Text size="sm">{t('restore:point.none')}</Text>
      ) : (
        <DataTable
          label={t('restore:point.kinds.point')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          selected={selected}
          onOpen={choose}
          height={TABLE_PIXELS}
        />
      )}
    </Stack>
  );
}

function Newest(props: {
  readonly point: TimelinePoint;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t, format } = useText();
  const { created, taskName, clusterName } = props.point;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text size="sm" fw={600}>
            {t('restore:point.newest')}
          </Text>
          <Text size="sm">
            {format.dateTime(created)} (<TimeAgo at={created} />) · {clusterName} · {taskName}
          </Text>
        </div>
        <Button variant={props.chosen ? 'default' : 'light'} onClick={props.onChoose} disabled={props.chosen}>
          {t(props.chosen ? 'restore:point.chosen' : 'restore:point.choose')}
        </Button>
      </Group>
    </Paper>
  );
}

function useColumns(): readonly Column<TimelinePoint>[] {
  const { t, format } = useText();
  return useMemo(
    () => [
      {
        id: 'created',
        header: t('restore:point.made'),
        width: '13rem',
        cell: ({ created }) => <time dateTime={created}>{format.dateTime(created)}</time>,
      },
      {
        id: 'cluster',
        header: t('restore:field.cluster'),
        width: 'minmax(5.5rem, 1fr)',
        cell: ({ clusterName }) => <span title={clusterName}>{clusterName}</span>,
      },
      {
        id: 'task',
        header: t('restore:point.task'),
        width: 'minmax(7rem, 1.2fr)',
        cell: ({ taskName }) => <span title={taskName}>{taskName}</span>,
      },
      {
        id: 'services',
        header: t('restore:field.services'),
        width: 'minmax(8.5rem, 1fr)',
        cell: ({ services }) => <span title={services.join(', ')}>{services.join(', ')}</span>,
      },
      {
        id: 'size',
        header: t('restore:point.size'),
        width: '5.25rem',
        align: 'end',
        cell: ({ bytes }) => <Bytes value={bytes} />,
      },
      {
        id: 'standing',
        header: t('restore:point.standing'),
        width: '7.25rem',
        cell: (point) => <StandingBadge point={point} />,
      },
    ],
    [t, format],
  );
}
