import { Paper, Stack } from '@mantine/core';
import type { Run } from '../../../shared/model/run.ts';
import { useText } from '../../i18n/use-text.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Section } from './Section.tsx';

/** The runs of this moment; nothing at all while none runs. */
export function RunningNow({ runs }: { readonly runs: readonly Run[] }) {
  const { t } = useText();
  if (runs.length === 0) return null;
  return (
    <Section title={t('overview:running')}>
      <Paper withBorder p="md">
        <Stack gap="sm">
          {runs.map((run) => {
            const step = run.steps.findLast(({ state }) => state === 'running') ?? run.steps.at(-1);
            const label = `${t(`common:runKind.${run.kind}`)} · ${step?.subject ?? ''}`;
            const total = step?.total === undefined ? {} : { total: step.total };
            return (
              <ProgressLine
                key={run.id}
                label={label}
                done={step?.done ?? 0}
                bytes={step?.bytes ?? 0}
                {...total}
              />
            );
          })}
        </Stack>
      </Paper>
    </Section>
  );
}
