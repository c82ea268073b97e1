import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { SearchMatch } from '../../../shared/model/search.ts';
import type { Key } from '../../../shared/order/key.ts';
import { keyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { askOf, type Subject, subjectKey } from '../../ui/target/subject.ts';
import classes from './explore.module.css';
import { addSearchEvent, NOTHING_SEARCHED } from './search-state.ts';

const route = getRouteApi('/explore');
const MOST_MATCHES = 10_000;
/** With what stands around a match in a content, and without. */
const ROW_PIXELS = { withExcerpt: 46, alone: 30 };

/** What a search below a place finds, as it finds it. */
export function SearchResults({
  subject,
  place,
  shown,
  onShow,
}: {
  readonly subject: Subject;
  readonly place: Key;
  readonly shown: Key;
  readonly onShow: (key: Key) => void;
}) {
  const { t } = useText();
  const { find = '', within = 'name', expression = false, matchCase = false } = route.useSearch();
  const navigate = route.useNavigate();
  const pattern = { text: find, regularExpression: expression, matchCase, within: partsOf(within) };
  const id = JSON.stringify([subjectKey(subject), place, pattern]);
  const [stopped, setStopped] = useState(false);
  const stream = useStream(id, {
    open: (signal) =>
      client.explore.search(
        { ...askOf(subject), prefix: [...place], pattern, limit: MOST_MATCHES },
        { signal },
      ),
    initial: NOTHING_SEARCHED,
    reduce: addSearchEvent,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search runs until it is stopped itself.
  useEffect(() => setStopped(false), [id]);
  const columns = useColumns();
  const { value } = stream;
  const running = !stopped && !value.ended && stream.error === undefined;
  const leave = () =>
    void navigate({
      search: ({ find: _find, within: _within, expression: _expression, matchCase: _case, ...rest }) => rest,
    });
  return (
    <>
      <div className={classes.caption}>
        <span className="hf-figures" aria-live="polite" aria-busy={running}>
          <Status state={value} running={running} stopped={stopped} />
        </span>
        <span className={classes.searchForm}>
          {running && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                stream.stop();
                setStopped(true);
              }}
            >
              {t('explore:search.stop')}
            </Button>
          )}
          <Button size="compact-xs" variant="subtle" onClick={leave}>
            {t('explore:search.leave')}
          </Button>
        </span>
      </div>
      {stream.error !== undefined && <ErrorPanel error={stream.error} onRetry={stream.start} />}
      {value.matches.length === 0 && value.ended && (
        <EmptyState
          icon={IconSearch}
          title={t('explore:search.nothing')}
          text={t('explore:search.nothingText')}
        />
      )}
      {value.matches.length > 0 && (
        <div className={classes.fill}>
          <DataTable
            label={t('explore:search.results')}
            columns={columns}
            rows={value.matches}
            rowKey={({ key }) => keyPath(key)}
            selected={keyPath(shown)}
            onOpen={({ key }) => onShow(key)}
            height="parent"
            rowHeight={within === 'name' ? ROW_PIXELS.alone : ROW_PIXELS.withExcerpt}
          />
        </div>
      )}
    </>
  );
}

function partsOf(within: 'name' | 'content' | 'both'): ('name' | 'content')[] {
  return within === 'both' ? ['name', 'content'] : [within];
}

function Status({
  state,
  running,
  stopped,
}: {
  readonly state: typeof NOTHING_SEARCHED;
  readonly running: boolean;
  readonly stopped: boolean;
}) {
  const { t, format } = useText();
  const { searched, matches, more, unread } = state;
  const parts = [
    t('explore:search.found', { count: matches.length, number: format.number(matches.length) }),
    t('explore:search.searched', { number: format.number(searched) }),
    ...(running ? [t('explore:search.running')] : []),
    ...(stopped ? [t('explore:search.stopped')] : []),
    ...(more ? [t('explore:search.more')] : []),
    ...(unread > 0 ? [t('explore:search.unread', { count: unread, number: format.number(unread) })] : []),
  ];
  return parts.join(' · ');
}

function useColumns(): readonly Column<SearchMatch>[] {
  const { t } = useText();
  return useMemo(
    () => [
      {
        id: 'match',
        header: t('explore:search.results'),
        width: 'minmax(14rem, 1fr)',
        cell: ({ key, excerpt }) => (
          <span className={classes.match}>
            <span title={printable(keyPath(key))}>{printable(keyPath(key))}</span>
            {excerpt !== undefined && (
              <span className={classes.excerpt}>{printable(excerpt.replaceAll(/\s+/g, ' '))}</span>
            )}
          </span>
        ),
      },
    ],
    [t],
  );
}
