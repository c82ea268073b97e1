import { basename, dirname, resolve } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import {
  type ArchiveReader,
  type ArchiveSecret,
  type ByteSource,
  openArchive,
  openChain,
  type RecordView,
} from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { openStorage, openStorageWith } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { secretsFor } from './archive-secrets.ts';
import { byteSourceOf } from './byte-source.ts';
import { undoStorage } from './undo-points.ts';

/** One archive of a point, found but not opened. */
export interface FoundArchive {
  readonly name: string;
  readonly service: string;
  readonly source: ByteSource;
  readonly secrets: readonly ArchiveSecret[];
  /** What the catalog expects the file to be. */
  readonly expected?: { readonly sha256: string; readonly size: number };
  readonly catalogued?: PointArchive;
}

/** One service's state in a point: a full archive, or a chain merged. */
export interface OpenArchive {
  readonly service: string;
  readonly manifest: Manifest;
  readonly records: RecordView;
}

export type StoredTarget = Exclude<Target, { of: 'cluster' }>;

/** Finds the archives of a point, undo point or file and keeps their storages open while the work lasts. */
export async function usingArchives<T>(
  context: EngineContext,
  target: StoredTarget,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
  work: (archives: readonly FoundArchive[]) => Promise<T>,
): Promise<T> {
  const storages = new OpenStorages(context, signal);
  try {
    return await work(await findArchives(context, storages, target, opening, signal));
  } finally {
    await storages.close();
  }
}

/** Opens a found archive; an increment together with the archives it needs, which stand before it in `found`. */
export async function openFound(
  archive: FoundArchive,
  parents: readonly FoundArchive[],
  signal?: AbortSignal,
): Promise<OpenArchive> {
  const chain = await Promise.all([...parents, archive].map((each) => openReader(each, signal)));
  const newest = chain[chain.length - 1] as ArchiveReader;
  const records = parents.length === 0 ? newest : openChain(chain);
  return { service: archive.service, manifest: newest.manifest, records };
}

async function openReader(archive: FoundArchive, signal: AbortSignal | undefined): Promise<ArchiveReader> {
  return openArchive(archive.source, {
    keys: archive.secrets,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function findArchives(
  context: EngineContext,
  storages: OpenStorages,
  target: StoredTarget,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly FoundArchive[]> {
  switch (target.of) {
    case 'point':
      return pick(
        await pointArchives(context, storages, findPoint(context, target.point), opening, signal),
        target,
      );
    case 'undo':
      return pick(await undoArchives(context, storages, target.run, opening, signal), target);
    case 'file':
      return [await fileArchive(context, storages, target.path, opening, signal)];
  }
}

/** The point with that id. @throws HoldfastError `engine.no-point` */
export function findPoint(context: EngineContext, id: string): Point {
  const point = context.catalog.points.find(id);
  if (point === undefined) throw new HoldfastError('engine.no-point', { point: id });
  return point;
}

function pick(
  archives: readonly FoundArchive[],
  target: { readonly service?: string | undefined },
): readonly FoundArchive[] {
  if (target.service === undefined) return archives;
  const picked = archives.filter((archive) => archive.service === target.service);
  if (picked.length > 0) return picked;
  const known = archives.map((archive) => archive.service).join(', ');
  throw new HoldfastError('engine.no-service', {
    where: 'The recovery point',
    service: target.service,
    known,
  });
}

async function pointArchives(
  context: EngineContext,
  storages: OpenStorages,
  point: Point,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly FoundArchive[]> {
  if (point.archives.length === 0) throw new HoldfastError('engine.no-archive', { point: point.id });
  return Promise.all(
    point.archives.map(async (archive) => {
      const storage = await storages.configured(archive.storage);
      const source = await byteSourceOf(storage, archive.path, signal);
      return {
        name: basename(archive.path),
        service: archive.service,
        source,
        secrets: await secretsFor(context, source, opening, signal),
        expected: { sha256: archive.sha256, size: archive.size },
        catalogued: archive,
      };
    }),
  );
}

async function undoArchives(
  context: EngineContext,
  storages: OpenStorages,
  run: string,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly FoundArchive[]> {
  const storage = await storages.add(undoStorage(context, signal));
  const found: FoundArchive[] = [];
  for await (const object of storage.list(run, signal)) {
    if (object.path.endsWith('.tar.gz'))
      found.push(await storedArchive(context, storage, object.path, opening, signal));
  }
  if (found.length === 0) throw new HoldfastError('engine.no-undo-point', { run });
  return found;
}

async function fileArchive(
  context: EngineContext,
  storages: OpenStorages,
  path: string,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
): Promise<FoundArchive> {
  const full = resolve(path);
  const storage = await storages.add(
    openStorageWith(context, 'local', { directory: dirname(full), create: false }, signal),
  );
  return storedArchive(context, storage, basename(full), opening, signal);
}

async function storedArchive(
  context: EngineContext,
  storage: Storage,
  path: string,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
): Promise<FoundArchive> {
  const source = await byteSourceOf(storage, path, signal);
  const { manifest } = await openArchive(source, signal === undefined ? {} : { signal });
  return {
    name: basename(path),
    service: manifest.source.service,
    source,
    secrets: await secretsFor(context, source, opening, signal),
  };
}

/** The storages that a piece of work has open, each once. */
class OpenStorages {
  readonly #context: EngineContext;
  readonly #signal: AbortSignal | undefined;
  readonly #byId = new Map<string, Promise<Storage>>();
  readonly #all: Storage[] = [];

  constructor(context: EngineContext, signal: AbortSignal | undefined) {
    this.#context = context;
    this.#signal = signal;
  }

  configured(id: string): Promise<Storage> {
    let storage = this.#byId.get(id);
    if (storage === undefined) {
      storage = this.add(openStorage(this.#context, this.#context.catalog.storages.get(id), this.#signal));
      this.#byId.set(id, storage);
    }
    return storage;
  }

  async add(opening: Promise<Storage>): Promise<Storage> {
    const storage = await opening;
    this.#all.push(storage);
    return storage;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((storage) => storage.close()));
  }
}
