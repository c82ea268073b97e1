import { IconChevronRight, IconFile, IconFolder, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ShownChild } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { useKindLabel } from '../../ui/entry/use-kind-label.ts';
import { LoadingTable } from '../../ui/Skeletons.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import { Crumbs } from './Crumbs.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import classes from './explore.module.css';
import { usePages } from './use-pages.ts';

const ROW_PIXELS = 30;
const LOOKED_AT = [0, 1, 2, 3, 4, 5, 6, 7];

export interface ChildTableProps {
  readonly subject: Subject;
  readonly place: Key;
  /** The entry that is shown beside the table. */
  readonly shown: Key;
  readonly round: number;
  /** Set when the table is left for another place: the next one takes the focus. */
  readonly takesFocus: { current: boolean };
  readonly onGo: (key: Key) => void;
  readonly onShow: (key: Key) => void;
}

/** Every child of a place, however many: a click shows it, a double click or the right arrow goes into it. */
export function ChildTable({ subject, place, shown, round, takesFocus, onGo, onShow }: ChildTableProps) {
  const { t, format } = useText();
  const pages = usePages(subject, place, round);
  const { source, status, total } = pages;
  // Sources tell the size of a child where that costs nothing; of one that may not be looked at, nobody does.
  const withSizes = useSticky(LOOKED_AT.some((index) => source.at(index)?.bytes !== undefined));
  const columns = useColumns(place, withSizes, onGo);
  const frame = useFocusOnceThere(takesFocus, source.count > 0);
  const goBy = (key: Key) => {
    takesFocus.current = true;
    onGo(key);
  };
  const selected = shown.length === place.length + 1 ? shown.at(-1) : undefined;
  const isCounting = total === undefined && status === 'ready';
  return (
    <>
      <div className={classes.caption}>
        <Crumbs place={place} />
        <span className="hf-figures" aria-live="polite">
          {isCounting && t('explore:counting')}
          {total !== undefined && t('explore:children', { count: total, number: format.number(total) })}
        </span>
        <ExportMenu subject={subject} place={place} total={total} />
      </div>
      {status === 'failed' && <ErrorPanel error={pages.error} onRetry={pages.retry} />}
      {status === 'loading' && <LoadingTable rows={14} />}
      {total === 0 && (
        <EmptyState icon={IconFolderOpen} title={t('explore:leaf.title')} text={t('explore:leaf.text')} />
      )}
      {source.count > 0 && (
        <div className={classes.fill} ref={frame}>
          <DataTable
            label={t('explore:listing')}
            columns={columns}
            rows={source}
            rowKey={nameKey}
            selected={selected}
            onOpen={({ name }) => onShow([...place, name])}
            onGoIn={({ name, hasChildren }) => hasChildren !== false && goBy([...place, name])}
            onGoOut={() => place.length > 0 && goBy(place.slice(0, -1))}
            height="parent"
            rowHeight={ROW_PIXELS}
          />
        </div>
      )}
    </>
  );
}

/** True once it was true: pages that are let go do not take it back. */
function useSticky(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return now || was;
}

const nameKey = ({ name }: ShownChild) => name;

/** Whoever goes into a row by the table goes on in the table that comes. */
function useFocusOnceThere(takesFocus: { current: boolean }, there: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!there || !takesFocus.current) return;
    takesFocus.current = false;
    frame.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  }, [there, takesFocus]);
  return frame;
}

function useColumns(place: Key, withSizes: boolean, onGo: (key: Key) => void): readonly Column<ShownChild>[] {
  const { t, format } = useText();
  const kindLabel = useKindLabel();
  const go = useRef(onGo);
  go.current = onGo;
  return useMemo(() => {
    const name: Column<ShownChild> = {
      id: 'name',
      header: t('explore:column.name'),
      width: 'minmax(9rem, 3fr)',
      cell: (child) => <ChildName child={child} onGo={() => go.current([...place, child.name])} />,
    };
    const kind: Column<ShownChild> = {
      id: 'kind',
      header: t('explore:column.kind'),
      width: 'minmax(7rem, 1fr)',
      cell: (child) => kindLabel(child.kind),
    };
    const size: Column<ShownChild> = {
      id: 'size',
      header: t('explore:column.size'),
      width: '5.5rem',
      align: 'end',
      cell: ({ bytes }) => (bytes === undefined ? '' : format.bytes(bytes)),
    };
    return withSizes ? [name, kind, size] : [name, kind];
  }, [t, format, kindLabel, withSizes, place]);
}

function ChildName({
  child: { name, hasChildren },
  onGo,
}: {
  readonly child: ShownChild;
  readonly onGo: () => void;
}) {
  const { t } = useText();
  const Icon = hasChildren === false ? IconFile : IconFolder;
  return (
    <span className={classes.name} data-below={hasChildren !== false || undefined}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <span className={classes.label}>{printable(name)}</span>
      {hasChildren !== false && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.into}
          aria-label={t('explore:goIntoNamed', { name: printable(name) })}
          onClick={(event) => {
            event.stopPropagation();
            onGo();
          }}
        >
          <IconChevronRight size={15} />
        </button>
      )}
    </span>
  );
}
