import { Chip, Group, TextInput } from '@mantine/core';
import { IconCircleCheck, IconFilter, IconFolder } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { useMembersText } from '../../ui/entry/members-text.ts';
import { useKindLabel } from '../../ui/entry/use-kind-label.ts';
import { LoadingTable } from '../../ui/Skeletons.tsx';
import { SplitPanes } from '../../ui/split/SplitPanes.tsx';
import type { Share } from '../../ui/split/shares.ts';
import type { RowSource } from '../../ui/table-rows.ts';
import { isSealed } from '../../ui/target/sealed.ts';
import type { Subject } from '../../ui/target/subject.ts';
import { ChangeSign } from './ChangeSign.tsx';
import classes from './compare.module.css';
import { DifferenceDetail } from './DifferenceDetail.tsx';
import { CHANGES, type Counts, MOST_HELD } from './difference-rows.ts';
import { SealedSides } from './SealedSides.tsx';

const route = getRouteApi('/compare');
const ROW_PIXELS = 30;
/** The list, one entry. */
const PANES: readonly Share[] = ['rest', 0.5];

export interface DifferencesViewProps {
  readonly left: Subject;
  readonly right: Subject;
  readonly source: RowSource<ShownDifference>;
  readonly loading: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly counts: Counts;
  /** All of them are counted. */
  readonly counted: boolean;
  /** More differ than are listed. */
  readonly cut: boolean;
}

/** How much differs, of which kind; the list of it; and one entry side by side. */
export function DifferencesView(props: DifferencesViewProps) {
  const { t, format } = useText();
  const { left, right, source, loading, error, counts, counted } = props;
  const { entry } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const total = counts.added + counts.removed + counts.changed;
  if (isSealed(error)) return <SealedSides left={left} right={right} error={error} />;
  return (
    <>
      <Filters counts={counts} counted={counted} />
      {error !== undefined && <ErrorPanel error={error} onRetry={props.onRetry} />}
      {props.cut && <p className={classes.note}>{t('compare:cut', { number: format.number(MOST_HELD) })}</p>}
      {error === undefined && !loading && source.count === 0 && (
        <EmptyState
          icon={IconCircleCheck}
          title={t(total === 0 && counted ? 'compare:equal.title' : 'compare:nothing.title')}
          text={t(total === 0 && counted ? 'compare:equal.text' : 'compare:nothing.text')}
        />
      )}
      {loading && <LoadingTable rows={12} />}
      {source.count > 0 && (
        <SplitPanes
          id="compare"
          first={PANES}
          className={classes.panes}
          panes={[
            <DataTable
              key="list"
              label={t('compare:list')}
              columns={columns}
              rows={source}
              rowKey={({ key }) => keyPath(key)}
              selected={entry}
              onOpen={({ key }) =>
                void navigate({ search: (before) => ({ ...before, entry: keyPath(key) }) })
              }
              height="parent"
              rowHeight={ROW_PIXELS}
            />,
            entry === undefined ? (
              <p key="hint" className={classes.hint}>
                {t('compare:choose')}
              </p>
            ) : (
              <DifferenceDetail key="detail" left={left} right={right} entryText={entry} />
            ),
          ]}
        />
      )}
    </>
  );
}

function Filters({ counts, counted }: Pick<DifferencesViewProps, 'counts' | 'counted'>) {
  const { t, format } = useText();
  const { changes, containing = '', prefix = '/' } = route.useSearch();
  const navigate = route.useNavigate();
  const [place, setPlace] = useState(prefix);
  useEffect(() => setPlace(prefix), [prefix]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const path = keyPath(parseKeyPath(place.trim()));
    void navigate({ search: (before) => ({ ...before, prefix: path === '/' ? undefined : path }) });
  };
  const choose = (chosen: string[]) => {
    const wanted = CHANGES.filter((change) => chosen.includes(change));
    const all = wanted.length === 0 || wanted.length === CHANGES.length;
    void navigate({
      search: (before) => ({ ...before, changes: all ? undefined : [...wanted] }),
      replace: true,
    });
  };
  return (
    <Group gap="xs" mb="sm" className={classes.filters ?? ''}>
      <Chip.Group multiple value={[...(changes ?? [])]} onChange={choose}>
        {CHANGES.map((change) => (
          <Chip key={change} value={change} size="sm" variant="outline">
            <span className={classes.chip}>
              <ChangeSign change={change} />
              {t(`compare:kinds.${change}`)}{' '}
              <b className="hf-figures">{countText(counts[change], counted, format.number)}</b>
            </span>
          </Chip>
        ))}
      </Chip.Group>
      <span aria-live="polite" className={classes.counting}>
        {counted ? '' : t('compare:counting')}
      </span>
      <TextInput
        ml="auto"
        w={190}
        aria-label={t('compare:filter')}
        placeholder={t('compare:filter')}
        leftSection={<IconFilter size={15} />}
        value={containing}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          void navigate({
            search: (before) => ({ ...before, containing: typed === '' ? undefined : typed }),
            replace: true,
          });
        }}
      />
      <form onSubmit={submit}>
        <TextInput
          w={190}
          aria-label={t('compare:prefix')}
          title={t('compare:prefix')}
          leftSection={<IconFolder size={15} />}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
          onBlur={submit}
          spellCheck={false}
        />
      </form>
    </Group>
  );
}

function countText(count: number, counted: boolean, format: (value: number) => string): string {
  return counted ? format(count) : `${format(count)}…`;
}

function useColumns(): readonly Column<ShownDifference>[] {
  const { t } = useText();
  const kindLabel = useKindLabel();
  const membersText = useMembersText();
  return useMemo(
    () => [
      {
        id: 'path',
        header: t('compare:column.path'),
        width: 'minmax(11rem, 3fr)',
        cell: ({ change, key }) => (
          <span className={classes.path} title={printable(keyPath(key))}>
            <ChangeSign change={change} />
            <span className="hf-hidden">{t(`compare:kinds.${change}`)}</span>
            <span className={classes.pathText}>{printable(keyPath(key))}</span>
          </span>
        ),
      },
      {
        id: 'what',
        header: t('compare:column.what'),
        width: 'minmax(8.5rem, 1fr)',
        cell: ({ change, members, kind }) => (change === 'changed' ? membersText(members) : kindLabel(kind)),
      },
    ],
    [t, kindLabel, membersText],
  );
}
