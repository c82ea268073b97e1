import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Run, RunStep } from '../../../shared/model/run.ts';
import { useText } from '../../i18n/use-text.ts';
import { Bytes, Count, Duration } from '../../ui/Quantity.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import { countsBytes, runStepWord } from '../../ui/run-step-words.ts';
import classes from './runs.module.css';
import { StepProgress } from './StepProgress.tsx';

/** The steps in their order: done ones in a line, running ones with their progress. */
export function RunSteps({ run: { steps, state } }: { readonly run: Pick<Run, 'steps' | 'state'> }) {
  const { t } = useText();
  return (
    <Paper withBorder p="lg">
      <Title order={2} size="h5" mb="sm">
        {t('runs:steps')}
      </Title>
      {steps.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(state === 'running' ? 'runs:starting' : 'runs:noSteps')}
        </Text>
      )}
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={`${step.name} ${step.subject} ${step.started}`}>
            {step.state === 'running' ? <StepProgress step={step} /> : <EndedStep step={step} />}
          </li>
        ))}
      </ol>
    </Paper>
  );
}

function EndedStep({ step }: { readonly step: RunStep }) {
  const { t } = useText();
  const { name, subject, state, done, bytes, started, ended } = step;
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        <RunStateBadge state={state} />
        <Text size="sm" truncate>
          {runStepWord(name, t)} · {subject}
        </Text>
      </Group>
      <Stack gap={0} align="flex-end" style={{ flex: 'none' }}>
        <Text size="xs" c="dimmed" className="hf-figures">
          {done > 0 &&
            (countsBytes(name) ? (
              <>
                <Bytes value={done} /> ·{' '}
              </>
            ) : (
              <>
                <Count value={done} /> {t('runs:objects', { count: done })} ·{' '}
              </>
            ))}
          {bytes > 0 && (
            <>
              <Bytes value={bytes} /> ·{' '}
            </>
          )}
          <Duration
            milliseconds={ended === undefined ? 0 : Math.max(0, Date.parse(ended) - Date.parse(started))}
          />
        </Text>
      </Stack>
    </Group>
  );
}
