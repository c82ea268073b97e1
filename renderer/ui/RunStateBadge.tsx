import type { RunState } from '../../shared/model/run.ts';
import { useText } from '../i18n/use-text.ts';
import { StatusBadge, type Tone } from './StatusBadge.tsx';

const TONES: { readonly [state in RunState]: Tone } = {
  running: 'busy',
  succeeded: 'good',
  incomplete: 'warn',
  conflict: 'warn',
  failed: 'bad',
  cancelled: 'quiet',
  interrupted: 'warn',
};

/** The state of a run or of one of its steps. */
export function RunStateBadge({ state }: { readonly state: RunState }) {
  const { t } = useText();
  return <StatusBadge tone={TONES[state]}>{t(`common:runState.${state}`)}</StatusBadge>;
}
