import type { LogLine, Run, RunEvent } from '../../../shared/model/run.ts';

/** What a run has told since it was last looked at. */
export interface RunNews {
  readonly run: Run;
  readonly lines: readonly LogLine[];
}

/** What following a run asks of the host. */
export interface RunCalls {
  watch(signal: AbortSignal): Promise<AsyncIterable<RunEvent>>;
  log(after: number, limit: number, signal: AbortSignal): Promise<readonly LogLine[]>;
}

const PAGE_LINES = 5000;

/**
 * Follows a run from its beginning to its end. Lines are read by their number whenever an event says that there are
 * some: whoever comes late or was away gets every line, and none twice.
 */
export async function* followRun(calls: RunCalls, signal: AbortSignal): AsyncGenerator<RunNews> {
  let known = 0;
  let unread = true;
  for await (const event of await calls.watch(signal)) {
    if (event.event === 'log') {
      unread = true;
      continue;
    }
    const lines: LogLine[] = [];
    while (unread) {
      const page = await calls.log(known + lines.length, PAGE_LINES, signal);
      lines.push(...page);
      unread = page.length === PAGE_LINES;
    }
    known += lines.length;
    yield { run: event.run, lines };
  }
}

/** A run and the end of its log. */
export interface FollowedRun {
  readonly run: Run | undefined;
  readonly lines: readonly LogLine[];
  /** Lines that came before those. */
  readonly left: number;
}

/** Lines that are kept to be scrolled through; what came before is in `run log`. */
const MOST_LINES = 20_000;

export const NOTHING_YET: FollowedRun = { run: undefined, lines: [], left: 0 };

/** Adds news; of a very long log the end is kept. */
export function withNews({ lines, left }: FollowedRun, { run, lines: added }: RunNews): FollowedRun {
  if (added.length === 0) return { run, lines, left };
  const all = [...lines, ...added];
  const over = Math.max(0, all.length - MOST_LINES);
  return { run, lines: over === 0 ? all : all.slice(over), left: left + over };
}
