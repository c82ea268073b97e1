import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type AriaAttributes,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import type { Key } from '../../../shared/order/key.ts';
import classes from './tree.module.css';
import { activeAfterChoosing, pressKey, rowId, type TreeItem } from './tree-keys.ts';

const ROW_PIXELS = 28;
const OVERSCAN = 10;
const INDENT_REM = 0.95;

export interface TreeProps<T extends TreeItem> {
  readonly rows: readonly T[];
  readonly label: string;
  readonly describedBy?: string;
  readonly multiselectable?: boolean;
  /** Pixels; absent: what its parent leaves. */
  readonly height?: number;
  /** The row that keys work on follows this one whenever it changes; its id as `rowId` has it. */
  readonly current?: string;
  readonly onToggle: (key: Key, open?: boolean) => void;
  /** By click, Enter or Space. */
  readonly onChoose: (row: T) => void;
  readonly state: (row: T) => AriaAttributes;
  /** What stands behind the chevron. */
  readonly content: (row: T) => ReactNode;
}

/** A tree of any size with one tab stop: arrow keys move, open and close. Only rows in sight are there. */
export function Tree<T extends TreeItem>(props: TreeProps<T>) {
  const { rows, current, height, onToggle, onChoose } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState(current);
  const found = rows.findIndex((row) => rowId(row) === activeId);
  const active = Math.max(0, found);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: OVERSCAN,
    useFlushSync: false,
    initialRect: { width: 0, height: height ?? 600 },
  });
  useEffect(() => setActiveId(current), [current]);
  useEffect(() => {
    if (found >= 0) virtualizer.scrollToIndex(found);
  }, [found, virtualizer]);
  const activate = (row: T | undefined) => {
    if (row !== undefined) setActiveId(rowId(row));
  };
  const choose = (row: T, index: number) => {
    activate(activeAfterChoosing(rows, index));
    onChoose(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const actions = {
      moveTo: (index: number) => activate(rows[index]),
      onToggle,
      onChoose: (row: T) => choose(row, active),
    };
    if (pressKey(event.key, rows, active, actions)) event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-multiselectable={props.multiselectable}
      aria-activedescendant={`${id}-${active}`}
      className={classes.tree}
      style={height === undefined ? { flex: 1, minHeight: 0 } : { height }}
      onKeyDown={onKeyDown}
    >
      <div role="none" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys.
            <div
              key={rowId(row)}
              id={`${id}-${index}`}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-expanded={row.expandable === true ? row.expanded : undefined}
              {...props.state(row)}
              data-active={index === active || undefined}
              className={classes.row}
              style={{
                transform: `translateY(${start}px)`,
                paddingInlineStart: `${0.35 + row.depth * INDENT_REM}rem`,
              }}
              onClick={() => choose(row, index)}
            >
              <Chevron
                row={row}
                onToggle={() => {
                  activate(row);
                  onToggle(row.key);
                }}
              />
              {props.content(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Chevron({ row, onToggle }: { readonly row: TreeItem; readonly onToggle: () => void }) {
  const Icon = row.expanded === true ? IconChevronDown : IconChevronRight;
  return (
    <span
      className={classes.chevron}
      aria-hidden
      onClick={(event) => {
        if (row.expandable !== true) return;
        event.stopPropagation();
        onToggle();
      }}
    >
      {row.expandable === true && <Icon size={14} />}
    </span>
  );
}
