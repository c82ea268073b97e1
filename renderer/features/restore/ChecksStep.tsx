import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { useText } from '../../i18n/use-text.ts';
import { CheckList } from '../../ui/CheckList.tsx';
import { ToneIcon } from '../../ui/StatusBadge.tsx';
import { byUrgency } from './check-order.ts';
import classes from './restore.module.css';

/** What has to be so before the cluster is changed: what could be checked, and what only a person knows. */
export function ChecksStep(props: {
  readonly plan: RestorePlan;
  readonly stopped: boolean;
  readonly onStopped: (stopped: boolean) => void;
  readonly onAgain: () => void;
}) {
  const { t } = useText();
  const { plan, stopped, onStopped, onAgain } = props;
  const failed = plan.checks.filter(({ result }) => result === 'failed').length;
  return (
    <Stack gap="lg">
      {failed > 0 && (
        <div className={classes.blocked} role="alert">
          <ToneIcon tone="bad" size={20} />
          <Text size="sm">{t('restore:checks.blocked', { count: failed })}</Text>
        </div>
      )}
      <section>
        <Title order={3} size="h6" mb="xs">
          {t('restore:checks.checked')}
        </Title>
        <CheckList checks={byUrgency(plan.checks)} running={false} />
        <Group mt="sm">
          <Button variant="default" onClick={onAgain}>
            {t('restore:checks.again')}
          </Button>
        </Group>
      </section>
      <section>
        <Title order={3} size="h6" mb="xs">
          {t('restore:checks.person')}
        </Title>
        <Checkbox
          checked={stopped}
          onChange={(event) => onStopped(event.currentTarget.checked)}
          label={t('restore:checks.stopped', { cluster: plan.clusterName })}
          description={t('restore:checks.stoppedHelp')}
        />
      </section>
    </Stack>
  );
}
