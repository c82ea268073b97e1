import { Text } from '@mantine/core';
import { IconArrowUp, IconPencil, IconPlus, IconShieldLock, IconTrash } from '@tabler/icons-react';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { useText } from '../../i18n/use-text.ts';
import { ACTIONS, actionCounts } from './plan-counts.ts';
import classes from './restore.module.css';

const ICONS = {
  remove: IconTrash,
  create: IconPlus,
  change: IconPencil,
  raise: IconArrowUp,
  protect: IconShieldLock,
} as const;

/** How much is deleted, made and changed, in large figures; deletions first, as nobody may overlook them. */
export function ActionCounts({ plan }: { readonly plan: Pick<RestorePlan, 'services'> }) {
  const { t, format } = useText();
  const counts = actionCounts(plan);
  const always = ['remove', 'create', 'change'];
  return (
    <ul className={classes.figures}>
      {ACTIONS.filter((action) => counts[action] > 0 || always.includes(action)).map((action) => {
        const Icon = ICONS[action];
        return (
          <li key={action} data-action={action} data-none={counts[action] === 0 || undefined}>
            <span className={classes.figureIcon} aria-hidden>
              <Icon size={18} stroke={1.8} />
            </span>
            <span className={classes.figure}>{format.number(counts[action])}</span>
            <Text span size="xs">
              {t(`restore:count.${action}`)}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
