import { withSignal } from '../../../shared/abort.ts';
import { type Entry, isTombstone, type JsonObject, type Line } from '../../../shared/model/entry.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { RecordView } from '../../archive/index.ts';
import type { PointView } from '../../sources/contract.ts';

/** The archive's records as a source reads them. */
export function pointView(records: RecordView, manifest: Manifest): PointView {
  return {
    position: manifest.position as JsonObject,
    version: manifest.source.version,
    identity: manifest.cluster.identity as JsonObject,
    selection: manifest.selection as JsonObject,
    notes: manifest.notes,
    entries: (prefix, signal) => liveEntries(records, prefix, signal),
    entry: async (key, signal) => liveEntry(await records.get(key, signal)),
    blob: (entry, sha256, signal) => records.blob(entry, sha256, signal),
  };
}

/** Entries in key order, in batches; tombstones left out. */
export async function* liveEntries(
  records: RecordView,
  prefix?: Key,
  signal?: AbortSignal,
): AsyncGenerator<readonly Entry[]> {
  const options = {
    ...(prefix === undefined ? {} : { prefix }),
    ...withSignal(signal),
  };
  for await (const batch of records.entries(options)) {
    yield batch.filter((line): line is Entry => !isTombstone(line));
  }
}

export function liveEntry(line: Line | undefined): Entry | undefined {
  return line === undefined || isTombstone(line) ? undefined : line;
}
