import { useDebouncedValue } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { parseKeyPath } from '../../../shared/order/key-path.ts';
import { client } from '../../connection/client.ts';
import { useConnection } from '../../connection/use-connection.ts';
import { useStream } from '../../connection/use-stream.ts';
import { ForRole } from '../../ui/ForRole.tsx';
import { listOf } from '../../ui/table-rows.ts';
import { type Subject, subjectKey } from '../../ui/target/subject.ts';
import { DifferencesView } from './DifferencesView.tsx';
import { DifferencePages } from './difference-pages.ts';
import { addBatch, NO_COUNTS, NOTHING_STREAMED, narrow } from './difference-rows.ts';
import { openingsOf } from './openings.ts';

const route = getRouteApi('/compare');
const TYPING_MILLISECONDS = 250;

interface SidesProps {
  readonly left: Subject;
  readonly right: Subject;
}

/** Archives are read page by page; a live cluster is read once, and its differences are held. */
export function Differences(props: SidesProps) {
  const isLive = props.left.target.of === 'cluster' || props.right.target.of === 'cluster';
  if (!isLive) return <StoredDifferences {...props} />;
  return (
    <ForRole least="operator">
      <LiveDifferences {...props} />
    </ForRole>
  );
}

/** What every procedure about differences is asked, and a text that changes with it. */
function useOrder({ left, right }: SidesProps, containing: string) {
  const { prefix = '/' } = route.useSearch();
  return useMemo(() => {
    const order = {
      left: left.target,
      right: right.target,
      prefix: [...parseKeyPath(prefix)],
      ...openingsOf(left, right),
      ...(containing === '' ? {} : { containing }),
    };
    return { order, id: JSON.stringify([subjectKey(left), subjectKey(right), prefix, containing]) };
  }, [left, right, prefix, containing]);
}

function StoredDifferences(props: SidesProps) {
  const { changes, containing = '' } = route.useSearch();
  const [settled] = useDebouncedValue(containing, TYPING_MILLISECONDS);
  const { order, id } = useOrder(props, settled);
  const listed = JSON.stringify([id, changes]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for what is read.
  const pages = useMemo(
    () =>
      new DifferencePages(async (after, limit, signal) => {
        const page = { limit, ...(after === undefined ? {} : { after: [...after] }) };
        const kinds = changes === undefined ? {} : { changes };
        const rows = [];
        for await (const batch of await client.explore.diff({ ...order, ...kinds, ...page }, { signal })) {
          rows.push(...batch);
        }
        return rows;
      }),
    [listed],
  );
  const { state: connected } = useConnection();
  useEffect(() => {
    pages.start();
    return () => pages.close();
  }, [pages]);
  useEffect(() => {
    if (connected === 'open') pages.retry();
  }, [pages, connected]);
  const state = useSyncExternalStore(pages.subscribe, pages.state);
  const counting = useStream(id, {
    open: (signal) => client.explore.countDifferences(order, { signal }),
    initial: { counts: NO_COUNTS, counted: false },
    // Reads the same archives: the first rows come before it.
    manual: state.status === 'loading',
    reduce: (_, { event, counts }) => ({ counts, counted: event === 'counted' }),
  });
  return (
    <DifferencesView
      {...props}
      source={state.source}
      loading={state.status === 'loading'}
      error={state.error ?? counting.error}
      onRetry={() => {
        pages.retry();
        if (counting.error !== undefined) counting.start();
      }}
      counts={counting.value.counts}
      counted={counting.value.counted}
      cut={false}
    />
  );
}

function LiveDifferences(props: SidesProps) {
  const { changes, containing = '' } = route.useSearch();
  const { order, id } = useOrder(props, '');
  const stream = useStream(id, {
    open: (signal) => client.explore.diff(order, { signal }),
    initial: NOTHING_STREAMED,
    reduce: addBatch,
  });
  const { rows, counts, cut } = stream.value;
  const source = useMemo(() => listOf(narrow(rows, changes, containing)), [rows, changes, containing]);
  const ended = stream.status === 'ended';
  return (
    <DifferencesView
      {...props}
      source={source}
      loading={!ended && stream.error === undefined && source.count === 0}
      error={stream.error}
      onRetry={stream.start}
      counts={counts}
      counted={ended}
      cut={cut}
    />
  );
}
