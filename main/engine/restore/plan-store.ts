import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { type RestorePlan, restorePlan } from '../../../shared/model/plan.ts';
import { syncDirectory } from '../../files/sync-directory.ts';
import { unless } from '../../files/system-errors.ts';
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
const UNUSED_PLAN_HOURS = 24;

/** @throws HoldfastError `engine.plan-expired` for a plan that is older than a day */
export function refuseExpired({ surroundings }: EngineContext, { id, created }: RestorePlan): void {
  if (!isExpired(surroundings.clock.now(), Date.parse(created))) return;
  throw new HoldfastError('engine.plan-expired', { plan: id, created, hours: UNUSED_PLAN_HOURS });
}

/**
 * Removes plans, whole or begun, that were never carried out and are older than a day: no such plan can be started any
 * more. Another sweep may be at work at the same time.
 */
export async function sweepPlans(context: EngineContext): Promise<void> {
  const now = context.surroundings.clock.now();
  for (const name of await readdir(context.paths.runs)) {
    if (context.catalog.runs.find(name) !== undefined) continue;
    const found = await unless(['ENOENT'], stat(planDirectory(context, name)));
    if (found !== undefined && isExpired(now, found.mtimeMs)) await removePlan(context, name);
  }
}

/** `since` in milliseconds since 1970. */
function isExpired(now: Date, since: number): boolean {
  return now.getTime() - since > UNUSED_PLAN_HOURS * 60 * 60_000;
}
