import { randomBytes } from 'node:crypto';
import { type FinishedArchive, openArchiveWriter } from '../../../main/archive/index.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import type { ManifestFacts } from '../../../shared/model/manifest.ts';
import { records } from './records.ts';

/** How many of the made-up records have lines of about that many bytes together. */
export function recordsOf(bytes: number): number {
  let seen = 0;
  let seenBytes = 0;
  for (const batch of records()) {
    seen += batch.length;
    for (const entry of batch) seenBytes += JSON.stringify(entry).length - RENAMED;
    if (seenBytes >= Math.min(bytes, SAMPLE_BYTES)) break;
  }
  return Math.round((seen * bytes) / seenBytes);
}

/** Characters by which members are named shorter in an archive's lines: kind, key, content, observed. */
const RENAMED = 'kindkeycontentobserved'.length - 'tkco'.length;
const SAMPLE_BYTES = 50_000_000;

/** Writes that many records into a full archive at the default level, flushed to the disk when this resolves. */
export async function writeRecords(storage: Storage, path: string, count: number): Promise<FinishedArchive> {
  const id = randomBytes(16).toString('hex');
  const writer = openArchiveWriter({ id, created: new Date() });
  const stored = storage.write(path, writer.bytes);
  stored.catch((error: unknown) => writer.abort(error));
  let left = count;
  for (const batch of records()) {
    for (const entry of batch.slice(0, left)) {
      const room = writer.put(entry);
      if (room !== undefined) await room;
    }
    left -= batch.length;
    if (left <= 0) break;
  }
  const finished = await writer.finish(facts(id));
  await stored;
  return finished;
}

function facts(id: string): ManifestFacts {
  return {
    finished: new Date().toISOString(),
    tool: { name: 'bench', version: '0' },
    source: { id: 'zookeeper', service: 'zookeeper', version: null },
    cluster: { id: id.slice(16), name: 'bench', identity: {} },
    task: { id: id.slice(8, 24), name: 'nightly' },
    run: { id: id.slice(0, 16) },
    set: id,
    parent: null,
    depth: 0,
    complete: true,
    selection: {},
    position: {},
    notes: [],
    sensitive: [],
    consent: false,
  };
}
