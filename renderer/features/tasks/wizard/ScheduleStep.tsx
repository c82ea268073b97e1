import {
  Autocomplete,
  Group,
  Input,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMemo } from 'react';
import type { Policy } from '../../../../shared/model/task.ts';
import { useText } from '../../../i18n/use-text.ts';
import { presetOf, type Timing, withPreset } from './draft.ts';
import { SchedulePreview } from './SchedulePreview.tsx';
import type { StepProps } from './wizard-props.ts';
import { isZone } from './zone-time.ts';

const MOST_ZONES = 30;

/** When it runs, from a preset or in detail, and which runs are full. */
export function ScheduleStep({ draft, onChange }: StepProps) {
  const { t } = useText();
  const { timing } = draft;
  const change = (changed: Partial<Timing>) => onChange({ ...draft, timing: { ...timing, ...changed } });
  return (
    <Stack>
      <Input.Wrapper label={t('tasks:preset.label')} labelElement="div">
        <SegmentedControl
          mt={4}
          style={{ display: 'flex', width: 'fit-content' }}
          aria-label={t('tasks:preset.label')}
          value={presetOf(draft) ?? 'own'}
          onChange={(value) => value !== 'own' && onChange(withPreset(draft, value as 'production' | 'test'))}
          data={[
            { value: 'production', label: t('tasks:preset.production') },
            { value: 'test', label: t('tasks:preset.test') },
            { value: 'own', label: t('tasks:preset.own') },
          ]}
        />
      </Input.Wrapper>
      <NativeSelect
        label={t('tasks:field.schedule')}
        value={timing.kind}
        onChange={(event) => change({ kind: event.currentTarget.value === 'manual' ? 'manual' : 'periodic' })}
        data={[
          { value: 'periodic', label: t('tasks:schedule.periodic') },
          { value: 'manual', label: t('tasks:schedule.manual') },
        ]}
      />
      {timing.kind === 'periodic' && <Periodic timing={timing} onChange={change} />}
      <PolicyField policy={draft.policy} onChange={(policy) => onChange({ ...draft, policy })} />
    </Stack>
  );
}

function Periodic(props: { readonly timing: Timing; readonly onChange: (change: Partial<Timing>) => void }) {
  const { t } = useText();
  const { timing, onChange } = props;
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], []);
  return (
    <>
      <Group grow align="flex-start">
        <NumberInput
          label={t('tasks:field.every')}
          size="sm"
          min={1}
          max={1000}
          allowDecimal={false}
          value={timing.every}
          onChange={(value) => onChange({ every: typeof value === 'number' ? value : 0 })}
        />
        <NativeSelect
          label={t('tasks:field.unit')}
          value={timing.unit}
          onChange={(event) => onChange({ unit: event.currentTarget.value === 'hours' ? 'hours' : 'days' })}
          data={[
            { value: 'hours', label: t('tasks:unit.hours') },
            { value: 'days', label: t('tasks:unit.days') },
          ]}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label={t('tasks:field.start')}
          type="datetime-local"
          value={timing.start}
          onChange={(event) => onChange({ start: event.currentTarget.value })}
        />
        <Autocomplete
          label={t('tasks:field.timeZone')}
          size="sm"
          data={zones}
          limit={MOST_ZONES}
          value={timing.timeZone}
          onChange={(timeZone) => onChange({ timeZone })}
          error={isZone(timing.timeZone) ? undefined : t('tasks:help.timeZone')}
        />
      </Group>
      <Text size="xs" c="dimmed">
        {t(timing.unit === 'days' ? 'tasks:help.days' : 'tasks:help.hours')}
      </Text>
      <SchedulePreview timing={timing} />
    </>
  );
}

function PolicyField(props: { readonly policy: Policy; readonly onChange: (policy: Policy) => void }) {
  const { t } = useText();
  const { policy, onChange } = props;
  return (
    <Group align="flex-start" grow>
      <NativeSelect
        label={t('tasks:field.policy')}
        description={t('tasks:help.policy')}
        value={policy.kind}
        onChange={(event) => {
          const kind = event.currentTarget.value as Policy['kind'];
          onChange(kind === 'full-every' ? { kind, runs: 7 } : { kind });
        }}
        data={[
          { value: 'full-then-incremental', label: t('tasks:policy.fullThenIncremental') },
          { value: 'full', label: t('tasks:policy.full') },
          { value: 'full-every', label: t('tasks:policy.every') },
        ]}
      />
      {policy.kind === 'full-every' && (
        <NumberInput
          label={t('tasks:field.fullEvery')}
          description={t('tasks:help.fullEvery')}
          size="sm"
          min={2}
          max={1000}
          allowDecimal={false}
          value={policy.runs}
          onChange={(value) =>
            onChange({ kind: 'full-every', runs: typeof value === 'number' && value >= 2 ? value : 2 })
          }
        />
      )}
    </Group>
  );
}
