import { randomBytes } from 'node:crypto';
import { type CapturedArchive, captureArchive } from '../../../main/engine/backup/capture-archive.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import { unwatchedRun } from './run-recorder.ts';

/** What of which source a bench captures. */
export interface CapturedSource {
  /** Id of the driver. */
  readonly source: string;
  readonly selection: JsonObject;
}

/** Captures into an archive the way a backup does, flushed to the disk when this resolves. */
export function captureInto(
  storage: Storage,
  path: string,
  connection: SourceConnection,
  { source, selection }: CapturedSource,
): Promise<CapturedArchive> {
  const now = (): Date => new Date();
  const facts = {
    id: randomBytes(16).toString('hex'),
    created: now(),
    source: { id: source, service: source, version: null },
    cluster: { id: 'bench', name: 'bench', identity: {} },
    task: null,
    run: { id: 'bench' },
    tool: { name: 'bench', version: '0' },
    sensitive: [],
    consent: false,
  };
  const order = { connection, selection, facts, now };
  const step = unwatchedRun().step('capture', source);
  return captureArchive(order, storage, path, step, new AbortController().signal);
}
