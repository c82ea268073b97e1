import { basename } from 'node:path/posix';
import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import { say } from '../../../shared/messages/message.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import { type Proof, standingProof } from '../../../shared/model/proof.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { openArchive, recogniseName } from '../../archive/index.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Storage } from '../../storages/contract.ts';
import { byteSourceOf } from '../points/byte-source.ts';
import { describeArchive } from '../points/described-archive.ts';
import { signerOf } from '../points/signers.ts';
import { digestsOf, recordedSha256, sha256Beside } from './digests.ts';
import type { Findings } from './findings.ts';

/** An open storage together with what the catalog calls it. */
export interface ScannedStorage {
  readonly config: StorageConfig;
  readonly storage: Storage;
}

export interface FoundFile {
  readonly manifest: Manifest;
  readonly archive: PointArchive;
  /** What its bytes must hash to, from the control file, the catalog or its checksum file; undefined: nobody knows. */
  readonly known: string | undefined;
  /** What its checksum file says: the same, otherwise than control file or catalog, or nothing that makes sense. */
  readonly beside: 'same' | 'contested' | 'none';
}

/**
 * Reads what the archives at these paths say of themselves. Files that are damaged or not ours are named and left
 * out; those that went meanwhile are passed over.
 * @throws HoldfastError when the storage fails: it then says nothing about its files
 */
export async function readArchives(
  catalog: Catalog,
  { config, storage }: ScannedStorage,
  paths: Iterable<string>,
  control: ControlFile | undefined,
  findings: Findings,
  signal: AbortSignal,
): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = [];
  for (const path of paths) {
    try {
      const file = await readArchive(catalog, { config, storage }, path, control, signal);
      if (file.beside === 'contested') {
        findings.damaged.push(say('rescan.wrong-checksum-file', { path }));
      }
      files.push(file);
    } catch (error) {
      signal.throwIfAborted();
      tell(findings, path, error);
    }
  }
  return files;
}

async function readArchive(
  catalog: Catalog,
  { config, storage }: ScannedStorage,
  path: string,
  control: ControlFile | undefined,
  signal: AbortSignal,
): Promise<FoundFile> {
  const source = await byteSourceOf(storage, path, signal);
  const { manifest, signature } = await openArchive(source, { signal });
  const recorded = recordedSha256(catalog, control, manifest.id);
  const beside = await sha256Beside(storage, path, signal);
  const known = recorded ?? beside;
  const sha256 = known ?? (await digestsOf(storage, path, signal)).sha256;
  const place = { storage: config.id, path, size: source.size, sha256 };
  return {
    manifest,
    archive: {
      ...describeArchive(manifest),
      ...signerOf(signature),
      ...place,
      ...lastProof(catalog, control, manifest.id),
    },
    known,
    beside: beside === undefined ? 'none' : beside === known ? 'same' : 'contested',
  };
}

/** @throws the error itself when it is none of the file's own */
function tell(findings: Findings, path: string, error: unknown): void {
  if (!(error instanceof HoldfastError) || error.retryable) throw error;
  if (error.code === 'storage.missing') return;
  if (error.code === 'archive.no-footer' && recogniseName(basename(path))?.form !== 'versioned') {
    findings.notes.push(say('rescan.not-ours', { path }));
  } else if (error.category === 'integrity') {
    findings.damaged.push(say('rescan.damaged', { path, problem: explainError(error).message }));
  } else if (error.category === 'auth' || error.category === 'unsupported') {
    findings.notes.push(say('rescan.left-out', { path, problem: explainError(error).message }));
  } else {
    throw error;
  }
}

/** What was found where the control file could not be written stands in the catalog alone. */
function lastProof(
  catalog: Catalog,
  control: ControlFile | undefined,
  archive: string,
): Pick<PointArchive, 'verified'> {
  const noted = control?.proofs.findLast((each) => each.archive === archive);
  const verified = [catalog.points.findArchive(archive)?.archive.verified, noted]
    .filter((proof) => proof !== undefined)
    .map(({ at, level, sound }): Proof => ({ at, level, sound }))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .reduce<Proof | undefined>(standingProof, undefined);
  return verified === undefined ? {} : { verified };
}
