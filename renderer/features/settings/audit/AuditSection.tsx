import { Button, Code, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { auditCommand } from '../../../../shared/command/audit.ts';
import type { PlacedAuditEntry } from '../../../../shared/contract/contract.ts';
import { api } from '../../../connection/client.ts';
import { useSession } from '../../../connection/use-session.ts';
import { useText } from '../../../i18n/use-text.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import type { Column } from '../../../ui/column.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { pagedRows } from '../../../ui/paged-rows.ts';
import { DateTime } from '../../../ui/Quantity.tsx';
import { LoadingTable } from '../../../ui/Skeletons.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { SectionHead } from '../SectionHead.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { auditFilter, subjectText } from './audit-filter.ts';

const route = getRouteApi('/settings');
const PAGE_ENTRIES = 100;
const TONES = { done: 'good', failed: 'bad', refused: 'warn' } as const;

/** Who changed what, signed in or was refused. */
export function AuditSection() {
  const { t } = useText();
  const { may } = useSession();
  if (!may('admin')) {
    return <EmptyState icon={IconHistory} title={t('access:audit.title')} text={t('settings:adminsOnly')} />;
  }
  return <AuditLog />;
}

function AuditLog() {
  const { t } = useText();
  const search = route.useSearch();
  const filter = useMemo(() => auditFilter(search), [search]);
  const log = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (after: string | undefined) => ({
        ...filter,
        limit: PAGE_ENTRIES,
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length < PAGE_ENTRIES ? undefined : page.at(-1)?.id),
    }),
  );
  const entries = useMemo(() => log.data?.pages.flat() ?? [], [log.data]);
  return (
    <Stack>
      <SectionHead title={t('access:audit.title')}>
        <CommandButton command={auditCommand(filter)} />
        <Button variant="default" loading={log.isRefetching} onClick={() => void log.refetch()}>
          {t('access:audit.again')}
        </Button>
      </SectionHead>
      <Text size="sm" c="dimmed">
        {t('access:audit.help')}
      </Text>
      <AuditFilters search={search} />
      {log.isError && <ErrorPanel error={log.error} onRetry={() => void log.refetch()} />}
      {log.data === undefined && !log.isError && <LoadingTable />}
      {log.data !== undefined && entries.length === 0 && (
        <EmptyState icon={IconHistory} title={t('access:audit.none')} text={t('access:audit.noneText')} />
      )}
      {entries.length > 0 && (
        <AuditTable
          entries={entries}
          more={{
            has: log.hasNextPage,
            loading: log.isFetchingNextPage,
            load: () => void log.fetchNextPage(),
          }}
        />
      )}
    </Stack>
  );
}

function AuditTable({
  entries,
  more,
}: {
  readonly entries: readonly PlacedAuditEntry[];
  readonly more: Parameters<typeof pagedRows>[1];
}) {
  const { t } = useText();
  const columns = useColumns();
  return (
    <DataTable
      label={t('access:audit.title')}
      columns={columns}
      rows={pagedRows(entries, more)}
      rowKey={({ id }) => id}
      height="fill"
    />
  );
}

function useColumns(): readonly Column<PlacedAuditEntry>[] {
  const { t } = useText();
  return useMemo(
    () => [
      { id: 'at', header: t('access:audit.at'), width: '14rem', cell: ({ at }) => <DateTime at={at} /> },
      {
        id: 'user',
        header: t('access:audit.user'),
        width: 'minmax(6rem, 0.6fr)',
        cell: ({ user }) => user,
      },
      {
        id: 'action',
        header: t('access:audit.action'),
        width: 'minmax(9rem, 1fr)',
        cell: ({ procedure }) => <Code>{procedure}</Code>,
      },
      {
        id: 'subject',
        header: t('access:audit.subject'),
        width: 'minmax(8rem, 1.4fr)',
        cell: ({ subject }) => <bdi title={subjectText(subject)}>{subjectText(subject)}</bdi>,
      },
      {
        id: 'outcome',
        header: t('access:audit.outcome'),
        width: '7.5rem',
        cell: ({ outcome }) => (
          <StatusBadge tone={TONES[outcome]}>{t(`access:audit.outcomes.${outcome}`)}</StatusBadge>
        ),
      },
      {
        id: 'code',
        header: t('access:audit.code'),
        width: 'minmax(9rem, 1.2fr)',
        cell: ({ code }) => <span title={code}>{code ?? ''}</span>,
      },
      {
        id: 'from',
        header: t('access:audit.remote'),
        width: '11rem',
        cell: ({ face, remote }) => (
          <span title={remote === undefined ? face : `${face} ${remote}`}>
            {remote ?? t('access:audit.command')}
          </span>
        ),
      },
    ],
    [t],
  );
}
