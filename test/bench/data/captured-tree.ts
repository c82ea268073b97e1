import type { CapturedArchive } from '../../../main/engine/backup/capture-archive.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import { captureInto } from './captured.ts';
import { ROOT } from './zookeeper-tree.ts';

/** Captures the bench's tree into an archive the way a backup does, flushed to the disk when this resolves. */
export function captureTree(
  connection: SourceConnection,
  storage: Storage,
  path: string,
): Promise<CapturedArchive> {
  return captureInto(storage, path, connection, { source: 'zookeeper', selection: { roots: [ROOT] } });
}
