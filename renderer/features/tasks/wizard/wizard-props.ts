import type { Drivers } from '../../../forms/use-drivers.ts';
import type { TaskDraft } from './draft.ts';

/** What every step of the wizard works with. */
export interface StepProps {
  readonly draft: TaskDraft;
  readonly drivers: Drivers;
  readonly onChange: (draft: TaskDraft) => void;
}
