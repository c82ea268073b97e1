import { Group, Stack, Text, Title } from '@mantine/core';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { Run, RunStep } from '../../../shared/model/run.ts';
import { useText } from '../../i18n/use-text.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Duration } from '../../ui/Quantity.tsx';
import { countsBytes, runStepWord } from '../../ui/run-step-words.ts';
import { type Tone, ToneIcon } from '../../ui/StatusBadge.tsx';
import classes from './restore.module.css';
import { expectedSteps } from './run-steps.ts';

const TONES: { readonly [state in RunStep['state']]: Tone } = {
  running: 'busy',
  succeeded: 'good',
  incomplete: 'warn',
  conflict: 'warn',
  failed: 'bad',
  cancelled: 'quiet',
  interrupted: 'warn',
};

/** Every step that was begun with how far it is, and behind them those that will come. */
export function RunSteps({ run, plan }: { readonly run: Run; readonly plan: RestorePlan | undefined }) {
  const { t } = useText();
  const coming = run.state === 'running' && plan !== undefined ? expectedSteps(plan, run.steps) : [];
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('restore:run.steps')}
      </Title>
      <ol className={classes.runSteps}>
        {run.steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added.
          <li key={place}>
            <ToneIcon tone={TONES[step.state]} size={18} />
            <div>
              <StepLine step={step} />
            </div>
          </li>
        ))}
        {coming.map(({ name, subject }) => (
          <li key={`${name} ${subject}`} data-coming>
            <ToneIcon tone="quiet" size={18} />
            <Text size="sm" c="dimmed">
              {runStepWord(name, t)} · {subject}
            </Text>
          </li>
        ))}
      </ol>
    </Stack>
  );
}

function StepLine({ step }: { readonly step: RunStep }) {
  const { t, format } = useText();
  const { name, subject, state, started, ended, done, total, bytes } = step;
  const label = `${runStepWord(name, t)} · ${subject}`;
  const amount = countsBytes(name) ? format.bytes : format.number;
  const elapsed = Math.max(0, (ended === undefined ? Date.now() : Date.parse(ended)) - Date.parse(started));
  if (state === 'running') {
    return (
      <ProgressLine
        label={label}
        done={done}
        elapsed={elapsed}
        {...(countsBytes(name) ? { unit: 'bytes' } : {})}
        {...(total === undefined ? {} : { total })}
        {...(bytes === 0 ? {} : { bytes })}
      />
    );
  }
  return (
    <Group justify="space-between">
      <Text size="sm">{label}</Text>
      <Text size="xs" c="dimmed" className="hf-figures">
        {total !== undefined && `${t('common:progress.of', { done: amount(done), total: amount(total) })} · `}
        <Duration milliseconds={elapsed} />
      </Text>
    </Group>
  );
}
