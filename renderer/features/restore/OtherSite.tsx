import { Button, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { SiteRow } from './site-rows.ts';

/** Shown at once, and with every further click. */
const FIRST_ROWS = 20;
const MORE_ROWS = 200;

/** What is of the site that a point came from, and what it becomes in the cluster that is restored into. */
export function OtherSite({ rows }: { readonly rows: readonly SiteRow[] }) {
  const { t, format } = useText();
  const [shown, setShown] = useState(FIRST_ROWS);
  if (rows.length === 0) return null;
  return (
    <div>
      <Title order={4} size="h6" mb={6}>
        {t('restore:site.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('restore:site.help')}
      </Text>
      <Table withTableBorder fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('restore:site.what')}</Table.Th>
            <Table.Th>{t('restore:site.there')}</Table.Th>
            <Table.Th>{t('restore:site.here')}</Table.Th>
            <Table.Th>{t('restore:site.who')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, shown).map((row) => (
            <Row key={`${row.subject} ${row.name} ${row.there}`} row={row} />
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > shown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + MORE_ROWS)}>
          {t('restore:notes.more', { number: format.number(rows.length - shown) })}
        </Button>
      )}
    </div>
  );
}

function Row({ row: { subject, name, there, here, byItself } }: { readonly row: SiteRow }) {
  const { t } = useText();
  const was = there === '' ? '—' : t(`restore:site.was.${subject}`, { value: printable(there) });
  return (
    <Table.Tr>
      <Table.Th fw={400} scope="row">
        <Text size="xs" c="dimmed">
          {t(`restore:site.subject.${subject}`)}
        </Text>
        <bdi>{printable(name)}</bdi>
      </Table.Th>
      <Table.Td>
        <bdi>{was}</bdi>
      </Table.Td>
      <Table.Td>
        <bdi>{printable(here)}</bdi>
      </Table.Td>
      <Table.Td>
        <StatusBadge tone={byItself ? 'quiet' : 'warn'}>
          {t(byItself ? 'restore:site.byRestore' : 'restore:site.byHand')}
        </StatusBadge>
      </Table.Td>
    </Table.Tr>
  );
}
