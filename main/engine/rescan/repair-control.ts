import type { ControlFile } from '../../../shared/model/control.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { Storage } from '../../storages/contract.ts';
import { joinPath } from '../backup/archive-target.ts';
import { controlPoint } from '../backup/control-point.ts';
import type { EngineContext } from '../context.ts';
import { withoutArchives, withPin, withPoint, withProof } from '../control/contents.ts';
import { CONTROL_FILE } from '../control/control-file.ts';
import { changeControl, directoryOf, type HeldDirectory } from '../task-directory.ts';
import { goneArchives } from './gone-archives.ts';

/** A control file as a rescan found it. */
export interface FoundControl {
  /** Undefined when there is none that can be used. */
  readonly content: ControlFile | undefined;
  readonly state: 'sound' | 'absent' | 'damaged' | 'too-new';
}

/** What a control file says otherwise than its directory does. */
export interface ControlGap {
  /** Points that it does not know: made by a run that died before it noted them. */
  readonly points: readonly Point[];
  /** Ids of archives that it names and that are gone. */
  readonly gone: readonly string[];
}

/** Compares a control file with what the catalog, just rebuilt, knows of its directory. */
export function controlGap(
  { catalog }: EngineContext,
  storage: string,
  directory: string,
  { content }: FoundControl,
): ControlGap {
  const here = catalog.points
    .archivesIn(storage)
    .filter(({ archive }) => directoryOf(archive.path) === directory);
  const present = new Set(here.map(({ archive }) => archive.id));
  const noted = new Set(content?.points.flatMap((point) => point.archives.map(({ id }) => id)));
  const unknown = new Set(here.filter(({ archive }) => !noted.has(archive.id)).map(({ point }) => point));
  return {
    points: [...unknown].map((id) => catalog.points.get(id)),
    gone: content === undefined ? [] : goneArchives(content, storage, directory, present),
  };
}

/** Makes the control file say what the directory holds. One that is damaged is kept beside the new one. */
export async function repairControl(
  context: EngineContext,
  held: HeldDirectory,
  found: FoundControl,
  gap: ControlGap,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { storage, directory } = held;
  const path = joinPath(directory, CONTROL_FILE);
  if (found.state === 'damaged') await setAside(storage, path, signal);
  const change = (control: ControlFile) =>
    gap.points.reduce(noted(context), withoutArchives(control, gap.gone));
  await changeControl(context, held, change, signal);
  return [`${path} was ${found.state === 'sound' ? 'brought up to date' : 'written anew'}`];
}

/** The point with what the catalog knows of its pin and proofs. */
function noted(context: EngineContext): (control: ControlFile, point: Point) => ControlFile {
  return (control, point) => {
    const known = withPoint(control, controlPoint(context, point));
    const pinned = point.pinned ? withPin(known, point.id, true) : known;
    return point.archives.reduce(
      (file, { id, verified }) =>
        verified === undefined ? file : withProof(file, { archive: id, ...verified }),
      pinned,
    );
  };
}

async function setAside(storage: Storage, path: string, signal: AbortSignal): Promise<void> {
  await storage.write(`${path}.damaged`, storage.read(path, undefined, signal), { signal });
  await storage.remove(path, signal);
}
