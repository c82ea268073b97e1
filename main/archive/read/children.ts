import type { Line } from '../../../shared/model/entry.ts';
import { isWithin, type Key } from '../../../shared/order/key.ts';
import { BLOCK_LIMIT } from '../layout/format.ts';
import type { Layer, RunPlace } from './layer.ts';
import type { MergedCursor } from './merged-cursor.ts';

/** One direct child of a key. */
export interface Child {
  /** Its last component. */
  readonly name: string;
  readonly key: Key;
  /**
   * Absent when only descendants of it are there, and where it would take too much to read for a list: among large
   * subtrees every child lies in a block of its own.
   */
  readonly entry?: Line;
  readonly hasChildren: boolean;
}

export interface ChildrenPage {
  readonly children: readonly Child[];
  /** Give it as `after` to go on; absent on the last page. */
  readonly next?: string;
}

export interface ChildrenOptions {
  /** Only children whose name comes after this one. */
  readonly after?: string;
  /** So many of them are passed over. */
  readonly skip?: number;
  /** Most to give; 1,000 unless given. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

const CHILDREN_PER_PAGE = 1000;

/** A child as the keys tell it; `layer` has its own line, if there is one. */
interface ListedChild extends Omit<Child, 'entry'> {
  readonly layer?: Layer;
}

/** Bytes of the file that are read of records for a list, the first block beside. */
const MOST_BYTES = 768 * 1024;

/** Lists direct children, jumping over each child's descendants by way of the index. Reads keys; few records. */
export async function listChildren(
  cursor: MergedCursor,
  parent: Key,
  { after, skip = 0, limit = CHILDREN_PER_PAGE, signal }: ChildrenOptions,
): Promise<ChildrenPage> {
  const { listed, next } = await listKeys(cursor, parent, after, skip + limit);
  const children = await withEntries(listed.slice(skip), signal);
  return next === undefined ? { children } : { children, next };
}

async function listKeys(
  cursor: MergedCursor,
  parent: Key,
  after: string | undefined,
  limit: number,
): Promise<{ readonly listed: readonly ListedChild[]; readonly next?: string }> {
  await cursor.seek([...parent, after === undefined ? '' : beyond(after)]);
  const listed: ListedChild[] = [];
  while (cursor.current !== undefined && isWithin(cursor.current.key, parent)) {
    const last = listed.at(-1);
    if (listed.length === limit && last !== undefined) return { listed, next: last.name };
    const name = cursor.current.key[parent.length] ?? '';
    listed.push(await takeChild(cursor, [...parent, name], name));
  }
  return { listed };
}

async function takeChild(cursor: MergedCursor, key: Key, name: string): Promise<ListedChild> {
  let layer: Layer | undefined;
  if (cursor.current?.key.length === key.length) {
    layer = cursor.current.layer;
    await cursor.step();
  }
  const hasChildren = cursor.current !== undefined && isWithin(cursor.current.key, key);
  if (hasChildren) await cursor.seek([...key.slice(0, -1), beyond(name)]);
  return { name, key, hasChildren, ...(layer === undefined ? {} : { layer }) };
}

/** Reads the children's own lines, in their order, as long as that moves few bytes. */
async function withEntries(
  listed: readonly ListedChild[],
  signal: AbortSignal | undefined,
): Promise<readonly Child[]> {
  const budget = new ReadBudget();
  const children: Child[] = [];
  for (const { layer, ...child } of listed) {
    const place = await layer?.locate(child.key, signal);
    const entry =
      layer !== undefined && place !== undefined && budget.allows(layer, place)
        ? await layer.lineAt(place, child.key, signal)
        : undefined;
    children.push(entry === undefined ? child : { ...child, entry });
  }
  return children;
}

/** Which runs of lines are read for a list. */
class ReadBudget {
  /** Those that were allowed: reading them again costs nothing. */
  readonly #runs = new Map<Layer, Set<string>>();
  #bytes = 0;

  allows(layer: Layer, place: RunPlace): boolean {
    const runs = this.#runs.get(layer) ?? new Set();
    const run = `${place.part.record.part}/${place.block}`;
    if (runs.has(run)) return true;
    const size = layer.sizeOf(place);
    if (size > BLOCK_LIMIT || (this.#bytes > 0 && this.#bytes + size > MOST_BYTES)) return false;
    this.#bytes += size;
    this.#runs.set(layer, runs.add(run));
    return true;
  }
}

/** The least string above this one; keys with it come after everything below this one. */
function beyond(name: string): string {
  return `${name}\0`;
}
