import type { Entry } from '../../../shared/model/entry.ts';
import { compareUtf8, type Key } from '../../../shared/order/key.ts';
import {
  type BatchItem,
  isZooKeeperError,
  type NodeRead,
  type Stat,
} from '../../protocols/zookeeper/index.ts';
import type { ChildPage, ChildSummary, PageRequest } from '../contract.ts';
import type { LoadGate } from '../load.ts';
import { kindOf, liveEntry } from './content.ts';
import type { Link } from './link.ts';
import { childPath, pathOf } from './paths.ts';
import { sortNames } from './walk-directory.ts';

/** Listings kept for the next page. */
const LISTINGS = 4;

interface Listing {
  readonly names: readonly string[];
  /** Changes with every child created or deleted. */
  readonly pzxid: bigint;
  readonly cversion: number;
}

/** Looks at single nodes and pages of children of the live tree. */
export class Browser {
  readonly #link: Link;
  readonly #gate: LoadGate;
  /** Sorting 300,000 names takes longer than a page may: the last listings are kept, oldest first. */
  readonly #listings = new Map<string, Listing>();

  constructor(link: Link, gate: LoadGate) {
    this.#link = link;
    this.#gate = gate;
  }

  async children(key: Key, page: PageRequest, signal?: AbortSignal): Promise<ChildPage> {
    const path = pathOf(key);
    const names = await this.#names(path, signal);
    const start = page.after === undefined ? (page.offset ?? 0) : firstAfter(names, page.after);
    const shown = names.slice(start, start + page.limit);
    const stats = await this.#stats(
      shown.map((name) => childPath(path, name)),
      signal,
    );
    const children = shown.map((name, i) => summary(name, stats[i])).filter((child) => child !== undefined);
    const last = shown.at(-1);
    const more = last !== undefined && start + page.limit < names.length;
    return { children, total: names.length, ...(more ? { next: last } : {}) };
  }

  async entry(key: Key, signal?: AbortSignal): Promise<Entry | undefined> {
    const node = await this.#node(key, signal);
    return node === undefined ? undefined : liveEntry(key, node);
  }

  async *value(key: Key, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const node = await this.#node(key, signal);
    if (node?.data !== null && node?.data !== undefined) yield node.data;
  }

  async #node(key: Key, signal: AbortSignal | undefined): Promise<NodeRead | undefined> {
    const [node] = await this.#gate.run(1, signal, () =>
      this.#link.read((client) => client.readNodes([pathOf(key)], signal && { signal }), signal),
    );
    if (isZooKeeperError(node)) throw node;
    return node ?? undefined;
  }

  async #names(path: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
    const [stat] = await this.#stats([path], signal);
    const known = this.#listings.get(path);
    if (stat === null || stat === undefined || isZooKeeperError(stat)) return [];
    if (known !== undefined && known.pzxid === stat.pzxid && known.cversion === stat.cversion)
      return known.names;
    const listed = await this.#gate.run(1, signal, () =>
      this.#link.read((client) => client.getChildren(path, signal && { signal }), signal),
    );
    const { pzxid, cversion } = listed.stat;
    const listing = { names: sortNames(listed.children), pzxid, cversion };
    this.#listings.delete(path);
    this.#listings.set(path, listing);
    for (const oldest of [...this.#listings.keys()].slice(0, -LISTINGS)) this.#listings.delete(oldest);
    return listing.names;
  }

  #stats(paths: readonly string[], signal: AbortSignal | undefined): Promise<BatchItem<Stat>[]> {
    return this.#gate.run(paths.length, signal, () =>
      this.#link.read((client) => client.readStats(paths, signal && { signal }), signal),
    );
  }
}

function summary(name: string, stat: BatchItem<Stat> | undefined): ChildSummary | undefined {
  if (stat === null || stat === undefined) return undefined;
  if (isZooKeeperError(stat)) return { name };
  const { numChildren, dataLength } = stat;
  return {
    name,
    kind: kindOf(stat),
    hasChildren: numChildren > 0,
    bytes: dataLength,
    detail: { numChildren, mtime: stat.mtime },
  };
}

/** Index of the first name after the given one, which need not be among them. */
function firstAfter(names: readonly string[], after: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareUtf8(names[middle] ?? '', after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
