import { withSignal } from '../../../shared/abort.ts';
import { type Entry, isTombstone } from '../../../shared/model/entry.ts';
import type { Place, ShownEntry } from '../../../shared/model/listing.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { RecordView } from '../../archive/index.ts';
import type { SourceConnection } from '../../sources/contract.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import type { EngineContext } from '../context.ts';
import { childIndex, startAt } from './child-index.ts';
import { type OpenPlace, sourceOf } from './open-place.ts';
import { valueSize } from './raw-value.ts';
import { entryAt, usingPlace } from './using-place.ts';

/** Children after a name, or from an offset. */
export interface PageRequest {
  readonly after?: string | undefined;
  readonly offset?: number | undefined;
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
  return usingPlace(context, target, opening, signal, async (place) => {
    const entry = await entryAt(place, key, signal);
    const children =
      place.of === 'stored'
        ? await storedChildren(place.open.records, key, page, signal)
        : await liveChildren(place.open.connection, key, page, signal);
    return { ...(entry === undefined ? {} : { entry: shown(place, entry) }), ...children };
  });
}

type Children = Omit<Place, 'entry'>;

async function storedChildren(
  records: RecordView,
  key: Key,
  { after, offset, limit }: PageRequest,
  signal: AbortSignal | undefined,
): Promise<Children> {
  if (after !== undefined || offset === undefined) {
    const page = await storedPage(records, key, { limit, ...(after === undefined ? {} : { after }) }, signal);
    const whole = after === undefined && page.next === undefined;
    return whole ? { ...page, total: page.children.length } : page;
  }
  const index = await childIndex(records, key, signal);
  const page = await storedPage(records, key, { ...startAt(index, offset), limit }, signal);
  return { ...page, total: index.total };
}

async function storedPage(
  records: RecordView,
  key: Key,
  page: { readonly after?: string; readonly skip?: number; readonly limit: number },
  signal: AbortSignal | undefined,
): Promise<Children> {
  const { children, next } = await records.children(key, { ...page, ...withSignal(signal) });
  return {
    children: children.map((child) => ({
      name: child.name,
      hasChildren: child.hasChildren,
      ...(child.entry === undefined || isTombstone(child.entry) ? {} : { kind: child.entry.kind }),
    })),
    ...(next === undefined ? {} : { next }),
  };
}

async function liveChildren(
  connection: SourceConnection,
  key: Key,
  { after, offset, limit }: PageRequest,
  signal: AbortSignal | undefined,
): Promise<Children> {
  const page = {
    limit,
    ...(after === undefined ? {} : { after }),
    ...(offset === undefined ? {} : { offset }),
  };
  const { children, next, total } = await connection.children(key, page, signal);
  return {
    children: children.map(({ detail: _, ...child }) => child),
    ...(next === undefined ? {} : { next }),
    total,
  };
}

function shown(place: OpenPlace, entry: Entry): ShownEntry {
  const { kind, key, content, observed } = entry;
  const driver = findSourceDriver(sourceOf(place));
  const access = driver.access?.(entry);
  return {
    kind,
    key: [...key],
    content,
    observed,
    ...(access === undefined
      ? {}
      : { access: access.map((rule) => ({ ...rule, operations: [...rule.operations] })) }),
    valueSize: valueSize(driver, entry),
  };
}
