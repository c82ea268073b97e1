import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { type RestorePlan, restorePlan } from '../../../shared/model/plan.ts';
import { syncDirectory } from '../../files/sync-directory.ts';
import type { EngineContext } from '../context.ts';

/** A plan's own directory. The run that carries it out gets the plan's id, so the two share it. */
export function planDirectory(context: EngineContext, plan: string): string {
  return join(context.paths.runs, plan);
}

/** The directory of a service's steps in a plan. */
export function stepDirectory(context: EngineContext, plan: string, service: string): string {
  return join(planDirectory(context, plan), 'steps', `of-${encodeURIComponent(service)}`);
}

export function journalPath(context: EngineContext, plan: string): string {
  return join(planDirectory(context, plan), 'journal.ndjson');
}

/** Keeps a plan. */
export async function savePlan(context: EngineContext, plan: RestorePlan): Promise<void> {
  const directory = planDirectory(context, plan.id);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, 'plan.json');
  await writeFile(`${path}.new`, JSON.stringify(plan), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  await syncDirectory(directory);
  await syncDirectory(context.paths.runs);
}

/** @throws HoldfastError `engine.no-plan` */
export async function loadPlan(context: EngineContext, id: string): Promise<RestorePlan> {
  try {
    return restorePlan.parse(
      JSON.parse(await readFile(join(planDirectory(context, id), 'plan.json'), 'utf8')),
    );
  } catch (error) {
    throw new HoldfastError('engine.no-plan', { plan: id }, error);
  }
}

/** Removes a plan with its steps and journal. One that is not there is no error. */
export async function removePlan(context: EngineContext, id: string): Promise<void> {
  await rm(planDirectory(context, id), { recursive: true, force: true });
}

/** A plan that nobody has carried out for a day describes a cluster that has moved on. */
const UNUSED_PLAN_MS = 24 * 60 * 60_000;

/** Removes plans, whole or begun, that were never carried out and are older than a day. */
export async function sweepPlans(context: EngineContext): Promise<void> {
  const now = context.surroundings.clock.now().getTime();
  for (const name of await readdir(context.paths.runs)) {
    if (context.catalog.runs.find(name) !== undefined) continue;
    const { mtimeMs } = await stat(planDirectory(context, name));
    if (now - mtimeMs > UNUSED_PLAN_MS) await removePlan(context, name);
  }
}
