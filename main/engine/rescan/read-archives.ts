import { createHash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { openArchive } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { byteSourceOf } from '../points/byte-source.ts';

/** An open storage together with what the catalog calls it. */
export interface ScannedStorage {
  readonly config: StorageConfig;
  readonly storage: Storage;
}

export interface FoundFile {
  readonly manifest: Manifest;
  readonly archive: PointArchive;
}

export interface ReadFiles {
  readonly files: readonly FoundFile[];
  /** Files that are damaged or not ours, one sentence each. They are left alone. */
  readonly leftOut: readonly string[];
}

/** Reads what the archives at these paths say of themselves. @throws HoldfastError when the storage fails */
export async function readArchives(
  { config, storage }: ScannedStorage,
  paths: readonly string[],
  control: ControlFile | undefined,
  signal: AbortSignal,
): Promise<ReadFiles> {
  const files: FoundFile[] = [];
  const leftOut: string[] = [];
  for (const path of paths) {
    try {
      const source = await byteSourceOf(storage, path, signal);
      const { manifest } = await openArchive(source, { signal });
      const sha256 = knownDigest(control, manifest.id) ?? (await digestsOf(storage, path, signal)).sha256;
      files.push({ manifest, archive: describe(config, path, source.size, sha256, manifest, control) });
    } catch (error) {
      signal.throwIfAborted();
      if (!isOfTheFile(error)) throw error;
      leftOut.push(`${path} was left out: ${error.message}`);
    }
  }
  return { files, leftOut };
}

/** Reads the whole object once. Hex. */
export async function digestsOf(
  storage: Storage,
  path: string,
  signal: AbortSignal,
): Promise<{ sha256: string; md5: string }> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  for await (const chunk of storage.read(path, undefined, signal)) {
    sha256.update(chunk);
    md5.update(chunk);
  }
  return { sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}

/** A storage that does not answer says nothing about its files: what it holds must not be forgotten. */
function isOfTheFile(error: unknown): error is HoldfastError {
  if (!(error instanceof HoldfastError)) return false;
  return error.code.startsWith('archive.') || ['missing', 'auth', 'integrity'].includes(error.category);
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
