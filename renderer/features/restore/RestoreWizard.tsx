import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { restoreCommand } from '../../../shared/command/restore.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../../ui/clock.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useSubject } from '../../ui/target/subject.ts';
import { isTypedName } from '../../ui/typed-name.ts';
import { Wizard, type WizardStep } from '../../ui/Wizard.tsx';
import { ChecksStep } from './ChecksStep.tsx';
import { ConfirmStep } from './ConfirmStep.tsx';
import { isExpired, isIntoPath, orderOf, stepOf, stepsOf } from './order.ts';
import { PlanStep } from './PlanStep.tsx';
import { PointStep } from './PointStep.tsx';
import { SelectionStep } from './SelectionStep.tsx';
import type { RestoreSearch, RestoreStepName } from './search.ts';
import { TargetStep } from './TargetStep.tsx';
import { usePlan } from './use-plan.ts';
import { useStart } from './use-start.ts';

const route = getRouteApi('/restore');

/** Point, selection, target, plan, checklist, name of the cluster. All of it stands in the address. */
export function RestoreWizard() {
  const { t } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const order = orderOf(search);
  const step = stepOf(search);
  const subject = useSubject(search.from);
  const planning = usePlan(order, search.plan, subject, step === 'plan');
  const { plan } = planning;
  const now = useNow();
  const [partly, setPartly] = useState((search.select ?? []).length > 0);
  const [stopped, setStopped] = useState(false);
  const [typed, setTyped] = useState('');
  const start = useStart(plan, subject);
  const change = (part: Partial<RestoreSearch>) => {
    setStopped(false);
    setTyped('');
    if (part.from !== undefined) setPartly(false);
    void navigate({ search: (before) => ({ ...before, step, ...part, plan: undefined }), replace: true });
  };
  const usable = plan !== undefined && plan.steps > 0 && !isExpired(plan, now);
  const passed = usable && plan.checks.every(({ result }) => result !== 'failed');
  const contents: { readonly [name in RestoreStepName]: Omit<WizardStep, 'id' | 'title'> } = {
    point: { ready: order !== undefined, content: <PointStep search={search} onChange={change} /> },
    selection: {
      ready: !partly || (search.select ?? []).length > 0,
      content: subject && (
        <SelectionStep
          subject={subject}
          search={search}
          onChange={change}
          partly={partly}
          onPartly={setPartly}
        />
      ),
    },
    target: {
      ready: isIntoPath(order?.into ?? '') && (order?.from.of !== 'file' || order.to !== undefined),
      content: order && <TargetStep order={order} onChange={change} />,
    },
    plan: {
      ready: usable,
      content: (
        <PlanStep planning={planning} from={search.from ?? ''} onAgain={() => change({ step: 'plan' })} />
      ),
    },
    checks: {
      ready: passed && stopped,
      content: plan && (
        <ChecksStep
          plan={plan}
          stopped={stopped}
          onStopped={setStopped}
          onAgain={() => change({ step: 'plan' })}
        />
      ),
    },
    confirm: {
      ready: passed && stopped && isTypedName(typed, plan.clusterName),
      content: plan && <ConfirmStep plan={plan} typed={typed} onTyped={setTyped} error={start.error} />,
    },
  };
  const names = stepsOf(order);
  // Whoever opens the last step by its address has not been through the checklist.
  const current = step === 'confirm' && !stopped ? 'checks' : step;
  return (
    <>
      <PageHeader
        title={t('restore:title')}
        description={t('restore:description')}
        {...(order === undefined ? {} : { command: restoreCommand(order) })}
      />
      <Wizard
        wide
        danger
        current={current}
        onStep={(id) => {
          setTyped('');
          void navigate({ search: (before) => ({ ...before, step: id as RestoreStepName }) });
        }}
        onCancel={() => void navigate({ to: '/points', search: {} })}
        onFinish={start.go}
        finish={t(order?.from.of === 'undo' ? 'restore:confirm.undo' : 'restore:confirm.start', {
          cluster: plan?.clusterName ?? '',
        })}
        busy={start.busy}
        steps={names.map((name) => ({ id: name, title: t(`restore:step.${name}`), ...contents[name] }))}
      />
    </>
  );
}
