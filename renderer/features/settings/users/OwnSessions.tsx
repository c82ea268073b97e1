import { Button, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OwnSession } from '../../../../shared/contract/users.ts';
import { api } from '../../../connection/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import type { Column } from '../../../ui/column.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { DateTime, TimeAgo } from '../../../ui/Quantity.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { LoadingPanel } from '../../../ui/Skeletons.tsx';
import { SectionHead } from '../SectionHead.tsx';

/** Where else one is signed in, and the way to end that. */
export function OwnSessions() {
  const { t } = useText();
  const queries = useQueryClient();
  const sessions = useQuery(api.sessions.list.queryOptions({ input: {} }));
  const end = useMutation(
    api.sessions.endOthers.mutationOptions({
      // Sessions are the host's own: its stream of changes does not tell of them.
      onSuccess: () => void queries.invalidateQueries({ queryKey: api.sessions.key() }),
    }),
  );
  const columns = useColumns();
  const others = sessions.data?.some(({ current }) => !current) === true;
  return (
    <Paper withBorder p="lg">
      <Stack>
        <SectionHead title={t('access:sessions.title')}>
          <Button variant="default" disabled={!others} loading={end.isPending} onClick={() => end.mutate({})}>
            {t('access:sessions.endOthers')}
          </Button>
        </SectionHead>
        {end.error !== null && <ErrorPanel error={end.error} />}
        <QueryView query={sessions} loading={<LoadingPanel height={120} />}>
          {(own) => (
            <DataTable
              label={t('access:sessions.title')}
              columns={columns}
              rows={own}
              rowKey={({ began, remote }) => `${began} ${remote}`}
            />
          )}
        </QueryView>
        <Text size="sm" c="dimmed">
          {t('access:sessions.help')}
        </Text>
      </Stack>
    </Paper>
  );
}

function useColumns(): readonly Column<OwnSession>[] {
  const { t } = useText();
  return useMemo(
    () => [
      {
        id: 'form',
        header: t('access:sessions.form'),
        width: 'minmax(9rem, 1fr)',
        cell: ({ form, current }) => t(current ? 'access:sessions.this' : `access:sessions.forms.${form}`),
      },
      {
        id: 'remote',
        header: t('access:sessions.remote'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ remote }) => remote,
      },
      {
        id: 'began',
        header: t('access:sessions.began'),
        width: '14rem',
        cell: ({ began }) => <DateTime at={began} />,
      },
      {
        id: 'used',
        header: t('access:sessions.used'),
        width: '9rem',
        cell: ({ used }) => <TimeAgo at={used} />,
      },
    ],
    [t],
  );
}
