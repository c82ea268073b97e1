import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { PARTS_PER_PAGE } from '../layout/format.ts';
import { encodePart } from '../layout/index-text.ts';
import type { GenerationRange, PartRecord } from '../layout/part.ts';

/** A page's text is cut here even when it lists fewer parts than it may: long keys make long lines. */
const PAGE_TEXT_LIMIT = 1024 * 1024;

/** A page that is complete but for its place in the file. */
export interface PageDraft {
  readonly parts: readonly [first: number, last: number];
  readonly dataOffset: number;
  readonly ranges: readonly GenerationRange[];
  text(): string;
}

/** Gathers the records of parts into pages. Complete pages wait compressed: the index grows with the archive. */
export class IndexBuilder {
  readonly #pages: PageDraft[] = [];
  #lines: string[] = [];
  #textLength = 0;
  #first = 0;
  #dataOffset = 0;
  #ranges = new Map<number, { first: Key; last: Key }>();

  /** @param offset Where the part's frame begins in the file. */
  add(record: PartRecord, offset: number): void {
    const line = encodePart(record);
    const isFull = this.#lines.length === PARTS_PER_PAGE || this.#textLength + line.length > PAGE_TEXT_LIMIT;
    if (isFull) this.#closePage();
    if (this.#lines.length === 0) {
      this.#first = record.part;
      this.#dataOffset = offset;
    }
    this.#lines.push(line);
    this.#textLength += line.length;
    this.#extendRange(record);
  }

  /** All pages, in file order. */
  finish(): readonly PageDraft[] {
    this.#closePage();
    return this.#pages;
  }

  #extendRange(record: PartRecord): void {
    const { first, last } = record;
    const hasRecords = record.type === 'records' || record.type === 'overlay';
    if (!hasRecords || first === undefined || last === undefined) return;
    const range = this.#ranges.get(record.generation);
    if (range === undefined) this.#ranges.set(record.generation, { first, last });
    else if (compareKeys(last, range.last) > 0) range.last = last;
  }

  #closePage(): void {
    if (this.#lines.length === 0) return;
    const compressed = deflateRawSync(this.#lines.join(''));
    this.#pages.push({
      parts: [this.#first, this.#first + this.#lines.length - 1],
      dataOffset: this.#dataOffset,
      ranges: [...this.#ranges]
        .sort(([a], [b]) => a - b)
        .map(([generation, range]): GenerationRange => [generation, range.first, range.last]),
      text: () => inflateRawSync(compressed).toString(),
    });
    this.#lines = [];
    this.#textLength = 0;
    this.#ranges = new Map();
  }
}
