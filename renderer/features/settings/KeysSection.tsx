import { Button, Paper, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { z } from 'zod';
import { commandLine } from '../../../shared/command/command.ts';
import type { archiveKey } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { StatusBadge, Tag } from '../../ui/StatusBadge.tsx';
import { KeyDialog, type KeyTask } from './KeyDialog.tsx';
import { SectionHead } from './SectionHead.tsx';

type ArchiveKey = z.infer<typeof archiveKey>;

/** Keys that seal and sign archives. They live in the vault, and in a file that was written when they were made. */
export function KeysSection() {
  const { t } = useText();
  const { may } = useSession();
  const vault = useQuery(api.vault.state.queryOptions({ input: {} }));
  if (!may('admin')) {
    return <EmptyState icon={IconKey} title={t('settings:keys.title')} text={t('settings:adminsOnly')} />;
  }
  return (
    <QueryView query={vault} loading={<LoadingPanel height={220} />}>
      {({ state }) =>
        state === 'open' ? (
          <Keys />
        ) : (
          <EmptyState
            icon={IconKey}
            title={t('settings:keys.closed')}
            text={t(`settings:vault.help.${state}`)}
          >
            <ButtonLink to="/settings" search={{ section: 'vault' }}>
              {t('settings:keys.toVault')}
            </ButtonLink>
          </EmptyState>
        )
      }
    </QueryView>
  );
}

function Keys() {
  const { t } = useText();
  const keys = useQuery(api.keys.list.queryOptions({ input: {} }));
  const [task, setTask] = useState<KeyTask>();
  const onRotate = useCallback(
    ({ name, purpose }: ArchiveKey) => setTask({ verb: 'rotate', name, purpose }),
    [],
  );
  const columns = useColumns(onRotate);
  return (
    <Stack>
      <SectionHead title={t('settings:keys.title')}>
        <CommandButton command={commandLine(['key', 'list'])} />
        <Button variant="default" onClick={() => setTask({ verb: 'import' })}>
          {t('settings:keys.import')}
        </Button>
        <Button onClick={() => setTask({ verb: 'create' })}>{t('settings:keys.create')}</Button>
      </SectionHead>
      <Text size="sm" c="dimmed">
        {t('settings:keys.help')}
      </Text>
      <QueryView query={keys}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={IconKey} title={t('settings:keys.none')} text={t('settings:keys.noneText')} />
          ) : (
            <DataTable
              label={t('settings:keys.title')}
              columns={columns}
              rows={all}
              rowKey={({ id }) => id}
            />
          )
        }
      </QueryView>
      <KeyDialog key={JSON.stringify(task)} task={task} onClose={() => setTask(undefined)} />
      <Paper withBorder p="md">
        <Text size="sm">{t('settings:keys.warning')}</Text>
      </Paper>
    </Stack>
  );
}

function useColumns(onRotate: (key: ArchiveKey) => void): readonly Column<ArchiveKey>[] {
  const { t } = useText();
  return useMemo(
    () => [
      { id: 'name', header: t('settings:keys.name'), width: 'minmax(8rem, 1fr)', cell: ({ name }) => name },
      {
        id: 'purpose',
        header: t('settings:keys.purpose'),
        width: '7rem',
        cell: ({ purpose }) => <Tag>{t(`settings:keys.purposes.${purpose}`)}</Tag>,
      },
      {
        id: 'id',
        header: t('settings:keys.id'),
        width: 'minmax(9rem, 1.2fr)',
        cell: ({ id }) => (
          <span style={{ display: 'flex', alignItems: 'center', gap: '0.25rem' }}>
            <span title={id} style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {id}
            </span>
            <CopyIcon text={id} />
          </span>
        ),
      },
      {
        id: 'created',
        header: t('settings:keys.created'),
        width: '13rem',
        cell: ({ created }) => <DateTime at={created} />,
      },
      {
        id: 'state',
        header: t('settings:keys.state'),
        width: '7rem',
        cell: ({ state }) => (
          <StatusBadge tone={state === 'active' ? 'good' : 'quiet'}>
            {t(`settings:keys.states.${state}`)}
          </StatusBadge>
        ),
      },
      {
        id: 'rotate',
        header: t('settings:keys.action'),
        width: '7rem',
        align: 'end',
        cell: (key) =>
          key.state === 'active' && (
            <Button size="compact-sm" variant="default" onClick={() => onRotate(key)}>
              {t('settings:keys.rotate')}
            </Button>
          ),
      },
    ],
    [t, onRotate],
  );
}
