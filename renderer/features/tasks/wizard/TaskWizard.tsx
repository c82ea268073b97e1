import { useEffect, useState } from 'react';
import type { Cluster } from '../../../../shared/model/cluster.ts';
import { name as nameSchema } from '../../../../shared/model/identifier.ts';
import type { Drivers } from '../../../forms/use-drivers.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Wizard, type WizardStep } from '../../../ui/Wizard.tsx';
import { WIZARD_STEPS, type WizardStepId } from '../search.ts';
import { ChecksStep } from './ChecksStep.tsx';
import { ClusterStep } from './ClusterStep.tsx';
import { CopiesStep } from './CopiesStep.tsx';
import {
  isCounted,
  isProtected,
  isSelected,
  isStored,
  type Passphrases,
  scheduleOf,
  type TaskDraft,
} from './draft.ts';
import { EstimateStep } from './EstimateStep.tsx';
import { keepDraft } from './kept-draft.ts';
import { ProtectionStep } from './ProtectionStep.tsx';
import { ScheduleStep } from './ScheduleStep.tsx';
import { SourcesStep } from './SourcesStep.tsx';
import { StorageStep } from './StorageStep.tsx';
import { SummaryStep } from './SummaryStep.tsx';

export interface TaskWizardProps {
  /** Under which the draft is kept over a reload. */
  readonly id: string;
  readonly start: TaskDraft;
  /** The definition that the draft was begun from, kept with it; absent: the task is new. */
  readonly before?: string;
  readonly drivers: Drivers;
  readonly clusters: readonly Cluster[];
  /** Whether the task is there already and is changed. */
  readonly saved: boolean;
  readonly step: WizardStepId | undefined;
  readonly onStep: (step: WizardStepId) => void;
  readonly onCancel: () => void;
  readonly onFinish: (draft: TaskDraft, passphrases: Passphrases) => void;
  readonly finish: string;
  readonly busy: boolean;
  readonly error: Error | null;
}

/** The wizard of a task, for a new one and for one that is changed. The draft outlives a reload; passphrases do not. */
export function TaskWizard(props: TaskWizardProps) {
  const { t } = useText();
  const { id, saved, drivers, before } = props;
  const [draft, setDraft] = useState(props.start);
  const [passphrases, setPassphrases] = useState<Passphrases>({});
  useEffect(() => keepDraft(id, { draft, before }), [id, draft, before]);
  const common = { draft, drivers, onChange: setDraft };
  const contents: { readonly [step in WizardStepId]: Pick<WizardStep, 'content' | 'ready'> } = {
    cluster: {
      ready: nameSchema.safeParse(draft.name.trim()).success && draft.sources.length > 0,
      content: <ClusterStep {...common} clusters={props.clusters} saved={saved} />,
    },
    sources: { ready: isSelected(draft, drivers.sources), content: <SourcesStep {...common} /> },
    storage: { ready: isStored(draft), content: <StorageStep {...common} /> },
    schedule: { ready: scheduleOf(draft.timing) !== undefined, content: <ScheduleStep {...common} /> },
    copies: { ready: isCounted(draft), content: <CopiesStep {...common} saved={saved} /> },
    protection: {
      ready: isProtected(draft, drivers.sources, passphrases),
      content: <ProtectionStep {...common} passphrases={passphrases} onPassphrases={setPassphrases} />,
    },
    checks: { content: <ChecksStep {...common} /> },
    estimate: { content: <EstimateStep {...common} /> },
    summary: { content: <SummaryStep {...common} saved={saved} error={props.error} /> },
  };
  const steps = WIZARD_STEPS.map((step) => ({ id: step, title: t(`tasks:step.${step}`), ...contents[step] }));
  return (
    <Wizard
      steps={steps}
      current={reachable(steps, props.step)}
      onStep={(step) => props.onStep(step as WizardStepId)}
      onCancel={props.onCancel}
      onFinish={() => props.onFinish(draft, passphrases)}
      finish={props.finish}
      busy={props.busy}
    />
  );
}

/** The step that is asked for, unless one before it is not filled in: whoever reloads has lost the passphrases. */
function reachable(
  steps: readonly { readonly id: WizardStepId; readonly ready?: boolean }[],
  asked: WizardStepId = 'cluster',
): WizardStepId {
  const wanted = WIZARD_STEPS.indexOf(asked);
  const unready = steps.findIndex(({ ready }) => ready === false);
  return unready === -1 || unready >= wanted ? asked : (WIZARD_STEPS[unready] ?? 'cluster');
}
