import type { SourceDescription } from '../../../../shared/model/driver.ts';
import type { ServiceInventory } from '../../../../shared/model/estimate.ts';
import { useText } from '../../../i18n/use-text.ts';
import classes from '../tasks.module.css';

/** How much of each kind there is, in the words of its source. */
export function InventoryLines(props: {
  readonly lines: ServiceInventory['lines'];
  readonly kinds: SourceDescription['kinds'];
}) {
  const { t, pick, format } = useText();
  const some = props.lines.filter(({ entries }) => entries > 0);
  return (
    <div className={classes.inventory} role="status">
      {some.length === 0 && t('tasks:wizard.nothingFound')}
      {some.map(({ kind, entries, bytes }) => {
        const known = props.kinds.find((each) => each.kind === kind);
        return (
          <span key={kind} className="hf-figures">
            {known === undefined ? kind : pick(known.label)}: <b>{format.number(entries)}</b>
            {bytes !== undefined && ` · ${format.bytes(bytes)}`}
          </span>
        );
      })}
    </div>
  );
}
