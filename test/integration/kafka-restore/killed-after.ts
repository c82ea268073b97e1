import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { until } from '../../servers/condition.ts';
import { startChild } from '../../storages/child.ts';
import type { Bench } from '../engine-restore/bench.ts';

const script = new URL('../engine-restore/restore-child.ts', import.meta.url);
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Carries a plan out in a process of its own and kills it when its journal tells that so many phases are done; the bench
 * has left its data directory. False when the process ended before.
 */
export async function killedAfter(bench: Bench, plan: RestorePlan, phases: number): Promise<boolean> {
  const child = startChild(script, [bench.dataDirectory, plan.id, plan.clusterName, `${NEVER}`]);
  let over = false;
  const end = child.ended.then((exitCode) => {
    over = true;
    return exitCode;
  });
  await until(`${phases} phases to be done`, () => over || phasesDone(bench, plan) >= phases || undefined);
  child.kill('SIGKILL');
  return (await end) === undefined;
}

function phasesDone({ dataDirectory }: Bench, { id }: RestorePlan): number {
  const journal = join(dataDirectory, 'runs', id, 'journal.ndjson');
  const text = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
  return new Set([...text.matchAll(/"line":"done".*?"phase":"([^"]+)"/g)].map(([, phase]) => phase)).size;
}
