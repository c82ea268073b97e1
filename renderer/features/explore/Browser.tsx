import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import { useSession } from '../../connection/use-session.ts';
import { SplitPanes } from '../../ui/split/SplitPanes.tsx';
import type { Share } from '../../ui/split/shares.ts';
import type { Subject } from '../../ui/target/subject.ts';
import { ChildTable } from './ChildTable.tsx';
import { DetailPane } from './DetailPane.tsx';
import classes from './explore.module.css';
import { PathBar } from './PathBar.tsx';
import { SearchResults } from './SearchResults.tsx';
import { TreePane } from './TreePane.tsx';

const route = getRouteApi('/explore');
/** Tree, children, one entry. */
export const PANES: readonly Share[] = [0.2, 'rest', 0.39];

/**
 * Tree, children and one entry side by side. Paths come as texts, from the address: the keys they name stay the same
 * objects until they change.
 */
export function Browser({
  subject,
  round,
  placeText,
  shownText,
}: {
  readonly subject: Subject;
  /** Another one: read everything anew. */
  readonly round: number;
  readonly placeText: string;
  readonly shownText: string;
}) {
  const { find } = route.useSearch();
  const { may } = useSession();
  // A search reads a live cluster from end to end.
  const maySearch = subject.target.of !== 'cluster' || may('operator');
  const navigate = route.useNavigate();
  const place = useMemo(() => parseKeyPath(placeText), [placeText]);
  const shown = useMemo(() => parseKeyPath(shownText), [shownText]);
  const takesFocus = useRef(false);
  const go = (key: Key) =>
    void navigate({ search: { target: subject.text, ...(key.length === 0 ? {} : { path: keyPath(key) }) } });
  const show = (key: Key) => void navigate({ search: (before) => ({ ...before, entry: keyPath(key) }) });
  return (
    <>
      <PathBar place={place} searchable={maySearch} onGo={go} />
      <SplitPanes
        id="explore"
        first={PANES}
        className={classes.panes}
        panes={[
          <TreePane key="tree" subject={subject} current={place} onGo={go} />,
          find === undefined || !maySearch ? (
            <ChildTable
              key={placeText}
              subject={subject}
              place={place}
              shown={shown}
              round={round}
              takesFocus={takesFocus}
              onGo={go}
              onShow={show}
            />
          ) : (
            <SearchResults key="found" subject={subject} place={place} shown={shown} onShow={show} />
          ),
          <DetailPane key="detail" subject={subject} shown={shown} place={place} onGo={go} />,
        ]}
      />
    </>
  );
}
