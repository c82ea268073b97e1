import { Group, Paper, Stack } from '@mantine/core';
import type { Run } from '../../../shared/model/run.ts';
import { useText } from '../../i18n/use-text.ts';
import { TextLink } from '../../ui/links.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import classes from './overview.module.css';
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
              <Group key={run.id} wrap="nowrap" gap="lg">
                <div className={classes.progress}>
                  <ProgressLine label={label} done={step?.done ?? 0} bytes={step?.bytes ?? 0} {...total} />
                </div>
                <RunLink run={run} />
              </Group>
            );
          })}
        </Stack>
      </Paper>
    </Section>
  );
}

/** A restore has a screen of its own to be followed on. */
function RunLink({ run: { id, kind } }: { readonly run: Run }) {
  const { t } = useText();
  const text = t('overview:follow');
  if (kind === 'backup') {
    return (
      <TextLink to="/runs/$id" params={{ id }} search={{}} size="sm">
        {text}
      </TextLink>
    );
  }
  return (
    <TextLink to="/restore" search={{ run: id }} size="sm">
      {text}
    </TextLink>
  );
}
