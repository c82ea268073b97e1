import { Table, Text, Title } from '@mantine/core';
import type { ReportDocument } from '../../../shared/report/restore-report.ts';
import { useText } from '../../i18n/use-text.ts';
import { Facts } from '../Facts.tsx';

/** Rows of one table that the page shows; a downloaded report has them all. */
const MOST_ROWS = 200;

/** The report as it is downloaded, on the page. Its texts are never taken for markup. */
export function ReportSections({ document: { sections } }: { readonly document: ReportDocument }) {
  const { t, format } = useText();
  return sections.map(({ title, facts = [], table }) => (
    <section key={title}>
      <Title order={3} size="h6" mt="md" mb="xs">
        {title}
      </Title>
      <Facts facts={facts} />
      {table !== undefined && (
        <Table fz="xs" verticalSpacing={4} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              {table.head.map((cell) => (
                <Table.Th key={cell}>{cell}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rows.slice(0, MOST_ROWS).map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a written report never changes.
              <Table.Tr key={place}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                  <Table.Td key={column} style={{ overflowWrap: 'anywhere' }}>
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {table !== undefined && table.rows.length > MOST_ROWS && (
        <Text size="xs" c="dimmed">
          {t('restore:report.more', { number: format.number(table.rows.length - MOST_ROWS) })}
        </Text>
      )}
    </section>
  ));
}
