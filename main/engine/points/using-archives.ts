import { basename } from 'node:path';
import { withSignal } from '../../../shared/abort.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import { type ByteSource, openArchive } from '../../archive/index.ts';
import type { EngineContext } from '../context.ts';
import { secretsFor } from './archive-secrets.ts';
import { byteSourceOf } from './byte-source.ts';
import { digestsBeside, digestsBesideFile } from './checksum-files.ts';
import { usingFile } from './file-bytes.ts';
import type { FoundArchive } from './found-archive.ts';
import { OpenStorages } from './open-storages.ts';
import { type Origin, refuseOthers, refuseStranger } from './signers.ts';
import { undoStorage } from './undo-points.ts';

/** A target whose archives lie somewhere: all but a live cluster. */
export type StoredTarget = Exclude<Target, { of: 'cluster' }>;

/** How to look for archives: with whose help to open them, and until when. */
interface Search {
  readonly context: EngineContext;
  readonly storages: OpenStorages;
  readonly opening: Opening | undefined;
  readonly signal: AbortSignal | undefined;
  /** Empty: all. Archives of others are not even looked for: their storage may be out of reach. */
  readonly services: readonly string[];
}

/**
 * Finds the archives of a point, undo point or file, one per service, and keeps them readable while the work lasts:
 * those of `services`, in that order; else the target's one, else all.
 * @throws HoldfastError `engine.no-point`, `engine.no-archive`, `engine.no-undo-point`, `engine.no-service`, `storage.*`
 */
export async function usingArchives<T>(
  context: EngineContext,
  target: StoredTarget,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
  work: (archives: readonly FoundArchive[]) => Promise<T>,
  services: readonly string[] = [],
): Promise<T> {
  const storages = new OpenStorages(context, signal);
  const named = target.of === 'file' || target.service === undefined ? [] : [target.service];
  const search: Search = {
    context,
    storages,
    opening,
    signal,
    services: services.length > 0 ? services : named,
  };
  try {
    switch (target.of) {
      case 'point':
        return await work(await pointArchives(search, target.point));
      case 'undo':
        return await work(await undoArchives(search, target.run));
      case 'file':
        return await usingFile(target.path, async (file) =>
          work(
            pickServices(search, [
              {
                ...(await foundArchive(search, file, basename(target.path))),
                readBeside: () => digestsBesideFile(target.path),
              },
            ]),
          ),
        );
    }
  } finally {
    await storages.close();
  }
}

async function pointArchives(search: Search, id: string): Promise<readonly FoundArchive[]> {
  const { archives, task } = search.context.catalog.points.get(id);
  if (archives.length === 0) throw new HoldfastError('engine.no-archive', { point: id });
  return Promise.all(
    pickServices(search, archives).map((archive) => cataloguedArchive(search, task, archive)),
  );
}

async function cataloguedArchive(search: Search, task: string, archive: PointArchive): Promise<FoundArchive> {
  const storage = await search.storages.configured(archive.storage);
  const source = await byteSourceOf(storage, archive.path, search.signal);
  return {
    ...(await foundArchive(search, source, basename(archive.path), { task, service: archive.service })),
    readBeside: (signal) => digestsBeside(storage, archive.path, signal),
    expected: { sha256: archive.sha256, size: archive.size },
    catalogued: archive,
    parents: await parentsOf(search, task, archive),
  };
}

async function parentsOf(
  search: Search,
  task: string,
  archive: PointArchive,
): Promise<readonly FoundArchive[]> {
  if (archive.parent === null) return [];
  const parent = search.context.catalog.points.findArchive(archive.parent)?.archive;
  if (parent === undefined) {
    throw new HoldfastError('archive.chain-broken', {
      id: archive.id,
      problem: detail('parent-unknown', { parent: archive.parent }),
    });
  }
  const found = await cataloguedArchive(search, task, parent);
  return [...found.parents, found];
}

async function undoArchives(search: Search, run: string): Promise<readonly FoundArchive[]> {
  const storage = await search.storages.add(undoStorage(search.context, search.signal));
  const found: FoundArchive[] = [];
  for await (const { path } of storage.list(run, search.signal)) {
    if (!path.endsWith('.tar.gz')) continue;
    found.push(await foundArchive(search, await byteSourceOf(storage, path, search.signal), basename(path)));
  }
  if (found.length === 0) throw new HoldfastError('engine.no-undo-point', { run });
  return pickServices(search, found);
}

/**
 * What the archive says of itself, and the secrets that open it. `catalogued` is whose it is by the catalog.
 * @throws HoldfastError `archive.not-signed`, `archive.signer-mismatch`
 */
async function foundArchive(
  search: Search,
  source: ByteSource,
  name: string,
  catalogued?: Origin,
): Promise<FoundArchive> {
  const { context, opening, signal } = search;
  const { manifest, signature } = await openArchive(source, withSignal(signal));
  const origin = catalogued ?? { task: manifest.task?.id, service: manifest.source.service };
  if (opening?.signedBy === undefined) await refuseStranger(context, signature, origin);
  else refuseOthers(signature, opening.signedBy);
  const secrets = await secretsFor(context, manifest, opening);
  return {
    name,
    service: manifest.source.service,
    manifest,
    source,
    secrets,
    readBeside: async () => ({}),
    parents: [],
  };
}

function pickServices<T extends { readonly service: string }>(
  { services }: Search,
  archives: readonly T[],
): readonly T[] {
  if (services.length === 0) return archives;
  const known = archives.map((archive) => archive.service).join(', ');
  return services.map((service) => {
    const picked = archives.find((archive) => archive.service === service);
    if (picked !== undefined) return picked;
    throw new HoldfastError('engine.no-service', { where: 'The recovery point', service, known });
  });
}
