import { createHash } from 'node:crypto';
import type { ControlFile } from '../../../shared/model/control.ts';
import { checksumDigest } from '../../archive/index.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Storage } from '../../storages/contract.ts';
import { readText } from '../control/text-object.ts';

/** Longer than any line that we write into a checksum file. */
const LARGEST_CHECKSUM_FILE = 4096;

/** Hex. */
export interface Digests {
  readonly sha256: string;
  readonly md5: string;
}

/** Reads the whole object once. */
export async function digestsOf(storage: Storage, path: string, signal: AbortSignal): Promise<Digests> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  for await (const chunk of storage.read(path, undefined, signal)) {
    sha256.update(chunk);
    md5.update(chunk);
  }
  return { sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}

/** The SHA-256 that an archive was written with, as the control file or the catalog has it. */
export function recordedSha256(
  catalog: Catalog,
  control: ControlFile | undefined,
  archive: string,
): string | undefined {
  const noted = control?.points.flatMap((point) => point.archives).find(({ id }) => id === archive);
  return noted?.sha256 ?? catalog.points.findArchive(archive)?.archive.sha256;
}

/** What the checksum file beside an archive says; undefined when there is none that can be understood. */
export async function sha256Beside(
  storage: Storage,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const line = await readText(storage, `${path}.sha256`, LARGEST_CHECKSUM_FILE, signal);
  return line === undefined ? undefined : checksumDigest('sha256', line);
}
