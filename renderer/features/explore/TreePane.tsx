import { IconDots } from '@tabler/icons-react';
import type { Key } from '../../../shared/order/key.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Subject } from '../../ui/target/subject.ts';
import { Tree } from '../../ui/tree/Tree.tsx';
import { rowId } from '../../ui/tree/tree-keys.ts';
import classes from './explore.module.css';
import { nameOf } from './names.ts';
import { type TreeRow, treeId } from './tree-model.ts';
import { useTree } from './use-tree.ts';

/** The places above, beside and below where one is. Choosing one goes there. */
export function TreePane({
  subject,
  current,
  onGo,
}: {
  readonly subject: Subject;
  readonly current: Key;
  readonly onGo: (key: Key) => void;
}) {
  const { t } = useText();
  const { rows, toggle } = useTree(subject, current);
  return (
    <Tree
      rows={rows}
      label={t('explore:tree')}
      current={rowId({ row: 'node', key: current, depth: 0 })}
      onToggle={toggle}
      onChoose={({ key }) => onGo(key)}
      state={({ key }) => ({ 'aria-selected': treeId(key) === treeId(current) })}
      content={(row) => <Content row={row} />}
    />
  );
}

function Content({ row }: { readonly row: TreeRow }) {
  const { t } = useText();
  if (row.row === 'more') {
    return (
      <span className={classes.more}>
        <IconDots size={14} aria-hidden />
        {t('explore:moreInTable')}
      </span>
    );
  }
  return (
    <>
      <span className={classes.nodeName} title={nameOf(row.key)}>
        {nameOf(row.key)}
      </span>
      {row.loading && <span className="hf-hidden">{t('common:loading')}</span>}
    </>
  );
}
