import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Entry } from '../../../shared/model/entry.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import type { Key } from '../../../shared/order/key.ts';
import { usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import type { OpenService } from '../open-service.ts';
import { liveEntry } from '../points/point-view.ts';
import type { OpenPlace } from './open-place.ts';
import { usingRecords } from './using-records.ts';

/**
 * Opens the only service that the target names, unless it is open since a moment ago.
 * @throws HoldfastError `engine.service-needed` and those of opening it
 */
export async function usingPlace<T>(
  context: EngineContext,
  target: Target,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
  work: (place: OpenPlace) => Promise<T>,
): Promise<T> {
  const id = await identityOf(context, target, opening);
  return context.places.using(
    id,
    (stop, hold) => holdOpen(context, target, opening, stop, hold),
    signal,
    work,
  );
}

/** The entry of a key; undefined when there is none. */
export async function entryAt(
  place: OpenPlace,
  key: Key,
  signal: AbortSignal | undefined,
): Promise<Entry | undefined> {
  return place.of === 'stored'
    ? liveEntry(await place.open.records.get(key, signal))
    : place.open.connection.entry(key, signal);
}

/** Reads a live service as far as it can be narrowed to a key: there may be entries beside it. */
export function scanBelow(
  { driver, connection }: OpenService,
  prefix: Key,
  signal: AbortSignal,
): AsyncIterable<readonly Entry[]> {
  const selection = prefix.length === 0 ? undefined : driver.selectionBelow?.(prefix);
  return connection.scan(selection ?? {}, signal);
}

async function holdOpen(
  context: EngineContext,
  target: Target,
  opening: Opening | undefined,
  signal: AbortSignal,
  hold: (place: OpenPlace) => Promise<void>,
): Promise<void> {
  if (target.of !== 'cluster') {
    return usingRecords(context, target, opening, signal, (open) => hold({ of: 'stored', open }));
  }
  const cluster = context.catalog.clusters.byName(target.cluster);
  return usingService(context, cluster, target.service, signal, (open) => hold({ of: 'live', open }));
}

/** Changes with whatever would be opened otherwise: a cluster's options, a file, a point's archives. */
async function identityOf(
  { catalog }: EngineContext,
  target: Target,
  opening: Opening | undefined,
): Promise<string> {
  const facts = await factsOf(catalog, target);
  return createHash('sha256')
    .update(JSON.stringify([target, opening ?? null, facts]))
    .digest('hex');
}

async function factsOf(catalog: EngineContext['catalog'], target: Target): Promise<unknown> {
  switch (target.of) {
    case 'cluster':
      return catalog.clusters.byName(target.cluster);
    case 'point':
      return catalog.points.get(target.point).archives.map(({ id, storage, path }) => [id, storage, path]);
    case 'undo':
      return target.run;
    case 'file':
      return fileFacts(target.path);
  }
}

async function fileFacts(path: string): Promise<unknown> {
  try {
    const { dev, ino, size, mtimeMs } = await stat(path);
    return [dev, ino, size, mtimeMs];
  } catch {
    // Why it cannot be read is told when it is opened.
    return null;
  }
}
