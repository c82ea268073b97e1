import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Bytes, DateTime, TimeAgo } from '../../ui/Quantity.tsx';
import type { RowSource } from '../../ui/table-rows.ts';
import { PointSigns } from './PointSigns.tsx';

export interface PointTableProps {
  readonly rows: readonly TimelinePoint[] | RowSource<TimelinePoint>;
  readonly height: number | 'fill';
  /** Leaves out what a narrow place has no room for. */
  readonly narrow?: boolean;
}

/** Points, each in a line; a line opens its point. */
export function PointTable({ rows, height, narrow = false }: PointTableProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const columns = useColumns(narrow);
  return (
    <DataTable
      label={t('points:title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      height={height}
      onOpen={({ id }) => void navigate({ to: '/points/$id', params: { id } })}
    />
  );
}

function useColumns(narrow: boolean): readonly Column<TimelinePoint>[] {
  const { t } = useText();
  return useMemo(() => {
    const columns: readonly (Column<TimelinePoint> & { readonly wide?: boolean })[] = [
      {
        id: 'created',
        header: t('points:field.created'),
        width: '13.5rem',
        cell: ({ created }) => <DateTime at={created} />,
      },
      {
        id: 'age',
        wide: true,
        header: t('points:field.age'),
        width: '7.5rem',
        cell: ({ created }) => <TimeAgo at={created} />,
      },
      {
        id: 'task',
        header: t('points:field.task'),
        width: 'minmax(7.5rem, 1.2fr)',
        cell: ({ taskName }) => taskName,
      },
      {
        id: 'cluster',
        wide: true,
        header: t('points:field.cluster'),
        width: 'minmax(7rem, 1fr)',
        cell: ({ clusterName }) => clusterName,
      },
      {
        id: 'services',
        wide: true,
        header: t('points:field.services'),
        width: 'minmax(9rem, 1fr)',
        cell: ({ services }) => <span title={services.join(', ')}>{services.join(', ')}</span>,
      },
      {
        id: 'size',
        header: t('points:field.size'),
        width: '6rem',
        align: 'end',
        cell: ({ bytes }) => <Bytes value={bytes} />,
      },
      {
        id: 'standing',
        header: t('points:field.standing'),
        width: '11.5rem',
        cell: (point) => <PointSigns point={point} />,
      },
    ];
    return columns.filter(({ wide }) => !narrow || wide !== true);
  }, [t, narrow]);
}
