import { tarPadding } from '../layout/format.ts';
import type { ArchiveIndex, PlacedPart } from '../read/archive-index.ts';
import type { Findings } from './findings.ts';

/** A piece of the file and what lies in it. All stretches together tile the file. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
  /** Whole parts of the data region. */
  readonly parts?: readonly PlacedPart[];
  /** Padding that the first part's frame begins with; unknown behind a damaged page. */
  readonly padding?: number;
  /** A page, by its place among the pages, or the root. */
  readonly index?: number | 'root';
}

/** Bounds on what one stretch takes in the file and inflated, unless a single part is larger. */
const STRETCH_BYTES = 3 * 1024 * 1024;
const STRETCH_INFLATED = 6 * 1024 * 1024;

/** Bytes about which nothing is known or nothing is left to check, cut into pieces. */
export function* opaqueStretches(from: number, to: number): Generator<Stretch> {
  for (let offset = from; offset < to; offset += STRETCH_BYTES) {
    yield { offset, length: Math.min(STRETCH_BYTES, to - offset) };
  }
}

/** The data region by its parts; where a page is damaged, what it lists is opaque. */
export async function* dataStretches(
  index: ArchiveIndex,
  findings: Findings,
  signal?: AbortSignal,
): AsyncGenerator<Stretch> {
  const { pages, dataEnd } = index.root;
  let padding: number | undefined = 0;
  for (const [i, page] of pages.entries()) {
    const parts = await findings.attempt({ area: 'page', part: page.part }, () => index.page(i, signal));
    if (parts === undefined) {
      yield* opaqueStretches(page.dataOffset, pages[i + 1]?.dataOffset ?? dataEnd);
      padding = undefined;
      continue;
    }
    for (const group of groupParts(parts)) {
      yield { ...group, ...(padding !== undefined && { padding }) };
      padding = tarPadding(group.parts.at(-1)?.record.size ?? 0);
    }
  }
}

/** The index region: its pages, then the root. */
export function* indexStretches(
  index: ArchiveIndex,
  root: { offset: number; length: number },
): Generator<Stretch> {
  for (const [i, { offset, length }] of index.root.pages.entries()) yield { offset, length, index: i };
  yield { offset: root.offset, length: root.length, index: 'root' };
}

function* groupParts(
  parts: readonly PlacedPart[],
): Generator<Stretch & { readonly parts: readonly PlacedPart[] }> {
  let group: PlacedPart[] = [];
  let length = 0;
  let inflated = 0;
  for (const part of parts) {
    const bytes = lengthOf(part);
    const plain = part.record.blocks.reduce((sum, block) => sum + block.plain, 0);
    const [first] = group;
    if (first !== undefined && (length + bytes > STRETCH_BYTES || inflated + plain > STRETCH_INFLATED)) {
      yield { offset: first.offset, length, parts: group };
      group = [];
      length = 0;
      inflated = 0;
    }
    group.push(part);
    length += bytes;
    inflated += plain;
  }
  const [first] = group;
  if (first !== undefined) yield { offset: first.offset, length, parts: group };
}

/** Bytes of a part in the file, frame included. */
function lengthOf({ record }: PlacedPart): number {
  return record.blocks.reduce((sum, block) => sum + block.length, record.frame.length);
}
