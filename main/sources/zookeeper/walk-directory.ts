import { compareUtf8, type Key } from '../../../shared/order/key.ts';
import type { NodeRead, ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import { childPath } from './paths.ts';
import type { Scope } from './scope.ts';

/** A node that was asked for and not given out yet. */
export interface Slot {
  readonly name: string;
  readonly path: string;
  readonly scope: Scope;
  readonly directory: Directory;
  /** Undefined until the answer is there; null where the node is gone. */
  read?: NodeRead | ZooKeeperError | null;
  /** The node's children, when there are some to walk. */
  children?: Directory;
}

/** Slots given out that are cut off together. */
const COMPACT_AT = 1024;

/** The children of one node on their way through a walk. */
export class Directory {
  readonly key: Key;
  readonly path: string;
  readonly scope: Scope;
  /** Children expected when the listing is asked for: a bound on its size. */
  readonly expected: number;
  /** Sorted; undefined until the listing is there. */
  names: readonly string[] | undefined;
  /** Names asked for so far. */
  asked = 0;
  /** Asked for, in order; those before `given` are given out and forgotten. */
  #slots: (Slot | undefined)[] = [];
  #given = 0;

  constructor(key: Key, path: string, scope: Scope, expected: number) {
    this.key = key;
    this.path = path;
    this.scope = scope;
    this.expected = expected;
  }

  get unasked(): number {
    return (this.names?.length ?? 0) - this.asked;
  }

  /** Nothing is left to ask for or to give out. */
  get finished(): boolean {
    return this.names !== undefined && this.unasked === 0 && this.head === undefined;
  }

  /** The next slot to give out. */
  get head(): Slot | undefined {
    return this.#slots[this.#given];
  }

  /** Forgets the first slot: what was read must not live as long as its siblings. */
  give(): void {
    this.#slots[this.#given++] = undefined;
    if (this.#given < COMPACT_AT || this.#given * 2 < this.#slots.length) return;
    this.#slots = this.#slots.slice(this.#given);
    this.#given = 0;
  }

  push(slot: Slot): void {
    this.#slots.push(slot);
  }

  /** Moves up to `limit` names into slots. */
  ask(limit: number, into: Slot[]): void {
    const names = this.names ?? [];
    while (this.asked < names.length && into.length < limit) {
      const name = names[this.asked++] ?? '';
      const scope = this.scope.enter(name);
      if (!scope.selected && !scope.below) continue;
      const slot: Slot = { name, path: childPath(this.path, name), scope, directory: this };
      this.#slots.push(slot);
      into.push(slot);
    }
  }
}

/** Sorts names in UTF-8 order, in place. */
export function sortNames(names: string[]): string[] {
  // Below the surrogates the order of UTF-16 units, which is built in and fast, is that of UTF-8.
  return names.some(hasLargeUnits) ? names.sort(compareUtf8) : names.sort();
}

function hasLargeUnits(name: string): boolean {
  return /[\ud800-\uffff]/.test(name);
}

/**
 * Directories in the order in which their next children are given out: one below another comes first, as the other
 * has gone past it.
 */
export function compareDirectories(a: Directory, b: Directory): number {
  const shared = Math.min(a.key.length, b.key.length);
  for (let i = 0; i < shared; i++) {
    const order = compareUtf8(a.key[i] ?? '', b.key[i] ?? '');
    if (order !== 0) return order;
  }
  return b.key.length - a.key.length;
}

/** A binary heap of directories: the first one in the order of the walk on top. */
export class DirectoryQueue {
  readonly #heap: Directory[] = [];

  get first(): Directory | undefined {
    return this.#heap[0];
  }

  push(directory: Directory): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || compareDirectories(above, directory) <= 0) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = directory;
  }

  /** Takes the first one out. */
  shift(): Directory | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first;
  }

  #sink(directory: Directory): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const child = this.#smallerChild(at);
      const below = heap[child];
      if (below === undefined || compareDirectories(directory, below) <= 0) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = directory;
  }

  #smallerChild(at: number): number {
    const left = this.#heap[at * 2 + 1];
    const right = this.#heap[at * 2 + 2];
    if (left === undefined || right === undefined) return at * 2 + 1;
    return compareDirectories(left, right) <= 0 ? at * 2 + 1 : at * 2 + 2;
  }
}
