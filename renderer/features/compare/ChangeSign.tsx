import { IconArrowsExchange, IconMinus, IconPlus } from '@tabler/icons-react';
import classes from './compare.module.css';
import type { Change } from './difference-rows.ts';

const SIGNS = { added: IconPlus, removed: IconMinus, changed: IconArrowsExchange } as const;

/** The sign of a kind of change; whoever shows it says the word beside it. */
export function ChangeSign({ change }: { readonly change: Change }) {
  const Sign = SIGNS[change];
  return (
    <span className={classes.sign} data-change={change} aria-hidden>
      <Sign size={13} stroke={2.2} />
    </span>
  );
}
