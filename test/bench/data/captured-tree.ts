import { randomBytes } from 'node:crypto';
import { type CapturedArchive, captureArchive } from '../../../main/engine/backup/capture-archive.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import { unwatchedRun } from './run-recorder.ts';
import { ROOT } from './zookeeper-tree.ts';

/** Captures the bench's tree into an archive the way a backup does, flushed to the disk when this resolves. */
export function captureTree(
  connection: SourceConnection,
  storage: Storage,
  path: string,
): Promise<CapturedArchive> {
  const now = (): Date => new Date();
  const facts = {
    id: randomBytes(16).toString('hex'),
    created: now(),
    source: { id: 'zookeeper', service: 'zookeeper', version: null },
    cluster: { id: 'bench', name: 'bench', identity: {} },
    task: null,
    run: { id: 'bench' },
    tool: { name: 'bench', version: '0' },
    sensitive: [],
    consent: false,
  };
  const order = { connection, selection: { roots: [ROOT] }, facts, now };
  const step = unwatchedRun().step('capture', 'zookeeper');
  return captureArchive(order, storage, path, step, new AbortController().signal);
}
