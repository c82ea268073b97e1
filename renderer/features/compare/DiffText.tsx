import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { diffLines } from '../../ui/entry/line-diff.ts';
import classes from './compare.module.css';

const SIGNS = { left: '−', right: '+', both: ' ' } as const;

/** Two texts laid over each other: lines of the left one, of the right one, of both. */
export function DiffText({ left, right }: { readonly left: string; readonly right: string }) {
  const { t } = useText();
  const lines = useMemo(() => numbered(left, right), [left, right]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <div className={classes.lines} tabIndex={0}>
      {lines.map(({ number, side, text }) => (
        <div key={number} className={classes.line} data-side={side}>
          <span aria-hidden>{SIGNS[side]}</span>
          <span>
            {side !== 'both' && <span className="hf-hidden">{t(`compare:${side}`)}: </span>}
            {text}
          </span>
        </div>
      ))}
    </div>
  );
}

function numbered(left: string, right: string) {
  return diffLines(left, right).map((line, number) => ({ ...line, number }));
}
