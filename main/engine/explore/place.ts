import { withSignal } from '../../../shared/abort.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { isTombstone } from '../../../shared/model/entry.ts';
import type { Place, ShownEntry } from '../../../shared/model/listing.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { RecordView } from '../../archive/index.ts';
import type { SourceConnection } from '../../sources/contract.ts';
import { usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { liveEntry } from '../points/point-view.ts';
import { usingRecords } from './using-records.ts';

export interface PageRequest {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** An entry and a page of its children, from a point, a file or a live cluster alike. */
export function showPlace(
  context: EngineContext,
  target: Target,
  opening: Opening | undefined,
  key: Key,
  page: PageRequest,
  signal?: AbortSignal,
): Promise<Place> {
  if (target.of !== 'cluster') {
    return usingRecords(context, target, opening, signal, ({ records }) =>
      storedPlace(records, key, page, signal),
    );
  }
  const cluster = context.catalog.clusters.byName(target.cluster);
  return usingService(context, cluster, target.service, signal, ({ connection }) =>
    livePlace(connection, key, page, signal),
  );
}

async function storedPlace(
  records: RecordView,
  key: Key,
  { after, limit }: PageRequest,
  signal: AbortSignal | undefined,
): Promise<Place> {
  const options = {
    limit,
    ...(after === undefined ? {} : { after }),
    ...withSignal(signal),
  };
  const entry = liveEntry(await records.get(key, signal));
  const { children, next } = await records.children(key, options);
  return {
    ...(entry === undefined ? {} : { entry: shown(entry) }),
    children: children.map((child) => ({
      name: child.name,
      hasChildren: child.hasChildren,
      ...(child.entry === undefined || isTombstone(child.entry) ? {} : { kind: child.entry.kind }),
    })),
    ...(next === undefined ? {} : { next }),
  };
}

async function livePlace(
  connection: SourceConnection,
  key: Key,
  { after, limit }: PageRequest,
  signal: AbortSignal | undefined,
): Promise<Place> {
  const entry = await connection.entry(key, signal);
  const { children, next } = await connection.children(
    key,
    after === undefined ? { limit } : { after, limit },
    signal,
  );
  return {
    ...(entry === undefined ? {} : { entry: shown(entry) }),
    children: children.map(({ detail: _, ...child }) => child),
    ...(next === undefined ? {} : { next }),
  };
}

function shown({ kind, key, content, observed }: Entry): ShownEntry {
  return { kind, key: [...key], content, observed };
}
