import type { KindCount } from '../../../shared/model/manifest.ts';

const TOMBSTONE = 0;
const COLUMN_LENGTH = 65_536;

/** Lines of one generation, 14 bytes each; in pieces, so that nothing large is ever copied. */
interface Column {
  readonly keys: Float64Array;
  readonly bytes: Uint32Array;
  readonly kinds: Uint16Array;
  used: number;
}

/** What one {@link LiveCounts} has seen, to be absorbed by another, be it on another thread. */
export interface CountsSnapshot {
  /** By kind number; the first is that of tombstones. */
  readonly kinds: readonly string[];
  readonly totals: readonly KindCount[];
  readonly generations: readonly (readonly [generation: number, columns: readonly Column[]])[];
}

/**
 * Counts the lines that are live once every generation has been seen (§6 `counts`, `tombstones`). A line of a
 * lower generation is not live when a higher one has its key, and the lines arrive in no common order: so the
 * key's 53-bit hash is remembered for every line, unless there is to be one generation only. The hash is seeded
 * by the archive's id; writer and verifier count alike even if two keys should share a hash.
 */
export class LiveCounts {
  readonly #seed: number;
  readonly #remember: boolean;
  readonly #kindNumbers = new Map<string, number>();
  readonly #totals: { entries: number; bytes: number }[] = [{ entries: 0, bytes: 0 }];
  readonly #generations = new Map<number, Column[]>();

  constructor(archiveId: string, options: { readonly singlePass: boolean }) {
    this.#seed = Number.parseInt(archiveId.slice(0, 8), 16);
    this.#remember = !options.singlePass;
  }

  /** @param kind Null for a tombstone. @param bytes Of content. */
  add(generation: number, keyText: string, kind: string | null, bytes: number): void {
    const number = kind === null ? TOMBSTONE : this.#kindNumber(kind);
    const total = this.#total(number);
    total.entries++;
    total.bytes += bytes;
    if (this.#remember) this.#store(generation, hashText(keyText, this.#seed), number, bytes);
  }

  snapshot(): CountsSnapshot {
    const trim = ({ keys, bytes, kinds, used }: Column): Column => ({
      keys: keys.slice(0, used),
      bytes: bytes.slice(0, used),
      kinds: kinds.slice(0, used),
      used,
    });
    return {
      kinds: ['', ...this.#kindNumbers.keys()],
      totals: this.#totals,
      generations: [...this.#generations].map(([generation, columns]) => [generation, columns.map(trim)]),
    };
  }

  absorb({ kinds, totals, generations }: CountsSnapshot): void {
    const numbers = kinds.map((kind, number) => (number === TOMBSTONE ? TOMBSTONE : this.#kindNumber(kind)));
    for (const [i, { entries, bytes }] of totals.entries()) {
      const total = this.#total(numbers[i] ?? TOMBSTONE);
      total.entries += entries;
      total.bytes += bytes;
    }
    for (const [generation, columns] of generations) {
      const own = columns.map((column) => ({
        ...column,
        kinds: column.kinds.map((number) => numbers[number] ?? TOMBSTONE),
      }));
      this.#columns(generation).push(...own);
    }
  }

  /** What is live of all that was seen. */
  finish(): { readonly counts: Record<string, KindCount>; readonly tombstones: number } {
    this.#dropOverridden();
    const counts: Record<string, KindCount> = {};
    for (const [kind, number] of this.#kindNumbers) {
      const { entries, bytes } = this.#total(number);
      if (entries > 0) counts[kind] = { entries, bytes };
    }
    return { counts, tombstones: this.#total(TOMBSTONE).entries };
  }

  #dropOverridden(): void {
    const newestFirst = [...this.#generations].sort(([a], [b]) => b - a);
    const seen = new Set<number>();
    for (const [i, [, columns]] of newestFirst.entries()) {
      const isLast = i === newestFirst.length - 1;
      for (const column of columns) this.#dropFrom(column, seen, isLast);
    }
    this.#generations.clear();
  }

  #dropFrom({ keys, bytes, kinds, used }: Column, seen: Set<number>, isLast: boolean): void {
    for (let i = 0; i < used; i++) {
      const key = keys[i] ?? 0;
      if (seen.has(key)) {
        const total = this.#total(kinds[i] ?? TOMBSTONE);
        total.entries--;
        total.bytes -= bytes[i] ?? 0;
      } else if (!isLast) seen.add(key);
    }
  }

  #store(generation: number, key: number, kind: number, bytes: number): void {
    const columns = this.#columns(generation);
    let column = columns.at(-1);
    if (column === undefined || column.used === column.keys.length) {
      column = newColumn();
      columns.push(column);
    }
    const at = column.used++;
    column.keys[at] = key;
    column.kinds[at] = kind;
    column.bytes[at] = bytes;
  }

  #columns(generation: number): Column[] {
    const known = this.#generations.get(generation);
    if (known !== undefined) return known;
    const columns: Column[] = [];
    this.#generations.set(generation, columns);
    return columns;
  }

  #kindNumber(kind: string): number {
    let number = this.#kindNumbers.get(kind);
    if (number === undefined) {
      number = this.#totals.length;
      this.#kindNumbers.set(kind, number);
      this.#totals.push({ entries: 0, bytes: 0 });
    }
    return number;
  }

  #total(kind: number): { entries: number; bytes: number } {
    return this.#totals[kind] as { entries: number; bytes: number };
  }
}

function newColumn(): Column {
  return {
    keys: new Float64Array(COLUMN_LENGTH),
    bytes: new Uint32Array(COLUMN_LENGTH),
    kinds: new Uint16Array(COLUMN_LENGTH),
    used: 0,
  };
}

/** A 53-bit hash of a text (two multiplicative 32-bit lanes, as cyrb53 mixes them). */
function hashText(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b >>> 0) * 2_097_152 + (a >>> 11);
}
