import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Entry, JsonObject } from '../../../shared/model/entry.ts';
import { isTombstone, type Line } from '../../../shared/model/entry.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import { isWithin, type Key } from '../../../shared/order/key.ts';
import { mergeByKey } from '../../../shared/order/merge.ts';
import { compareArchives } from '../../archive/index.ts';
import type { SourceConnection } from '../../sources/contract.ts';
import { type OpenService, usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import type { ServiceRecords } from '../points/found-archive.ts';
import { pointView } from '../points/point-view.ts';
import { EventQueue } from '../streams/event-queue.ts';
import { usingRecords } from './using-records.ts';

export interface DiffRequest {
  readonly left: Target;
  readonly right: Target;
  readonly opening?: Opening | undefined;
  /** Only what is below this key. */
  readonly prefix: Key;
}

type Side =
  | { readonly of: 'stored'; readonly open: ServiceRecords }
  | { readonly of: 'live'; readonly open: OpenService };

type Emit = (batch: readonly ShownDifference[]) => void | Promise<void>;

/** What differs between two states, in key order: from the left one to the right one. */
export async function* diff(
  context: EngineContext,
  request: DiffRequest,
  signal?: AbortSignal,
): AsyncGenerator<ShownDifference[]> {
  const events = new EventQueue<ShownDifference[]>();
  yield* events.during(signal, (stop) =>
    usingSide(context, request.left, request.opening, stop, (left) =>
      usingSide(context, request.right, request.opening, stop, (right) =>
        compareSides(left, right, request.prefix, (batch) => events.add([...batch]), stop),
      ),
    ),
  );
}

function usingSide(
  context: EngineContext,
  target: Target,
  opening: Opening | undefined,
  signal: AbortSignal,
  work: (side: Side) => Promise<void>,
): Promise<void> {
  if (target.of !== 'cluster') {
    return usingRecords(context, target, opening, signal, (open) => work({ of: 'stored', open }));
  }
  const cluster = context.catalog.clusters.byName(target.cluster);
  return usingService(context, cluster, target.service, signal, (open) => work({ of: 'live', open }));
}

async function compareSides(
  left: Side,
  right: Side,
  prefix: Key,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  if (sourceOf(left) !== sourceOf(right)) {
    throw new HoldfastError('engine.not-comparable', { left: sourceOf(left), right: sourceOf(right) });
  }
  if (left.of === 'stored' && right.of === 'stored')
    return compareStored(left.open, right.open, prefix, emit, signal);
  if (left.of === 'stored' && right.of === 'live') {
    return compareWithLive(left.open, right.open.connection, prefix, (batch) => emit(batch), signal);
  }
  if (left.of === 'live' && right.of === 'stored') {
    const turned: Emit = (batch) => emit(batch.map(turnAround));
    return compareWithLive(right.open, left.open.connection, prefix, turned, signal);
  }
  if (left.of === 'live' && right.of === 'live')
    return compareLive(left.open, right.open, prefix, emit, signal);
}

function sourceOf(side: Side): string {
  return side.of === 'stored' ? side.open.manifest.source.id : side.open.driver.id;
}

async function compareStored(
  left: ServiceRecords,
  right: ServiceRecords,
  prefix: Key,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const options = { prefix, attach: true, signal };
  for await (const batch of compareArchives(left.records, right.records, options)) {
    await emit(
      batch.map(({ key, change, before, after }) => ({
        change,
        service: left.service,
        kind: kindOf(after) ?? kindOf(before) ?? '',
        key: [...key],
        members: change === 'changed' ? changedMembers(contentOf(before), contentOf(after)) : [],
      })),
    );
  }
}

/** The source itself compares: it knows what of the live state the point covers. */
async function compareWithLive(
  stored: ServiceRecords,
  connection: SourceConnection,
  prefix: Key,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const view = pointView(stored.records, stored.manifest);
  for await (const batch of connection.compare(view, { select: [], mode: 'equal' }, signal)) {
    await emit(
      batch
        .filter(({ key }) => isWithin(key, prefix))
        .map(({ change, key, kind, members }) => ({
          change,
          service: stored.service,
          kind,
          key: [...key],
          members: [...members],
        })),
    );
  }
}

async function compareLive(
  left: OpenService,
  right: OpenService,
  prefix: Key,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const scans = [left, right].map(({ connection }) => connection.scan({}, signal)) as [
    AsyncIterable<readonly Entry[]>,
    AsyncIterable<readonly Entry[]>,
  ];
  for await (const pairs of mergeByKey(...scans)) {
    const differences = pairs.flatMap(({ left: a, right: b }): ShownDifference[] => {
      const entry = b ?? a;
      const members = a !== undefined && b !== undefined ? changedMembers(a.content, b.content) : [];
      const change = a === undefined ? 'added' : b === undefined ? 'removed' : 'changed';
      if (change === 'changed' && members.length === 0) return [];
      return [{ change, service: left.service.service, kind: entry.kind, key: [...entry.key], members }];
    });
    await emit(differences.filter(({ key }) => isWithin(key, prefix)));
  }
}

function changedMembers(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function turnAround(difference: ShownDifference): ShownDifference {
  const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
  return { ...difference, change: turned[difference.change] };
}

function contentOf(line: Line | undefined): JsonObject {
  return line === undefined || isTombstone(line) ? {} : line.content;
}

function kindOf(line: Line | undefined): string | undefined {
  return line === undefined || isTombstone(line) ? undefined : line.kind;
}
