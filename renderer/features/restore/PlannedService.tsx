import { NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ServicePlan } from '../../../shared/model/plan.ts';
import { useText } from '../../i18n/use-text.ts';
import { inPhaseOrder, phaseWord } from '../../ui/run-step-words.ts';
import { ACTIONS, type PhaseCounts, phaseCounts } from './plan-counts.ts';
import { StepTable } from './StepTable.tsx';

/** What is done to one service: phase by phase in numbers, and every single step. */
export function PlannedService({ plan, service }: { readonly plan: string; readonly service: ServicePlan }) {
  const { t, format } = useText();
  const phases = useMemo(() => inPhaseOrder(phaseCounts(service)), [service]);
  const [shown, setShown] = useState('');
  const all = phases.reduce((sum, { steps }) => sum + steps, 0);
  const phase = phases.find((each) => each.phase === shown);
  if (all === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t(service.differs ? 'restore:plan.serviceDiffers' : 'restore:plan.serviceEqual')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <PhaseTable phases={phases} />
      <NativeSelect
        label={t('restore:plan.steps')}
        value={shown}
        onChange={(event) => setShown(event.currentTarget.value)}
        data={[
          { value: '', label: t('restore:plan.allSteps', { number: format.number(all) }) },
          ...phases.map((each) => ({
            value: each.phase,
            label: `${phaseWord(each.phase, t)} (${format.number(each.steps)})`,
          })),
        ]}
      />
      <StepTable
        plan={plan}
        service={service.service}
        from={phase?.offset ?? 0}
        count={phase?.steps ?? all}
      />
    </Stack>
  );
}

function PhaseTable({ phases }: { readonly phases: readonly PhaseCounts[] }) {
  const { t, format } = useText();
  const actions = ACTIONS.filter((action) => phases.some(({ byAction }) => byAction[action] > 0));
  return (
    <Table withTableBorder fz="sm" verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('restore:plan.phase')}</Table.Th>
          {actions.map((action) => (
            <Table.Th key={action} ta="end">
              {t(`restore:action.${action}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {phases.map(({ phase, byAction }) => (
          <Table.Tr key={phase}>
            <Table.Th fw={400} scope="row">
              {phaseWord(phase, t)}
            </Table.Th>
            {actions.map((action) => (
              <Table.Td key={action} ta="end" className="hf-figures">
                {byAction[action] === 0 ? '—' : format.number(byAction[action])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
