import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import classes from './compare.module.css';
import type { ContentChange } from './content-changes.ts';

/** Members that differ, with both values. */
export function ContentDiff({ changes }: { readonly changes: readonly ContentChange[] }) {
  const { t } = useText();
  const shown = (value: string | undefined) =>
    value === undefined ? <i>{t('compare:absent')}</i> : printable(value);
  return (
    <table className={classes.members}>
      <thead>
        <tr>
          <th scope="col">{t('compare:column.member')}</th>
          <th scope="col">{t('compare:left')}</th>
          <th scope="col">{t('compare:right')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ name, left, right }) => (
          <tr key={name}>
            <th scope="row">{printable(name)}</th>
            <td data-side="left">{shown(left)}</td>
            <td data-side="right">{shown(right)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
