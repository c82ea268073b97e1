import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { numbersOf } from '../../../main/engine/restore/journal.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { startChild } from '../../storages/child.ts';
import type { Bench } from './bench.ts';

const script = new URL('./restore-child.ts', import.meta.url);
const cli = new URL('../../../main/entries/cli.ts', import.meta.url);
const doneLine = z.object({
  steps: z.array(z.union([z.int(), z.tuple([z.int(), z.int()])])),
});
const ended = z.object({ state: z.string(), operations: z.int() });
const cliEnded = z.object({ run: z.object({ state: z.string() }) });

/** Where a restore was when its process died, as its files tell. */
export type Moment = 'before the undo point' | 'undo point' | 'steps' | 'after the steps';

/**
 * Carries a plan out in a process of its own that dies of so many asynchronous operations; the bench has left its data
 * directory. Undefined when the process died, else how the restore ended.
 */
export async function restoreKilled(bench: Bench, plan: RestorePlan, operations: number) {
  const child = startChild(script, [bench.dataDirectory, plan.id, plan.clusterName, `${operations}`]);
  const line = await child.lines.next();
  await child.ended;
  return line.done === true ? undefined : ended.parse(line.value);
}

/** Looks at what a dead restore left. */
export function momentOf(bench: Bench, plan: RestorePlan): Moment {
  const journal = join(bench.dataDirectory, 'runs', plan.id, 'journal.ndjson');
  const text = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
  // A cut line at the end tells of nothing.
  const lines = text.split('\n').slice(0, -1);
  const done = lines
    .filter((line) => line.includes('"done"'))
    .map((line) => doneLine.parse(JSON.parse(line)));
  const steps = done.reduce((sum, line) => sum + [...numbersOf(line.steps)].length, 0);
  if (steps >= plan.steps) return 'after the steps';
  if (done.length > 0) return 'steps';
  return existsSync(join(bench.dataDirectory, 'undo', plan.id)) ? 'undo point' : 'before the undo point';
}

/** The command line as a process; resolves with its exit code and the state of the run that it followed. */
export async function holdfast(bench: Bench, ...args: string[]) {
  const child = startChild(cli, [...args, '--json', '--data-dir', bench.dataDirectory]);
  let state: string | undefined;
  for (let line = await child.lines.next(); line.done !== true; line = await child.lines.next()) {
    state = cliEnded.safeParse(line.value).data?.run.state ?? state;
  }
  return { exitCode: await child.ended, state };
}
