import { setTimeout as delay } from 'node:timers/promises';
import { change } from '../../../shared/model/change.ts';
import { overview } from '../../../shared/model/overview.ts';
import { SignedOut } from '../host/signed-out.ts';
import { listedRuns, type News, type NewsReader } from './news.ts';
import { AWAY, type Status, statusOf } from './status.ts';

const API = '/api/v1';
const LATEST_RUNS = 50;
/** Milliseconds in which changes are gathered before the overview is asked for. */
const GATHER = 300;
/** Milliseconds before the host is tried again. */
const AGAIN = 3000;
/** Sign-ins in a row before anything could be read. */
const SIGN_INS = 3;

/** The ways to a host that watching needs. */
export interface Line {
  get(path: string, signal: AbortSignal): Promise<unknown>;
  events(path: string, signal: AbortSignal): AsyncIterable<unknown>;
}

export interface Watcher {
  onStatus(status: Status): void;
  onNews(news: News): void;
  /** The session has ended: signs in again where that can be done without a person. Whether that worked. */
  signIn(): Promise<boolean>;
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
  let signIns = 0;
  const lookNow = async (until: AbortSignal) => {
    await look(line, watcher, reader, until);
    signIns = 0;
  };
  while (!signal.aborted) {
    const reason = await follow(line, lookNow, signal);
    if (signal.aborted) return;
    if (reason instanceof SignedOut && signIns < SIGN_INS) {
      signIns++;
      if (await watcher.signIn()) continue;
      if (signal.aborted) return;
    }
    watcher.onStatus(AWAY);
    await delay(AGAIN, undefined, { signal }).catch(() => {});
  }
}

/** Until the stream ends, or what it tells of cannot be read. Why; undefined for the stream's own end. */
async function follow(
  line: Line,
  lookNow: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<unknown> {
  const here = new AbortController();
  const end = () => here.abort();
  signal.addEventListener('abort', end, { once: true });
  let isPending = false;
  let reason: unknown;
  const lookSoon = async () => {
    await delay(GATHER, undefined, { signal: here.signal });
    isPending = false;
    await lookNow(here.signal);
  };
  const fail = (error: unknown) => {
    reason ??= error;
    end();
  };
  try {
    for await (const event of line.events(`${API}/system/changes`, here.signal)) {
      // A kind that this program does not know yet is no reason to look away.
      if (isPending || !change.safeParse(event).success) continue;
      isPending = true;
      lookSoon().catch(fail);
    }
  } catch (error) {
    fail(error);
  } finally {
    end();
    signal.removeEventListener('abort', end);
  }
  return reason;
}

async function look(line: Line, watcher: Watcher, reader: NewsReader, signal: AbortSignal): Promise<void> {
  const seen = overview.parse(await line.get(`${API}/overview/show`, signal));
  watcher.onStatus(statusOf(seen));
  const runs = listedRuns.parse(await line.get(`${API}/runs/list?limit=${LATEST_RUNS}`, signal));
  for (const news of reader.read(seen, runs)) watcher.onNews(news);
}
