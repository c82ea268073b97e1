import { setTimeout as delay } from 'node:timers/promises';
import { change } from '../../../shared/model/change.ts';
import { overview } from '../../../shared/model/overview.ts';
import { listedRuns, type News, type NewsReader } from './news.ts';
import { AWAY, type Status, statusOf } from './status.ts';

const API = '/api/v1';
const LATEST_RUNS = 50;
/** Milliseconds in which changes are gathered before the overview is asked for. */
const GATHER = 300;
/** Milliseconds before the host is tried again. */
const AGAIN = 3000;

/** The ways to a host that watching needs. */
export interface Line {
  get(path: string, signal: AbortSignal): Promise<unknown>;
  events(path: string, signal: AbortSignal): AsyncIterable<unknown>;
}

export interface Watcher {
  onStatus(status: Status): void;
  onNews(news: News): void;
}

/**
 * Follows what happens on a host until the signal fires; tells `away` whenever it cannot. `reader`: the same for the
 * host of before and for this one, so that what ended between the two is told.
 */
export async function watchHost(
  line: Line,
  watcher: Watcher,
  reader: NewsReader,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await follow(line, watcher, reader, signal).catch(() => {});
    if (signal.aborted) return;
    watcher.onStatus(AWAY);
    await delay(AGAIN, undefined, { signal }).catch(() => {});
  }
}

/** Until the stream ends, or what it tells of cannot be read. */
async function follow(line: Line, watcher: Watcher, reader: NewsReader, signal: AbortSignal): Promise<void> {
  const here = new AbortController();
  const end = () => here.abort();
  signal.addEventListener('abort', end, { once: true });
  let isPending = false;
  const lookSoon = async () => {
    await delay(GATHER, undefined, { signal: here.signal });
    isPending = false;
    await look(line, watcher, reader, here.signal);
  };
  try {
    for await (const event of line.events(`${API}/system/changes`, here.signal)) {
      // A kind that this program does not know yet is no reason to look away.
      if (isPending || !change.safeParse(event).success) continue;
      isPending = true;
      lookSoon().catch(end);
    }
  } finally {
    end();
    signal.removeEventListener('abort', end);
  }
}

async function look(line: Line, watcher: Watcher, reader: NewsReader, signal: AbortSignal): Promise<void> {
  const seen = overview.parse(await line.get(`${API}/overview/show`, signal));
  watcher.onStatus(statusOf(seen));
  const runs = listedRuns.parse(await line.get(`${API}/runs/list?limit=${LATEST_RUNS}`, signal));
  for (const news of reader.read(seen, runs)) watcher.onNews(news);
}
