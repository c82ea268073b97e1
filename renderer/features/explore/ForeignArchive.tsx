import { Paper, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Inspection } from '../../../shared/contract/contract.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Bytes, DateTime } from '../../ui/Quantity.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';

type Foreign = Extract<Inspection, { kind: 'foreign' }>;
type ForeignEntry = Foreign['entries'][number];

const WARNINGS: { readonly [code: string]: MessageKey } = {
  absolute: 'explore:foreign.absolute',
  parent: 'explore:foreign.parent',
  link: 'explore:foreign.link',
  device: 'explore:foreign.device',
};

/** A tar.gz that another tool wrote: what it is by its name, and what is in it. Nothing is unpacked. */
export function ForeignArchive({ archive }: { readonly archive: Foreign }) {
  const { t, format } = useText();
  const columns = useColumns();
  const rows = useMemo(
    () => archive.entries.map((entry, i) => ({ ...entry, id: String(i) })),
    [archive.entries],
  );
  const { dataSource, version, time, size, truncated } = archive;
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <Title order={2} size="h6" mb={4}>
          {t('explore:foreign.title')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('explore:foreign.text')}
        </Text>
        <Facts
          facts={[
            [
              t('explore:foreign.dataSource'),
              dataSource === undefined ? t('explore:foreign.unknown') : printable(dataSource),
            ],
            [
              t('explore:foreign.version'),
              version === undefined ? t('explore:foreign.unknown') : printable(version),
            ],
            [
              t('explore:foreign.time'),
              time === undefined ? t('explore:foreign.unknown') : <DateTime key="time" at={time} />,
            ],
            [t('explore:foreign.size'), <Bytes key="size" value={size} />],
            [
              t('explore:foreign.files'),
              truncated
                ? t('explore:foreign.first', { number: format.number(rows.length) })
                : format.number(rows.length),
            ],
          ]}
        />
      </Paper>
      <DataTable
        label={t('explore:foreign.files')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        height="fill"
        rowHeight={34}
      />
    </Stack>
  );
}

function useColumns(): readonly Column<ForeignEntry>[] {
  const { t, format } = useText();
  return useMemo(
    () => [
      {
        id: 'path',
        header: t('explore:foreign.path'),
        width: 'minmax(16rem, 3fr)',
        cell: ({ path }) => <span title={printable(path)}>{printable(path)}</span>,
      },
      { id: 'type', header: t('explore:foreign.type'), width: '9rem', cell: ({ type }) => printable(type) },
      {
        id: 'size',
        header: t('explore:foreign.size'),
        width: '8rem',
        align: 'end',
        cell: ({ size }) => format.bytes(size),
      },
      {
        id: 'warning',
        header: t('explore:foreign.warning'),
        width: 'minmax(14rem, 2fr)',
        cell: ({ warning }) => {
          if (warning === undefined) return null;
          const key = WARNINGS[warning];
          return <StatusBadge tone="warn">{key === undefined ? printable(warning) : t(key)}</StatusBadge>;
        },
      },
    ],
    [t, format],
  );
}
