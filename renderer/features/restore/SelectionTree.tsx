import { Text } from '@mantine/core';
import { IconCheck, IconChevronDown, IconChevronRight, IconMinus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { isSealed, SealedPanel } from '../../ui/target/SealedPanel.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import classes from './restore.module.css';
import { tickedKeys } from './selection.ts';
import { type TickRow, tickRows } from './tick-rows.ts';
import { useBranches } from './use-branches.ts';

const ROW_PIXELS = 28;
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
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const active = Math.min(at, rows.length - 1);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 10,
    useFlushSync: false,
    initialRect: { width: 0, height: TREE_PIXELS },
  });
  if (isSealed(error)) return <SealedPanel texts={[subject.text.split('#')[0] ?? '']} error={error} />;
  if (error !== undefined && error !== null) return <ErrorPanel error={error} onRetry={retry} />;
  const moveTo = (index: number) => {
    if (index < 0 || index >= rows.length) return;
    setAt(index);
    virtualizer.scrollToIndex(index);
  };
  const choose = (row: TickRow) => {
    if (row.row === 'more') showMore(row.key);
    else if (row.row === 'place' && row.tick !== 'within') onToggle(row.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (row === undefined) return;
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act({ row, rows, active, moveTo, toggle, choose });
  };
  return (
    <>
      <Text size="xs" c="dimmed" id={`${id}-help`}>
        {t('restore:selection.keys')}
      </Text>
      <div
        ref={scroller}
        role="tree"
        tabIndex={0}
        aria-label={t('restore:selection.tree')}
        aria-describedby={`${id}-help`}
        aria-multiselectable
        aria-activedescendant={`${id}-${active}`}
        className={classes.tree}
        onKeyDown={onKeyDown}
      >
        <div role="none" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <TickNode
                key={`${row.row} ${JSON.stringify(row.key)}`}
                id={`${id}-${index}`}
                row={row}
                top={start}
                active={index === active}
                onClick={() => {
                  setAt(index);
                  choose(row);
                }}
                onExpand={() => {
                  setAt(index);
                  toggle(row.key);
                }}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

interface KeyContext {
  readonly row: TickRow;
  readonly rows: readonly TickRow[];
  readonly active: number;
  readonly moveTo: (index: number) => void;
  readonly toggle: (key: Key, wanted?: boolean) => void;
  readonly choose: (row: TickRow) => void;
}

/** As trees are worked with everywhere (WAI-ARIA, tree view). */
const KEYS: { readonly [key: string]: (context: KeyContext) => void } = {
  ArrowDown: ({ active, moveTo }) => moveTo(active + 1),
  ArrowUp: ({ active, moveTo }) => moveTo(active - 1),
  Home: ({ moveTo }) => moveTo(0),
  End: ({ rows, moveTo }) => moveTo(rows.length - 1),
  ArrowRight: ({ row, active, moveTo, toggle }) => {
    if (row.row !== 'place' || !row.expandable) return;
    if (row.expanded) moveTo(active + 1);
    else toggle(row.key, true);
  },
  ArrowLeft: ({ row, rows, active, moveTo, toggle }) => {
    if (row.row === 'place' && row.expanded) return toggle(row.key, false);
    moveTo(rows.slice(0, active).findLastIndex(({ depth }) => depth < row.depth));
  },
  ' ': ({ row, choose }) => choose(row),
  Enter: ({ row, choose }) => choose(row),
};

interface TickNodeProps {
  readonly id: string;
  readonly row: TickRow;
  readonly top: number;
  readonly active: boolean;
  readonly onClick: () => void;
  readonly onExpand: () => void;
}

function TickNode({ id, row, top, active, onClick, onExpand }: TickNodeProps) {
  const { t } = useText();
  const place = row.row === 'place' ? row : undefined;
  const checked = place?.tick === 'below' ? 'mixed' : place !== undefined && place.tick !== 'none';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys.
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={place?.expandable ? place.expanded : undefined}
      aria-checked={place === undefined ? undefined : checked}
      aria-disabled={place?.tick === 'within' || undefined}
      data-active={active || undefined}
      className={classes.place}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: `${0.4 + row.depth * 1.1}rem` }}
      onClick={onClick}
    >
      {place === undefined ? (
        <span className={classes.more}>
          {t(row.row === 'more' ? 'restore:selection.more' : 'common:loading')}
        </span>
      ) : (
        <PlaceName place={place} onExpand={onExpand} />
      )}
    </div>
  );
}

function PlaceName({
  place,
  onExpand,
}: {
  readonly place: Extract<TickRow, { row: 'place' }>;
  readonly onExpand: () => void;
}) {
  const name = printable(place.key.at(-1) ?? '');
  const Chevron = place.expanded ? IconChevronDown : IconChevronRight;
  return (
    <>
      <span
        className={classes.chevron}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          if (place.expandable) onExpand();
        }}
      >
        {place.expandable && <Chevron size={14} />}
      </span>
      <span className={classes.box} data-tick={place.tick} aria-hidden>
        {place.tick === 'below' && <IconMinus size={12} stroke={3} />}
        {(place.tick === 'ticked' || place.tick === 'within') && <IconCheck size={12} stroke={3} />}
      </span>
      <span className={classes.placeName} title={name}>
        {name}
      </span>
    </>
  );
}
