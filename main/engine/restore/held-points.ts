import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../../../shared/model/run.ts';
import { unless } from '../../files/system-errors.ts';
import type { EngineContext } from '../context.ts';
import { RESUMABLE } from './resumable.ts';
import { UNDO_POINT_KEPT_MS } from './sweep-undo-points.ts';

/**
 * Points that restores still read or may go on reading, each with the run that holds it: neither retention nor a person
 * removes them. A restore holds its point while it is under way, and when it ended short of its end after it had taken
 * its undo point, so that a cluster may be changed by halves. It lets go when it is resumed to its end, is taken back,
 * another restore of the same point into the same cluster succeeds, or 30 days have passed: for so long its undo
 * point is certain to be there.
 *
 * Only restores of this installation are known here: another one that shares the storage goes by pins alone.
 */
export async function heldPoints(context: EngineContext): Promise<ReadonlyMap<string, string>> {
  const newestFirst = context.catalog.runs
    .list({ kinds: ['restore', 'undo'], limit: -1 })
    .map(({ id }) => context.runs.show(id));
  const held = new Map<string, string>();
  for (const [index, run] of newestFirst.entries()) {
    if (run.point === undefined || held.has(run.point)) continue;
    if (await isHolding(context, run, newestFirst.slice(0, index))) held.set(run.point, run.id);
  }
  return held;
}

async function isHolding(context: EngineContext, run: Run, later: readonly Run[]): Promise<boolean> {
  if (run.state === 'running') return true;
  if (!RESUMABLE.includes(run.state) || later.some((other) => isInPlaceOf(other, run))) return false;
  const since = context.surroundings.clock.now().getTime() - Date.parse(run.ended ?? run.started);
  return since <= UNDO_POINT_KEPT_MS && (await hasUndoPoint(context, run.id));
}

function isInPlaceOf(later: Run, run: Run): boolean {
  if (later.undoes === run.id) return true;
  return later.state === 'succeeded' && later.point === run.point && later.cluster === run.cluster;
}

async function hasUndoPoint({ paths }: EngineContext, run: string): Promise<boolean> {
  return (await unless(['ENOENT'], stat(join(paths.undo, run)))) !== undefined;
}
