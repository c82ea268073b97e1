import { z } from 'zod';
import type { Overview } from '../../../shared/model/overview.ts';
import { type Run, run } from '../../../shared/model/run.ts';

/** A run that did not end as it should, to be told of once. */
export interface News {
  readonly run: string;
  readonly kind: Run['kind'];
  readonly state: 'failed' | 'incomplete' | 'interrupted' | 'conflict';
  /** Name of the task, where it has one. */
  readonly task?: string;
}

/** How the host lists its runs. */
export const listedRuns = z.array(run);

/**
 * Tells of each run once, and of none that had ended before the program looked for the first time. One for as long as
 * the program runs: a run that its host's crash interrupted has ended before the next host is there.
 */
export class NewsReader {
  readonly #told = new Set<string>();
  #since: string | undefined;

  /** What is new among the latest runs. */
  read(overview: Overview, runs: readonly Run[]): readonly News[] {
    this.#since ??= overview.now;
    const since = this.#since;
    const names = new Map(
      overview.clusters.flatMap(({ tasks }) => tasks.map(({ id, name }) => [id, name] as const)),
    );
    return runs.flatMap((each) => {
      const { id, kind, ended, task } = each;
      if (!isTrouble(each.state) || ended === undefined || ended < since || this.#told.has(id)) return [];
      this.#told.add(id);
      const name = task === undefined ? undefined : names.get(task);
      return [{ run: id, kind, state: each.state, ...(name === undefined ? {} : { task: name }) }];
    });
  }
}

function isTrouble(state: Run['state']): state is News['state'] {
  return state === 'failed' || state === 'incomplete' || state === 'interrupted' || state === 'conflict';
}
