import { readFile } from 'node:fs/promises';
import { checksumDigest } from '../../archive/index.ts';
import { classified } from '../../files/classify.ts';
import { unless } from '../../files/system-errors.ts';
import type { Storage } from '../../storages/contract.ts';

/** What the checksum files beside an archive say. Hex; absent where there is no such file. */
export interface BesideDigests {
  readonly sha256?: string;
  readonly md5?: string;
}

const KINDS = ['sha256', 'md5'] as const;
const LONGEST_FILE = 4096;

/** Reads the checksum files beside an object of a storage. */
export function digestsBeside(storage: Storage, path: string, signal?: AbortSignal): Promise<BesideDigests> {
  return readDigests((kind) => readStored(storage, `${path}.${kind}`, signal));
}

/** Reads the checksum files beside a file of this machine. */
export function digestsBesideFile(path: string): Promise<BesideDigests> {
  return readDigests(async (kind) => {
    const beside = `${path}.${kind}`;
    return classified(beside, () => unless(['ENOENT'], readFile(beside, 'latin1')));
  });
}

/** A file that is there but holds no digest counts as one that fits nothing. */
async function readDigests(
  read: (kind: (typeof KINDS)[number]) => Promise<string | undefined>,
): Promise<BesideDigests> {
  const digests: { sha256?: string; md5?: string } = {};
  for (const kind of KINDS) {
    const text = await read(kind);
    if (text !== undefined) digests[kind] = checksumDigest(kind, text) ?? 'unreadable';
  }
  return digests;
}

async function readStored(storage: Storage, path: string, signal?: AbortSignal): Promise<string | undefined> {
  const object = await storage.stat(path, signal);
  if (object === undefined) return undefined;
  if (object.size === 0 || object.size > LONGEST_FILE) return '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of storage.read(path, undefined, signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}
