import { Button, Collapse, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RestoreReport as Report } from '../../../shared/model/restore-report.ts';
import type { Run } from '../../../shared/model/run.ts';
import { keyPath } from '../../../shared/order/key-path.ts';
import { reportHtml } from '../../../shared/report/html.ts';
import { printable } from '../../../shared/report/printable.ts';
import { reportDocument } from '../../../shared/report/restore-report.ts';
import { api } from '../../connection/client.ts';
import { textLanguage } from '../../i18n/language.ts';
import { useText } from '../../i18n/use-text.ts';
import { saveFile } from '../entry/save-file.ts';
import { TextLink } from '../links.tsx';
import { QueryView } from '../QueryView.tsx';
import { LoadingPanel } from '../Skeletons.tsx';
import { StatusBadge } from '../StatusBadge.tsx';
import { ReportSections } from './ReportSections.tsx';

/** A restore as evidence: the comparison with the point, service by service, and the report to keep. */
export function RestoreReport({ run }: { readonly run: Run }) {
  const report = useQuery(api.restores.report.queryOptions({ input: { run: run.id } }));
  return (
    <QueryView query={report} loading={<LoadingPanel height={220} />}>
      {(data) => <ShownReport report={data} />}
    </QueryView>
  );
}

function ShownReport({ report }: { readonly report: Report }) {
  const { t, locale } = useText();
  const [opened, setOpened] = useState(false);
  const document = reportDocument(report, textLanguage(locale));
  const { id } = report.run;
  const save = (content: string, type: string, ending: string) =>
    saveFile(new Blob([content], { type }), `restore-${report.plan.clusterName}-${id}.${ending}`);
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h5">
            {t('restore:report.title')}
          </Title>
          <Group gap="xs">
            <Button variant="default" aria-expanded={opened} onClick={() => setOpened(!opened)}>
              {t(opened ? 'restore:report.hide' : 'restore:report.view')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => save(reportHtml(document), 'text/html', 'html')}
            >
              {t('restore:report.html')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => save(`${JSON.stringify(report, undefined, 2)}\n`, 'application/json', 'json')}
            >
              {t('restore:report.json')}
            </Button>
          </Group>
        </Group>
        <Comparison report={report} />
        <ServiceOutcomes report={report} />
        <Left report={report} />
        <Collapse expanded={opened}>{opened && <ReportSections document={document} />}</Collapse>
      </Stack>
    </Paper>
  );
}

function Comparison({ report: { differences, undoneBy } }: { readonly report: Report }) {
  const { t } = useText();
  return (
    <Group>
      {differences === undefined ? (
        <StatusBadge tone="quiet">{t('restore:report.notCompared')}</StatusBadge>
      ) : (
        <StatusBadge tone={differences === 0 ? 'good' : 'warn'}>
          {t(differences === 0 ? 'restore:report.equal' : 'restore:report.differences', {
            count: differences,
          })}
        </StatusBadge>
      )}
      {undoneBy !== undefined && (
        <Text size="sm">
          {t('restore:report.undoneBy')}{' '}
          <TextLink to="/restore" search={{ run: undoneBy }} size="sm" ff="monospace">
            {undoneBy}
          </TextLink>
        </Text>
      )}
    </Group>
  );
}

function ServiceOutcomes({ report: { services } }: { readonly report: Report }) {
  const { t, format } = useText();
  const columns = ['planned', 'applied', 'conflicts', 'failed', 'untried'] as const;
  return (
    <Table fz="sm" withTableBorder verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('restore:field.service')}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column} ta="end">
              {t(`restore:report.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {services.map((service) => (
          <Table.Tr key={service.service}>
            <Table.Th scope="row" fw={400}>
              {service.service}
            </Table.Th>
            {columns.map((column) => (
              <Table.Td key={column} ta="end" className="hf-figures">
                {format.number(service[column] + (column === 'applied' ? service.already : 0))}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const MOST_LEFT = 100;

/** Objects that were left as they were, since they had changed after the plan or could not be changed. */
function Left({ report: { services } }: { readonly report: Report }) {
  const { t } = useText();
  const left = services.flatMap((service) => service.left).slice(0, MOST_LEFT);
  if (left.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {t('restore:report.left')}
      </Title>
      <Stack gap={4}>
        {left.map(({ outcome, step }) => (
          <Group key={`${step.phase} ${step.action} ${keyPath(step.key)}`} gap="sm" wrap="nowrap">
            <StatusBadge tone={outcome === 'failed' ? 'bad' : 'warn'}>
              {t(`restore:outcome.${outcome}`)}
            </StatusBadge>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t(`restore:action.${step.action}`)} {printable(keyPath(step.key))}
            </Text>
          </Group>
        ))}
      </Stack>
    </div>
  );
}
