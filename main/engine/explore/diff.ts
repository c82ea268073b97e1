import type { CountEvent } from '../../../shared/contract/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Entry, JsonObject } from '../../../shared/model/entry.ts';
import { isTombstone, type Line } from '../../../shared/model/entry.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import { compareKeys, isWithin, type Key } from '../../../shared/order/key.ts';
import { mergeByKey } from '../../../shared/order/merge.ts';
import { compareArchives } from '../../archive/index.ts';
import type { SourceConnection } from '../../sources/contract.ts';
import type { EngineContext } from '../context.ts';
import type { OpenService } from '../open-service.ts';
import type { ServiceRecords } from '../points/found-archive.ts';
import { pointView } from '../points/point-view.ts';
import { EventQueue } from '../streams/event-queue.ts';
import { type OpenPlace, sourceOf } from './open-place.ts';
import { scanBelow, usingPlace } from './using-place.ts';

/** What to compare. */
export interface DiffOrder {
  readonly left: Target;
  readonly right: Target;
  readonly opening?: Opening | undefined;
  /** Of the right side, where it opens by something else. */
  readonly rightOpening?: Opening | undefined;
  /** Only what is below this key. */
  readonly prefix: Key;
  /** Only these kinds of change. */
  readonly changes?: readonly ShownDifference['change'][] | undefined;
  /** Only keys that hold this text, in whatever case. */
  readonly containing?: string | undefined;
}

export interface DiffRequest extends DiffOrder {
  /** Only what comes after this key. */
  readonly after?: Key | undefined;
  /** Most to give. */
  readonly limit?: number | undefined;
}

/** What of the differences is wanted. */
interface Wanted {
  readonly prefix: Key;
  readonly after: Key | undefined;
  /** Reads the entries: else kind and members stay empty where archives are compared. */
  readonly attach: boolean;
}

type Emit = (batch: readonly ShownDifference[]) => void | Promise<void>;

/** What differs between two states, in key order: from the left one to the right one. */
export async function* diff(
  context: EngineContext,
  request: DiffRequest,
  signal?: AbortSignal,
): AsyncGenerator<ShownDifference[]> {
  const { after, limit = Number.POSITIVE_INFINITY } = request;
  const isWanted = filterOf(request);
  const events = new EventQueue<ShownDifference[]>();
  let room = limit;
  const batches = events.during(signal, (stop) =>
    compareTargets(
      context,
      request,
      { prefix: request.prefix, after, attach: true },
      (batch) => {
        const wanted = batch.filter(isWanted);
        return wanted.length === 0 ? undefined : events.add(wanted);
      },
      stop,
    ),
  );
  for await (const batch of batches) {
    yield batch.slice(0, room);
    room -= batch.length;
    if (room <= 0) return;
  }
}

/** Counts the differences; no more is read for it than has to be. The last event has them all. */
export async function* countDifferences(
  context: EngineContext,
  order: DiffOrder,
  signal?: AbortSignal,
): AsyncGenerator<CountEvent> {
  const isWanted = filterOf(order);
  const counts = { added: 0, removed: 0, changed: 0 };
  const events = new EventQueue<CountEvent>();
  yield* events.during(signal, async (stop) => {
    const wanted = { prefix: order.prefix, after: undefined, attach: false };
    await compareTargets(
      context,
      order,
      wanted,
      (batch) => {
        for (const difference of batch) if (isWanted(difference)) counts[difference.change] += 1;
        events.latest({ event: 'progress', counts: { ...counts } });
      },
      stop,
    );
    await events.add({ event: 'counted', counts });
  });
}

function filterOf({ changes, containing }: DiffOrder): (difference: ShownDifference) => boolean {
  const text = containing?.toLowerCase();
  return ({ change, key }) =>
    (changes === undefined || changes.includes(change)) &&
    (text === undefined || `/${key.join('/')}`.toLowerCase().includes(text));
}

function compareTargets(
  context: EngineContext,
  { left, right, opening, rightOpening = opening }: DiffOrder,
  wanted: Wanted,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  return usingPlace(context, left, opening, signal, (one) =>
    usingPlace(context, right, rightOpening, signal, (other) =>
      compareSides(one, other, wanted, emit, signal),
    ),
  );
}

async function compareSides(
  left: OpenPlace,
  right: OpenPlace,
  wanted: Wanted,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  if (sourceOf(left) !== sourceOf(right)) {
    throw new HoldfastError('engine.not-comparable', { left: sourceOf(left), right: sourceOf(right) });
  }
  if (left.of === 'stored' && right.of === 'stored')
    return compareStored(left.open, right.open, wanted, emit, signal);
  if (left.of === 'stored' && right.of === 'live') {
    return compareWithLive(left.open, right.open.connection, wanted, emit, signal);
  }
  if (left.of === 'live' && right.of === 'stored') {
    const turned: Emit = (batch) => emit(batch.map(turnAround));
    return compareWithLive(right.open, left.open.connection, wanted, turned, signal);
  }
  if (left.of === 'live' && right.of === 'live')
    return compareLive(left.open, right.open, wanted, emit, signal);
}

async function compareStored(
  left: ServiceRecords,
  right: ServiceRecords,
  wanted: Wanted,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const { prefix, after: from, attach } = wanted;
  const options = { prefix, attach, signal, ...(from === undefined ? {} : { after: from }) };
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
  wanted: Wanted,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const view = pointView(stored.records, stored.manifest);
  for await (const batch of connection.compare(view, { select: [], mode: 'equal' }, signal)) {
    await emit(
      batch
        .filter(({ key }) => isInRange(key, wanted))
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
  wanted: Wanted,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const scans = [left, right].map((open) => scanBelow(open, wanted.prefix, signal)) as [
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
    await emit(differences.filter(({ key }) => isInRange(key, wanted)));
  }
}

function isInRange(key: Key, { prefix, after }: Wanted): boolean {
  return isWithin(key, prefix) && (after === undefined || compareKeys(key, after) > 0);
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
