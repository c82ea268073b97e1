import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { RestorePlan, ServicePlan } from '../../../shared/model/plan.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../../ui/clock.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { ToneIcon } from '../../ui/StatusBadge.tsx';
import { SealedPanel } from '../../ui/target/SealedPanel.tsx';
import { isSealed } from '../../ui/target/sealed.ts';
import { ActionCounts } from './ActionCounts.tsx';
import { OtherSite } from './OtherSite.tsx';
import { isExpired } from './order.ts';
import { PlanNotes } from './PlanNotes.tsx';
import { PlannedService } from './PlannedService.tsx';
import { planOutcome } from './plan-counts.ts';
import classes from './restore.module.css';
import { siteRows } from './site-rows.ts';
import type { Planning } from './use-plan.ts';

/** Every change that would be made, before anything is: counts, steps one by one, and what a restore cannot do. */
export function PlanStep({
  planning,
  from,
  onAgain,
}: {
  readonly planning: Planning;
  /** Text of the target that is restored from. */
  readonly from: string;
  readonly onAgain: () => void;
}) {
  const { plan, error, progress, retry } = planning;
  if (isSealed(error)) return <SealedPanel texts={[from]} error={error} />;
  if (error !== undefined && error !== null)
    return <PlanFailed error={error} onRetry={retry} onAgain={onAgain} />;
  if (plan === undefined) return <PlanProgress progress={progress} />;
  return <ShownPlan plan={plan} onAgain={onAgain} />;
}

function PlanFailed(props: {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onAgain: () => void;
}) {
  const { t } = useText();
  return (
    <Stack>
      <ErrorPanel error={props.error} onRetry={props.onRetry} />
      <Group>
        <Button variant="default" onClick={props.onAgain}>
          {t('restore:plan.again')}
        </Button>
      </Group>
    </Stack>
  );
}

function PlanProgress({ progress }: { readonly progress: Planning['progress'] }) {
  const { t } = useText();
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('restore:plan.making')}
      </Text>
      {progress.length === 0 && <LoadingPanel height={40} />}
      {progress.map(({ service, done, total }) => (
        <ProgressLine
          key={service}
          label={t('restore:plan.comparing', { service })}
          done={done}
          {...(total === undefined ? {} : { total })}
        />
      ))}
    </Stack>
  );
}

function ShownPlan({ plan, onAgain }: { readonly plan: RestorePlan; readonly onAgain: () => void }) {
  const { t } = useText();
  const expired = isExpired(plan, useNow());
  return (
    <Stack gap="lg">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Outcome plan={plan} />
        <Button variant="default" onClick={onAgain} flex="none">
          {t('restore:plan.again')}
        </Button>
      </Group>
      {expired && (
        <div className={classes.warning} role="alert">
          <ToneIcon tone="warn" size={18} />
          <Text size="sm">{t('restore:plan.expired')}</Text>
        </div>
      )}
      {plan.steps > 0 && <ActionCounts plan={plan} />}
      {plan.services.map((service) => (
        <section key={service.service}>
          <Title order={3} size="h5" mb="xs">
            {service.service === service.into && plan.order.to === undefined
              ? service.service
              : t('restore:plan.intoService', {
                  service: service.service,
                  into: service.into,
                  cluster: plan.clusterName,
                })}
          </Title>
          <Stack gap="md">
            <PlannedService plan={plan.id} service={service} />
            <ServiceNotes service={service} />
          </Stack>
        </section>
      ))}
    </Stack>
  );
}

/** What is of another site as a table, everything else in sentences. */
function ServiceNotes({ service: { source, notes } }: { readonly service: ServicePlan }) {
  const { rows, others } = useMemo(() => siteRows(source, notes), [source, notes]);
  return (
    <>
      <OtherSite rows={rows} />
      <PlanNotes source={source} notes={others} />
    </>
  );
}

function Outcome({ plan }: { readonly plan: RestorePlan }) {
  const { t, format } = useText();
  const now = useNow();
  const outcome = planOutcome(plan);
  return (
    <div>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {outcome !== 'work' && <ToneIcon tone={outcome === 'equal' ? 'good' : 'warn'} size={20} />}
        <Text fw={600}>
          {t(`restore:plan.outcome.${outcome}`, {
            cluster: plan.clusterName,
            count: plan.steps,
            number: format.number(plan.steps),
          })}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t('restore:plan.made', {
          when: format.relative(plan.created, Math.max(now, Date.parse(plan.created))),
        })}
      </Text>
    </div>
  );
}
