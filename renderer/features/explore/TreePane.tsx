import { IconChevronDown, IconChevronRight, IconDots } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Subject } from '../../ui/target/subject.ts';
import classes from './explore.module.css';
import { nameOf } from './names.ts';
import { type TreeRow, treeId } from './tree-model.ts';
import { useTree } from './use-tree.ts';

const ROW_PIXELS = 28;
const OVERSCAN = 10;

/** The places above, beside and below where one is. Arrow keys move, open and close; Enter goes there. */
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
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(treeId(current));
  const found = rows.findIndex((row) => row.row === 'node' && treeId(row.key) === active);
  const index = Math.max(0, found);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: OVERSCAN,
    useFlushSync: false,
    initialRect: { width: 0, height: 600 },
  });
  useEffect(() => setActive(treeId(current)), [current]);
  useEffect(() => {
    if (found >= 0) virtualizer.scrollToIndex(found);
  }, [found, virtualizer]);
  const moveTo = (row: TreeRow | undefined) => {
    if (row !== undefined) setActive(treeId(row.key));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[index];
    if (row === undefined || !(event.key in KEYS)) return;
    event.preventDefault();
    KEYS[event.key]?.({ row, rows, index, toggle, moveTo, onGo });
  };
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label={t('explore:tree')}
      aria-activedescendant={`${id}-${index}`}
      className={classes.tree}
      onKeyDown={onKeyDown}
    >
      <div role="none" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <Node
              key={`${row.row} ${treeId(row.key)}`}
              id={`${id}-${item.index}`}
              row={row}
              top={item.start}
              active={item.index === index}
              current={treeId(row.key) === treeId(current)}
              onGo={() => onGo(row.key)}
              onToggle={() => row.row === 'node' && toggle(row.key)}
            />
          );
        })}
      </div>
    </div>
  );
}

interface KeyContext {
  readonly row: TreeRow;
  readonly rows: readonly TreeRow[];
  readonly index: number;
  readonly toggle: (key: Key, open?: boolean) => void;
  readonly moveTo: (row: TreeRow | undefined) => void;
  readonly onGo: (key: Key) => void;
}

/** As trees are worked with everywhere (WAI-ARIA, tree view). */
const KEYS: { readonly [key: string]: (context: KeyContext) => void } = {
  ArrowDown: ({ rows, index, moveTo }) => moveTo(rows.slice(index + 1).find(({ row }) => row === 'node')),
  ArrowUp: ({ rows, index, moveTo }) => moveTo(rows.slice(0, index).findLast(({ row }) => row === 'node')),
  ArrowRight: ({ row, rows, index, toggle, moveTo }) => {
    if (row.row !== 'node' || !row.expandable) return;
    if (row.expanded) moveTo(rows[index + 1]);
    else toggle(row.key, true);
  },
  ArrowLeft: ({ row, rows, index, toggle, moveTo }) => {
    if (row.row === 'node' && row.expanded) return toggle(row.key, false);
    moveTo(rows.slice(0, index).findLast((above) => above.row === 'node' && above.depth < row.depth));
  },
  Home: ({ rows, moveTo }) => moveTo(rows[0]),
  End: ({ rows, moveTo }) => moveTo(rows.findLast(({ row }) => row === 'node')),
  Enter: ({ row, onGo }) => onGo(row.key),
};

interface NodeProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly top: number;
  readonly active: boolean;
  readonly current: boolean;
  readonly onGo: () => void;
  readonly onToggle: () => void;
}

function Node({ id, row, top, active, current, onGo, onToggle }: NodeProps) {
  const { t } = useText();
  const Chevron = row.row === 'node' && row.expanded ? IconChevronDown : IconChevronRight;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys.
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.row === 'node' && row.expandable ? row.expanded : undefined}
      aria-selected={current}
      data-active={active || undefined}
      className={classes.node}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: `${0.35 + row.depth * 0.85}rem` }}
      onClick={onGo}
    >
      {row.row === 'more' ? (
        <span className={classes.more}>
          <IconDots size={14} aria-hidden />
          {t('explore:moreInTable')}
        </span>
      ) : (
        <>
          <span
            className={classes.chevron}
            aria-hidden
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
            {row.expandable && <Chevron size={14} />}
          </span>
          <span className={classes.nodeName} title={nameOf(row.key)}>
            {nameOf(row.key)}
          </span>
          {row.loading && <span className="hf-hidden">{t('common:loading')}</span>}
        </>
      )}
    </div>
  );
}
