import type { RunStep } from '../../../shared/model/run.ts';
import { useText } from '../../i18n/use-text.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { countsBytes, runStepWord } from '../../ui/run-step-words.ts';

/** How far a step is. Rate and time left are reckoned while it runs. */
export function StepProgress({ step }: { readonly step: RunStep }) {
  const { t } = useText();
  const { name, subject, done, total, bytes, started, ended } = step;
  const elapsed = (ended === undefined ? Date.now() : Date.parse(ended)) - Date.parse(started);
  return (
    <ProgressLine
      label={`${runStepWord(name, t)} · ${subject}`}
      done={done}
      bytes={bytes}
      elapsed={Math.max(0, elapsed)}
      {...(countsBytes(name) ? { unit: 'bytes' } : {})}
      {...(total === undefined ? {} : { total })}
    />
  );
}
