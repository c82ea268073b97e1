import { withSignal } from '../../../shared/abort.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import type { SearchEvent, SearchMatch, SearchPattern } from '../../../shared/model/search.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import { isWithin, type Key } from '../../../shared/order/key.ts';
import type { SourceDriver } from '../../sources/contract.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import type { EngineContext } from '../context.ts';
import { liveEntries } from '../points/point-view.ts';
import { EventQueue } from '../streams/event-queue.ts';
import { createMatcher, type Matcher, type MatchSpan } from './matcher.ts';
import { type OpenPlace, sourceOf } from './open-place.ts';
import { rawValue } from './raw-value.ts';
import { scanBelow, usingPlace } from './using-place.ts';

export interface SearchRequest {
  readonly target: Target;
  readonly opening?: Opening | undefined;
  /** Only what is below this key. */
  readonly prefix: Key;
  readonly pattern: SearchPattern;
  /** Most matches. */
  readonly limit: number;
}

/** What is looked at: an entry, or only its key where names are enough. */
interface Candidate {
  readonly key: Key;
  readonly entry?: Entry;
}

const EXCERPT_MARGIN = 40;
const LONGEST_EXCERPT = 200;

/** Looks through a cluster, a point or a file in key order. Leaving early ends it. */
export async function* search(
  context: EngineContext,
  request: SearchRequest,
  signal?: AbortSignal,
): AsyncGenerator<SearchEvent> {
  const matcher = createMatcher(request.pattern);
  const events = new EventQueue<SearchEvent>();
  yield* events.during(signal, (stop) =>
    usingPlace(context, request.target, request.opening, stop, async (place) => {
      const hunt = new Hunt(request, matcher, findSourceDriver(sourceOf(place)));
      for await (const batch of candidates(place, request, stop)) {
        const matches = hunt.look(batch);
        if (matches.length > 0) await events.add({ event: 'found', matches });
        events.latest({ event: 'progress', searched: hunt.searched });
        if (hunt.more) break;
      }
      const { searched, found, more, unread } = hunt;
      await events.add({ event: 'ended', searched, found, more, unread });
    }),
  );
}

/** Names of an archive come from its index; everything else has to be read. */
async function* candidates(
  place: OpenPlace,
  { prefix, pattern }: SearchRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly Candidate[]> {
  if (place.of === 'live') {
    for await (const batch of scanBelow(place.open, prefix, signal)) {
      yield batch.flatMap((entry) => (isWithin(entry.key, prefix) ? [{ key: entry.key, entry }] : []));
    }
  } else if (pattern.within.includes('content')) {
    for await (const batch of liveEntries(place.open.records, prefix, signal)) {
      yield batch.map((entry) => ({ key: entry.key, entry }));
    }
  } else {
    yield* place.open.records.fingerprints({ prefix, ...withSignal(signal) });
  }
}

/** A search under way: what was looked at, and what it found. */
class Hunt {
  readonly #request: SearchRequest;
  readonly #matcher: Matcher;
  readonly #driver: SourceDriver;
  searched = 0;
  found = 0;
  /** Values that are not looked into because they are too large to stand in an entry. */
  unread = 0;
  /** There may be more than were wanted. */
  more = false;

  constructor(request: SearchRequest, matcher: Matcher, driver: SourceDriver) {
    this.#request = request;
    this.#matcher = matcher;
    this.#driver = driver;
  }

  /** The matches in a batch, in its order; each candidate once. */
  look(batch: readonly Candidate[]): SearchMatch[] {
    const { within } = this.#request.pattern;
    const matches = batch.flatMap((candidate) => {
      const byName = within.includes('name') ? this.#matcher(this.#nameOf(candidate.key)) : undefined;
      const text = within.includes('content') ? this.#textOf(candidate.entry) : '';
      return matchOf(candidate, byName, text === '' ? undefined : this.#matcher(text), text);
    });
    this.searched += batch.length;
    const room = this.#request.limit - this.found;
    const kept = matches.slice(0, room);
    this.found += kept.length;
    this.more = matches.length > room;
    return kept;
  }

  #nameOf(key: Key): string {
    return this.#request.pattern.text.includes('/') ? `/${key.join('/')}` : (key.at(-1) ?? '');
  }

  /** The value as text; what has none is searched as JSON. */
  #textOf(entry: Entry | undefined): string {
    if (entry === undefined) return '';
    const value = rawValue(this.#driver, entry);
    if (Buffer.isBuffer(value)) return value.toString('utf8');
    if (value !== null) this.unread += 1;
    return '';
  }
}

function matchOf(
  { key, entry }: Candidate,
  byName: MatchSpan | undefined,
  byContent: MatchSpan | undefined,
  text: string,
): SearchMatch[] {
  const of = { key: [...key], ...(entry === undefined ? {} : { kind: entry.kind }) };
  if (byName !== undefined) return [{ ...of, within: 'name' }];
  if (byContent !== undefined) return [{ ...of, within: 'content', excerpt: excerptOf(text, byContent) }];
  return [];
}

function excerptOf(text: string, { start, end }: MatchSpan): string {
  const from = Math.max(0, start - EXCERPT_MARGIN);
  return text.slice(from, Math.min(end + EXCERPT_MARGIN, from + LONGEST_EXCERPT)).toWellFormed();
}
