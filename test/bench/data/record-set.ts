import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../../servers/tools.ts';
import type { Scale } from '../frame/bench.ts';
import { type LocalFolder, openLocalFolder } from './local-folder.ts';
import { recordsOf, writeRecords } from './record-archive.ts';

/** The records as an archive of ours and as the files that the reference works on. */
export interface RecordSet {
  readonly folder: LocalFolder;
  /** Records. */
  readonly count: number;
  /** Our archive: its name in the storage, and its path. */
  readonly archive: string;
  readonly archivePath: string;
  readonly archiveSize: number;
  readonly sha256: string;
  /** Holds the folder `records`: exactly the record lines that the archive has, as NDJSON files. */
  readonly plain: string;
  readonly plainBytes: number;
}

const made = new Map<string, Promise<RecordSet>>();

/** The set for a scale, made on first use and kept until the process ends. */
export function recordSet(scale: Scale): Promise<RecordSet> {
  const known = made.get(scale.name) ?? makeRecordSet(scale.recordBytes);
  made.set(scale.name, known);
  return known;
}

async function makeRecordSet(bytes: number): Promise<RecordSet> {
  const folder = await openLocalFolder();
  const count = recordsOf(bytes);
  const archive = 'records.tar.gz';
  const { size, sha256 } = await writeRecords(folder.storage, archive, count);
  const archivePath = join(folder.path, archive);
  const plain = join(folder.path, 'plain');
  await mkdir(plain);
  await runTool('tar', ['xzf', archivePath, '-C', plain, 'records']);
  const plainBytes = await sizeOf(join(plain, 'records'));
  return { folder, count, archive, archivePath, archiveSize: size, sha256, plain, plainBytes };
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
