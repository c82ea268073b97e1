import { detail } from '../../../shared/messages/details.ts';
import type { Key } from '../../../shared/order/key.ts';
import { BLOCK_LIMIT, FRAME_LIMIT, LINE_LIMIT, PARTS_LIMIT, PARTS_PER_PAGE, SEALED_EXTRA } from './format.ts';
import { FormatProblem } from './format-problem.ts';
import type { BlockRecord, GenerationRange, PageRecord, PartRecord, PartType, Root } from './part.ts';

/** Thrown while index text is taken apart; callers turn it into the error of the page or root at hand. */
export class IndexProblem extends FormatProblem {}

/** One line of an index page (§3). */
export function encodePart(record: PartRecord): string {
  const { frame, blocks, ...facts } = record;
  return `${JSON.stringify({ ...facts, frame: blockArray(frame), blocks: blocks.map(blockArray) })}\n`;
}

function blockArray(block: BlockRecord): unknown[] {
  const { length, plain, sha256, first } = block;
  return first === undefined ? [length, plain, sha256] : [length, plain, sha256, first];
}

/** Takes a page apart and checks every member against the limits, so that later code can rely on them. */
export function parsePage(text: string, page: PageRecord): PartRecord[] {
  if (!text.endsWith('\n')) throw new IndexProblem(detail('last-line-cut-off'));
  const lines = text.slice(0, -1).split('\n');
  const [first, last] = page.parts;
  if (lines.length !== last - first + 1) throw new IndexProblem(detail('other-number-of-parts'));
  return lines.map((line, i) => parsePart(line, first + i));
}

function parsePart(line: string, expected: number): PartRecord {
  const json = asObject(parseJson(line));
  const part = asCount(json.part, 'part');
  if (part !== expected) throw new IndexProblem(detail('part-misplaced', { part, expected }));
  const type = asPartType(json.type);
  const record = {
    part,
    type,
    generation: asCount(json.generation, 'generation'),
    size: asCount(json.size, 'size', LINE_LIMIT + (LINE_LIMIT / BLOCK_LIMIT) * SEALED_EXTRA),
    count: asCount(json.count, 'count'),
    frame: parseBlock(json.frame, false, FRAME_LIMIT),
    blocks: asArray(json.blocks, 'blocks').map((block) => parseBlock(block, type !== 'blob', BLOCK_LIMIT)),
  };
  if (type === 'blob') return record;
  const keyed = { ...record, first: asKey(json.first), last: asKey(json.last) };
  if (record.count === 0 || !Array.isArray(record.blocks[0]?.first))
    throw new IndexProblem(detail('part-without-lines'));
  return type === 'fingerprints' ? { ...keyed, of: asCount(json.of, 'of') } : keyed;
}

function parseBlock(value: unknown, keyed: boolean, limit: number): BlockRecord {
  const members = asArray(value, 'block');
  if (members.length !== (keyed ? 4 : 3)) throw new IndexProblem(detail('block-members'));
  const plain = asCount(members[1], 'bytes before compression', limit);
  const block = {
    length: asCount(members[0], 'bytes in the file', plain + SEALED_EXTRA),
    plain,
    sha256: asHash(members[2]),
  };
  if (!keyed) return block;
  return { ...block, first: members[3] === null ? null : asKey(members[3]) };
}

/** The root of the index (§3). */
export function encodeRoot(root: Root): string {
  return JSON.stringify(root);
}

/** Takes the root apart and checks that its pages tile the data and index regions without a gap. */
export function parseRoot(text: string): Root {
  const json = asObject(parseJson(text));
  const root: Root = {
    pages: asArray(json.pages, 'pages').map(parsePageRecord),
    dataEnd: asCount(json.dataEnd, 'dataEnd'),
    parts: asCount(json.parts, 'parts', PARTS_LIMIT),
  };
  checkTiling(root);
  return root;
}

function parsePageRecord(value: unknown): PageRecord {
  const json = asObject(value);
  const parts = asArray(json.parts, 'parts');
  return {
    offset: asCount(json.offset, 'offset'),
    length: asCount(json.length, 'length'),
    sha256: asHash(json.sha256),
    part: asCount(json.part, 'part'),
    parts: [asCount(parts[0], 'parts'), asCount(parts[1], 'parts')],
    dataOffset: asCount(json.dataOffset, 'dataOffset'),
    ranges: asArray(json.ranges, 'ranges').map(parseRange),
  };
}

function parseRange(value: unknown): GenerationRange {
  const range = asArray(value, 'range');
  return [asCount(range[0], 'generation'), asKey(range[1]), asKey(range[2])];
}

function checkTiling(root: Root): void {
  let part = 0;
  let offset = root.dataEnd;
  let data = 0;
  for (const [i, page] of root.pages.entries()) {
    const [first, last] = page.parts;
    if (first !== part || last < first || last - first >= PARTS_PER_PAGE) {
      throw new IndexProblem(detail('page-lists', { page: i, first, last }));
    }
    if (page.offset !== offset || page.part !== root.parts + i)
      throw new IndexProblem(detail('page-misplaced', { page: i }));
    if (page.dataOffset <= data || page.dataOffset >= root.dataEnd) {
      throw new IndexProblem(detail('page-data-misplaced', { page: i }));
    }
    part = last + 1;
    offset += page.length;
    data = page.dataOffset;
  }
  if (part !== root.parts) throw new IndexProblem(detail('pages-incomplete'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IndexProblem(detail('not-json'));
  }
}

function asObject(value: unknown): { readonly [member: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new IndexProblem(detail('not-object'));
  return value as { readonly [member: string]: unknown };
}

function asArray(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new IndexProblem(detail('not-list', { what }));
  return value;
}

function asCount(value: unknown, what: string, limit: number = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new IndexProblem(detail('not-count', { what }));
  if ((value as number) > limit)
    throw new IndexProblem(detail('above-limit', { what, value: Number(value), limit }));
  return value as number;
}

function asHash(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(value))
    throw new IndexProblem(detail('hash-malformed'));
  return value;
}

function asKey(value: unknown): Key {
  if (!Array.isArray(value) || !value.every((component) => typeof component === 'string')) {
    throw new IndexProblem(detail('key-malformed'));
  }
  return value;
}

const PART_TYPES: readonly string[] = ['records', 'overlay', 'fingerprints', 'blob'] satisfies PartType[];

function asPartType(value: unknown): PartType {
  if (typeof value !== 'string' || !PART_TYPES.includes(value))
    throw new IndexProblem(detail('part-type-unknown'));
  return value as PartType;
}
