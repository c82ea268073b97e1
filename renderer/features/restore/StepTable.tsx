import { Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import { keyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import { client } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { useMembersText } from '../../ui/entry/members-text.ts';
import { useKindLabel } from '../../ui/entry/use-kind-label.ts';
import { Tag, type Tone } from '../../ui/StatusBadge.tsx';
import { type NumberedStep, StepPages } from './step-pages.ts';

const TABLE_PIXELS = 300;
const ROW_PIXELS = 32;

const TONES: { readonly [action in RestoreStep['action']]: Tone } = {
  remove: 'bad',
  create: 'good',
  change: 'busy',
  raise: 'quiet',
  protect: 'quiet',
};

/** Steps of a service from one number on, read page by page as they come into sight. */
export function StepTable(props: {
  readonly plan: string;
  readonly service: string;
  readonly from: number;
  readonly count: number;
}) {
  const { t } = useText();
  const { plan, service, from, count } = props;
  const pages = useMemo(
    () =>
      new StepPages(
        (offset, limit, signal) => client.restores.steps({ plan, service, offset, limit }, { signal }),
        from,
        count,
      ),
    [plan, service, from, count],
  );
  useEffect(() => () => pages.close(), [pages]);
  const { rows, error } = useSyncExternalStore(pages.subscribe, pages.state);
  const columns = useColumns();
  const [chosen, setChosen] = useState<NumberedStep>();
  return (
    <Stack gap="xs">
      {error !== undefined && <ErrorPanel error={error} onRetry={() => pages.retry()} />}
      <DataTable
        label={t('restore:plan.steps')}
        columns={columns}
        rows={rows}
        rowKey={({ number }) => String(number)}
        selected={chosen === undefined ? undefined : String(chosen.number)}
        onOpen={setChosen}
        height={Math.min(TABLE_PIXELS, (count + 1) * ROW_PIXELS + 8)}
        rowHeight={ROW_PIXELS}
      />
      {chosen !== undefined && <StepDetail step={chosen.step} />}
    </Stack>
  );
}

function StepDetail({ step }: { readonly step: RestoreStep }) {
  const { t } = useText();
  const membersText = useMembersText();
  const { action, key, from, members, fidelity } = step;
  const moved = from !== undefined && keyPath(from) !== keyPath(key);
  return (
    <Text size="sm" aria-live="polite" style={{ overflowWrap: 'anywhere' }}>
      <b>{t(`restore:action.${action}`)}</b> {printable(keyPath(key))}
      {moved && ` · ${t('restore:plan.fromKey', { key: printable(keyPath(from)) })}`}
      {members.length > 0 && ` · ${membersText(members)}`} · {t(`restore:fidelity.${fidelity}`)}
    </Text>
  );
}

function useColumns(): readonly Column<NumberedStep>[] {
  const { t } = useText();
  const kindLabel = useKindLabel();
  const membersText = useMembersText();
  return useMemo(
    () => [
      {
        id: 'action',
        header: t('restore:field.action'),
        width: '6rem',
        cell: ({ step: { action } }) => <Tag tone={TONES[action]}>{t(`restore:action.${action}`)}</Tag>,
      },
      {
        id: 'key',
        header: t('restore:field.object'),
        width: 'minmax(17rem, 4fr)',
        cell: ({ step: { key } }) => {
          const path = printable(keyPath(key));
          return <span title={path}>{path}</span>;
        },
      },
      {
        id: 'kind',
        header: t('restore:field.kind'),
        width: '7rem',
        cell: ({ step: { kind } }) => kindLabel(kind),
      },
      {
        id: 'members',
        header: t('restore:field.members'),
        width: 'minmax(6rem, 1fr)',
        cell: ({ step: { members } }) => membersText(members),
      },
      {
        id: 'fidelity',
        header: t('restore:field.fidelity'),
        width: '6.75rem',
        cell: ({ step: { action, fidelity } }) =>
          action !== 'remove' && <Tag>{t(`restore:fidelity.${fidelity}`)}</Tag>,
      },
    ],
    [t, kindLabel, membersText],
  );
}
