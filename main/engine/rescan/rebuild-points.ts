import type { ControlFile } from '../../../shared/model/control.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { openArchive } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { joinPath } from '../backup/archive-target.ts';
import type { EngineContext } from '../context.ts';
import { byteSourceOf } from '../points/byte-source.ts';
import { archiveNames, type DirectoryListing, digestsOf } from './repair-checksums.ts';

interface FoundFile {
  readonly manifest: Manifest;
  readonly archive: PointArchive;
}

/** Puts a directory's archives into the catalog as points, one per run that made them. */
export async function rebuildPoints(
  context: EngineContext,
  config: StorageConfig,
  storage: Storage,
  listing: DirectoryListing,
  control: ControlFile | undefined,
  repaired: string[],
  signal: AbortSignal,
): Promise<{ points: number; archives: readonly string[] }> {
  const files: FoundFile[] = [];
  for (const name of archiveNames(listing)) {
    const file = await readArchive(
      config,
      storage,
      joinPath(listing.directory, name),
      control,
      repaired,
      signal,
    );
    if (file !== undefined) files.push(file);
  }
  const runs = Map.groupBy(
    files.filter(({ manifest }) => manifest.run !== null && manifest.task !== null),
    ({ manifest }) => manifest.run?.id ?? '',
  );
  for (const [run, together] of runs)
    context.catalog.points.put(rebuildPoint(context, run, together, control));
  return { points: runs.size, archives: files.map(({ archive }) => archive.id) };
}

/** Undefined, and named, when the file is damaged or not ours. */
async function readArchive(
  config: StorageConfig,
  storage: Storage,
  path: string,
  control: ControlFile | undefined,
  repaired: string[],
  signal: AbortSignal,
): Promise<FoundFile | undefined> {
  try {
    const source = await byteSourceOf(storage, path, signal);
    const { manifest } = await openArchive(source, { signal });
    const sha256 = knownDigest(control, manifest.id) ?? (await digestsOf(storage, path, signal)).sha256;
    return { manifest, archive: describe(config, path, source.size, sha256, manifest, control) };
  } catch (error) {
    signal.throwIfAborted();
    repaired.push(`${path} was left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function knownDigest(control: ControlFile | undefined, archive: string): string | undefined {
  return control?.points.flatMap((point) => point.archives).find((each) => each.id === archive)?.sha256;
}

function describe(
  config: StorageConfig,
  path: string,
  size: number,
  sha256: string,
  manifest: Manifest,
  control: ControlFile | undefined,
): PointArchive {
  const proof = control?.proofs.findLast((each) => each.archive === manifest.id);
  return {
    id: manifest.id,
    source: manifest.source.id,
    service: manifest.source.service,
    version: manifest.source.version,
    storage: config.id,
    path,
    size,
    sha256,
    set: manifest.set,
    parent: manifest.parent?.id ?? null,
    complete: manifest.complete,
    encrypted: manifest.encryption !== null,
    position: manifest.position as JsonObject,
    counts: manifest.counts,
    notes: manifest.notes,
    ...(proof === undefined ? {} : { verified: { at: proof.at, level: proof.level, sound: proof.sound } }),
  };
}

/** What the catalog or another storage already gave to the same point stays in it. */
function rebuildPoint(
  context: EngineContext,
  run: string,
  files: readonly FoundFile[],
  control: ControlFile | undefined,
): Point {
  const [first] = files as [FoundFile];
  const known = context.catalog.points.find(run);
  const noted = control?.points.find((point) => point.id === run);
  const found = new Set(files.map(({ archive }) => archive.id));
  const others = (known?.archives ?? []).filter((archive) => !found.has(archive.id));
  const archives = [...others, ...files.map(({ archive }) => archive)];
  const expected = noted?.archives.length ?? archives.length;
  return {
    id: run,
    task: first.manifest.task?.id ?? '',
    taskName: first.manifest.task?.name ?? '',
    cluster: first.manifest.cluster.id,
    clusterName: first.manifest.cluster.name,
    created: noted?.created ?? known?.created ?? first.manifest.created,
    pinned: control?.pins.includes(run) ?? known?.pinned ?? false,
    complete: archives.length >= expected && archives.every((archive) => archive.complete),
    archives,
  };
}
