import type { AccessRule } from '../../../shared/model/access.ts';
import { useText } from '../../i18n/use-text.ts';
import { ToneIcon } from '../StatusBadge.tsx';
import { accessSentence } from './access-words.ts';
import classes from './entry.module.css';

/** An access control list, a sentence for each rule. What everybody may change stands out. */
export function AccessList({ rules }: { readonly rules: readonly AccessRule[] }) {
  const { t, locale } = useText();
  if (rules.length === 0) return <p className={classes.quiet}>{t('entry:access.none')}</p>;
  return (
    <ul className={classes.access}>
      {rules.map((rule) => {
        const sentence = accessSentence(rule, t, locale);
        return (
          <li key={sentence}>
            <ToneIcon tone={toneOf(rule)} size={16} />
            <span>{sentence}</span>
          </li>
        );
      })}
    </ul>
  );
}

const LOOKING = new Set(['read', 'describe', 'describe_configs']);

function toneOf({ effect, scheme, who, operations }: AccessRule) {
  if (effect === 'deny') return 'bad';
  const everybody = scheme === 'world' || who === 'User:*';
  return everybody && operations.some((operation) => !LOOKING.has(operation)) ? 'warn' : 'good';
}
