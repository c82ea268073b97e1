import { Text } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useId, useMemo } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { SealedPanel } from '../../ui/target/SealedPanel.tsx';
import { isSealed } from '../../ui/target/sealed.ts';
import type { Subject } from '../../ui/target/subject.ts';
import { Tree } from '../../ui/tree/Tree.tsx';
import classes from './restore.module.css';
import { tickedKeys } from './selection.ts';
import { type TickRow, tickRows } from './tick-rows.ts';
import { useBranches } from './use-branches.ts';

const TREE_PIXELS = 280;

/** The point as a tree to tick in. Arrow keys move, open and close; Space ticks. Never sends the form. */
export function SelectionTree({
  subject,
  patterns,
  onToggle,
}: {
  readonly subject: Subject;
  readonly patterns: readonly string[];
  readonly onToggle: (key: Key) => void;
}) {
  const { t } = useText();
  const { branches, open, error, retry, toggle, showMore } = useBranches(subject);
  const ticked = useMemo(() => tickedKeys(patterns), [patterns]);
  const rows = useMemo(() => tickRows({ branches, open, ticked }), [branches, open, ticked]);
  const id = useId();
  if (isSealed(error)) return <SealedPanel texts={[subject.text.split('#')[0] ?? '']} error={error} />;
  if (error !== undefined && error !== null) return <ErrorPanel error={error} onRetry={retry} />;
  const choose = (row: TickRow) => {
    if (row.row === 'more') showMore(row.key);
    else if (row.row === 'place' && row.tick !== 'within') onToggle(row.key);
  };
  return (
    <>
      <Text size="xs" c="dimmed" id={id}>
        {t('restore:selection.keys')}
      </Text>
      <Tree
        rows={rows}
        label={t('restore:selection.tree')}
        describedBy={id}
        multiselectable
        height={TREE_PIXELS}
        onToggle={toggle}
        onChoose={choose}
        state={stateOf}
        content={(row) => <Content row={row} />}
      />
    </>
  );
}

function stateOf(row: TickRow) {
  if (row.row !== 'place') return {};
  return {
    'aria-checked': row.tick === 'below' ? ('mixed' as const) : row.tick !== 'none',
    'aria-disabled': row.tick === 'within',
  };
}

function Content({ row }: { readonly row: TickRow }) {
  const { t } = useText();
  if (row.row !== 'place') {
    return (
      <span className={classes.more}>
        {t(row.row === 'more' ? 'restore:selection.more' : 'common:loading')}
      </span>
    );
  }
  const name = printable(row.key.at(-1) ?? '');
  return (
    <>
      <span className={classes.box} data-tick={row.tick} aria-hidden>
        {row.tick === 'below' && <IconMinus size={12} stroke={3} />}
        {(row.tick === 'ticked' || row.tick === 'within') && <IconCheck size={12} stroke={3} />}
      </span>
      <span className={classes.placeName} title={name}>
        {name}
      </span>
    </>
  );
}
