import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RestoreReport } from '../../../shared/model/restore-report.ts';
import type { Run } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Count } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';

/** What became of a restore, service by service, and the objects that it left alone. */
export function RestoreOutcome({ run }: { readonly run: Run }) {
  const { t } = useText();
  const report = useQuery(api.restores.report.queryOptions({ input: { run: run.id } }));
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('runs:outcome.title')}
      </Title>
      <QueryView query={report} loading={<LoadingPanel height={160} />}>
        {(data) => <Outcome report={data} />}
      </QueryView>
    </section>
  );
}

interface LeftObject {
  readonly id: string;
  readonly service: string;
  readonly outcome: 'conflict' | 'failed';
  readonly key: string;
  readonly kind: string;
}

function Outcome({ report }: { readonly report: RestoreReport }) {
  const { t } = useText();
  const left = useMemo(() => leftObjects(report), [report]);
  const columns = useLeftColumns();
  const { differences, undoneBy } = report;
  return (
    <Stack>
      {report.services.map((service) => (
        <Paper key={service.service} withBorder p="lg">
          <Title order={3} size="h6" mb="xs">
            {service.service}
          </Title>
          <Facts
            facts={[
              [t('runs:outcome.planned'), <Count key="planned" value={service.planned} />],
              [t('runs:outcome.applied'), <Count key="applied" value={service.applied + service.already} />],
              [t('runs:count.conflict'), <Count key="conflicts" value={service.conflicts} />],
              [t('runs:count.failed'), <Count key="failed" value={service.failed} />],
              [t('runs:outcome.untried'), <Count key="untried" value={service.untried} />],
            ]}
          />
        </Paper>
      ))}
      <div>
        {differences === undefined ? (
          <StatusBadge tone="quiet">{t('runs:outcome.notCompared')}</StatusBadge>
        ) : (
          <StatusBadge tone={differences === 0 ? 'good' : 'warn'}>
            {t('runs:outcome.differences', { count: differences })}
          </StatusBadge>
        )}
      </div>
      {undoneBy !== undefined && (
        <Text size="sm">
          {t('runs:outcome.undoneBy')}{' '}
          <TextLink to="/runs/$id" params={{ id: undoneBy }} search={{}} size="sm" ff="monospace">
            {undoneBy}
          </TextLink>
        </Text>
      )}
      {left.length > 0 && (
        <DataTable
          label={t('runs:outcome.left')}
          columns={columns}
          rows={left}
          rowKey={({ id }) => id}
          height={320}
        />
      )}
    </Stack>
  );
}

function leftObjects({ services }: RestoreReport): readonly LeftObject[] {
  return services.flatMap(({ service, left }) =>
    left.map(({ outcome, step }, place) => ({
      id: `${service} ${place}`,
      service,
      outcome,
      key: step.key.join('/'),
      kind: step.kind,
    })),
  );
}

function useLeftColumns(): readonly Column<LeftObject>[] {
  const { t } = useText();
  return useMemo(
    () => [
      {
        id: 'outcome',
        header: t('runs:field.state'),
        width: '9rem',
        cell: ({ outcome }) => (
          <StatusBadge tone={outcome === 'failed' ? 'bad' : 'warn'}>{t(`runs:count.${outcome}`)}</StatusBadge>
        ),
      },
      { id: 'service', header: t('runs:field.service'), width: '9rem', cell: ({ service }) => service },
      { id: 'kind', header: t('runs:field.objectKind'), width: '9rem', cell: ({ kind }) => kind },
      { id: 'key', header: t('runs:field.object'), width: 'minmax(12rem, 1fr)', cell: ({ key }) => key },
    ],
    [t],
  );
}
