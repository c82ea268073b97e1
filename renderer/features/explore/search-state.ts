import type { SearchEvent, SearchMatch } from '../../../shared/model/search.ts';

/** A search under way or ended: what it looked at and found so far. */
export interface SearchState {
  readonly searched: number;
  readonly matches: readonly SearchMatch[];
  readonly ended: boolean;
  /** There may be more matches than are shown. */
  readonly more: boolean;
  /** Large values that were not searched. */
  readonly unread: number;
}

export const NOTHING_SEARCHED: SearchState = {
  searched: 0,
  matches: [],
  ended: false,
  more: false,
  unread: 0,
};

export function addSearchEvent(state: SearchState, event: SearchEvent): SearchState {
  switch (event.event) {
    case 'progress':
      return { ...state, searched: event.searched };
    case 'found':
      return { ...state, matches: [...state.matches, ...event.matches] };
    case 'ended':
      return { ...state, ended: true, searched: event.searched, more: event.more, unread: event.unread };
  }
}
