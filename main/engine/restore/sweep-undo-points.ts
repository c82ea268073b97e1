import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { identifier } from '../../../shared/model/identifier.ts';
import type { EngineContext } from '../context.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';

/*
 * An undo point is as large as what its restore may have changed. It is wanted while people still find out that a
 * restore was a mistake: for a month, and however long ago for the last ones of an installation that seldom restores.
 */
const KEPT_RESTORES = 20;
const KEPT_DAYS = 30;
export const UNDO_POINT_KEPT_MS = KEPT_DAYS * 24 * 60 * 60_000;

/** Removes undo points that are older than 30 days and not of the last 20 restores. What cannot be removed is logged. */
export async function sweepUndoPoints(
  context: EngineContext,
  recorder: Pick<RunRecorder, 'log'>,
): Promise<void> {
  const used = runsInUse(context);
  const oldest = context.surroundings.clock.now().getTime() - UNDO_POINT_KEPT_MS;
  const older = (await undoPointsByAge(context)).slice(KEPT_RESTORES);
  for (const { run, directory, changed } of older) {
    if (changed > oldest || used.has(run)) continue;
    try {
      await rm(directory, { recursive: true });
      recorder.log('info', 'restore.undo-swept', { run, days: KEPT_DAYS });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      recorder.log('warning', 'restore.undo-not-swept', { run, problem });
    }
  }
}

/** Runs under way and those that they take back. */
function runsInUse({ catalog }: EngineContext): ReadonlySet<string> {
  const running = catalog.runs.list({ states: ['running'], limit: -1 });
  return new Set(running.flatMap(({ id, undoes }) => (undoes === undefined ? [id] : [id, undoes])));
}

interface UndoDirectory {
  readonly run: string;
  readonly directory: string;
  /** When something was last put there; milliseconds. */
  readonly changed: number;
}

/** The youngest first. Told by the directories: they are there even when the catalog was lost. */
async function undoPointsByAge({ paths }: EngineContext): Promise<readonly UndoDirectory[]> {
  const runs = (await readdir(paths.undo)).filter((name) => identifier.safeParse(name).success);
  const found = await Promise.all(
    runs.map(async (run) => {
      const directory = join(paths.undo, run);
      return { run, directory, changed: (await stat(directory)).mtimeMs };
    }),
  );
  return found.sort((a, b) => b.changed - a.changed);
}
