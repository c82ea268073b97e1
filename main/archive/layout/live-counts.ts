import type { KindCount } from '../../../shared/model/manifest.ts';

const TOMBSTONE = 0;
const COLUMN_LENGTH = 65_536;

/** Lines of one generation, 14 bytes each, in columns so that nothing large is ever copied. */
interface Column {
  readonly keys: Float64Array;
  readonly bytes: Uint32Array;
  readonly kinds: Uint16Array;
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
  readonly #generations = new Map<number, { columns: Column[]; length: number }>();

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

  /** 1 + the highest generation seen; 1 when nothing was. */
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
    for (const [i, [, lines]] of newestFirst.entries()) {
      const isLast = i === newestFirst.length - 1;
      this.#visit(lines, (key, kind, bytes) => {
        if (seen.has(key)) {
          const total = this.#total(kind);
          total.entries--;
          total.bytes -= bytes;
        } else if (!isLast) seen.add(key);
      });
    }
    this.#generations.clear();
  }

  #visit(
    lines: { readonly columns: readonly Column[]; readonly length: number },
    visit: (key: number, kind: number, bytes: number) => void,
  ): void {
    for (const [i, column] of lines.columns.entries()) {
      const end = Math.min(COLUMN_LENGTH, lines.length - i * COLUMN_LENGTH);
      for (let j = 0; j < end; j++) {
        visit(column.keys[j] ?? 0, column.kinds[j] ?? TOMBSTONE, column.bytes[j] ?? 0);
      }
    }
  }

  #store(generation: number, key: number, kind: number, bytes: number): void {
    let lines = this.#generations.get(generation);
    if (lines === undefined) {
      lines = { columns: [], length: 0 };
      this.#generations.set(generation, lines);
    }
    const at = lines.length++ % COLUMN_LENGTH;
    if (at === 0) lines.columns.push(newColumn());
    const column = lines.columns.at(-1) as Column;
    column.keys[at] = key;
    column.kinds[at] = kind;
    column.bytes[at] = bytes;
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
