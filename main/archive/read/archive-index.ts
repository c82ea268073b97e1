import { hash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { Key } from '../../../shared/order/key.ts';
import { openSealed } from '../layout/block-form.ts';
import { FRAME_LIMIT, GZIP_HEADER, PAGE_LIMIT, ROOT_LIMIT } from '../layout/format.ts';
import { IndexProblem, parsePage, parseRoot } from '../layout/index-text.ts';
import { BlockProblem, inflateRun } from '../layout/outer-block.ts';
import type { PageRecord, PartRecord, Root } from '../layout/part.ts';
import { findContent } from '../layout/tar-header.ts';
import type { TailedSource } from './byte-source.ts';
import { LruCache } from './lru-cache.ts';

/** A part and where its frame begins in the file. */
export interface PlacedPart {
  readonly record: PartRecord;
  readonly offset: number;
}

/** A page that has lines of one generation, and their range. */
export interface GenerationPage {
  readonly page: number;
  readonly first: Key;
  readonly last: Key;
}

/** What seals an archive's index and blocks. */
export interface IndexSeal {
  readonly dataKey: Uint8Array;
  readonly archiveId: string;
}

interface IndexParts {
  readonly source: TailedSource;
  readonly manifest: Manifest;
  readonly seal?: IndexSeal;
}

const CACHED_PAGE_BYTES = 4 * 1024 * 1024;

/** The index of an archive: the root in memory, pages as they are needed. */
export class ArchiveIndex {
  readonly #with: IndexParts;
  readonly root: Root;
  readonly #pages = new LruCache<number, Promise<readonly PlacedPart[]>>(CACHED_PAGE_BYTES);
  readonly #byGeneration = new Map<number, GenerationPage[]>();

  private constructor(parts: IndexParts, root: Root) {
    this.#with = parts;
    this.root = root;
    for (const [page, { ranges }] of root.pages.entries()) {
      for (const [generation, first, last] of ranges) {
        const pages = this.#byGeneration.get(generation) ?? [];
        pages.push({ page, first, last });
        this.#byGeneration.set(generation, pages);
      }
    }
  }

  /** Reads the root. Throws `archive.root-damaged`. */
  static async open(parts: IndexParts, signal?: AbortSignal): Promise<ArchiveIndex> {
    const { root: place } = parts.manifest;
    const damaged = (problem: Text) => new HoldfastError('archive.root-damaged', { problem });
    return orDamaged(damaged, async () => {
      const root = parseRoot(await readIndexPart(parts, place, ROOT_LIMIT, signal));
      checkPlace(root, place);
      return new ArchiveIndex(parts, root);
    });
  }

  /** Generations that have lines, newest first. */
  get generations(): readonly number[] {
    return [...this.#byGeneration.keys()].sort((a, b) => b - a);
  }

  /** Pages that have lines of this generation, in order. */
  pagesOf(generation: number): readonly GenerationPage[] {
    return this.#byGeneration.get(generation) ?? [];
  }

  /** The parts that a page lists. Throws `archive.page-damaged`. */
  page(page: number, signal?: AbortSignal): Promise<readonly PlacedPart[]> {
    const known = this.#pages.get(page);
    if (known !== undefined) return known;
    const record = this.root.pages[page] as PageRecord;
    const parts = this.#readPage(page, record, signal);
    // Inflated and as objects a page takes several times its bytes in the file.
    this.#pages.set(page, parts, record.length * 8);
    parts.catch(() => this.#pages.delete(page));
    return parts;
  }

  /** One part of the data region by its number; undefined when there is none. */
  async part(part: number, signal?: AbortSignal): Promise<PlacedPart | undefined> {
    const page = this.root.pages.findIndex(({ parts }) => part >= parts[0] && part <= parts[1]);
    if (page < 0) return undefined;
    const parts = await this.page(page, signal);
    return parts.find(({ record }) => record.part === part);
  }

  #readPage(page: number, record: PageRecord, signal?: AbortSignal): Promise<readonly PlacedPart[]> {
    const [from, to] = record.parts;
    const damaged = (problem: Text) => new HoldfastError('archive.page-damaged', { page, from, to, problem });
    return orDamaged(damaged, async () => {
      const text = await readIndexPart(this.#with, record, PAGE_LIMIT, signal);
      const end = this.root.pages[page + 1]?.dataOffset ?? this.root.dataEnd;
      return placeParts(parsePage(text, record), record.dataOffset, end);
    });
  }
}

function checkPlace(root: Root, place: Manifest['root']): void {
  const last = root.pages.at(-1);
  const end = last === undefined ? root.dataEnd : last.offset + last.length;
  if (end !== place.offset) throw new IndexProblem(detail('pages-fall-short'));
  if (place.part !== root.parts + root.pages.length) throw new IndexProblem(detail('other-part-number'));
  const start = root.pages[0]?.dataOffset ?? root.dataEnd;
  if (start !== GZIP_HEADER.length) throw new IndexProblem(detail('data-begins-elsewhere'));
}

function placeParts(records: readonly PartRecord[], start: number, end: number): readonly PlacedPart[] {
  let offset = start;
  const placed = records.map((record) => {
    const part = { record, offset };
    offset += record.frame.length + record.blocks.reduce((sum, block) => sum + block.length, 0);
    return part;
  });
  if (offset !== end) throw new IndexProblem(detail('parts-leave-gaps'));
  return placed;
}

/** The text of a page or of the root (§3, §7). Throws IndexProblem and BlockProblem. */
async function readIndexPart(
  { source, seal }: IndexParts,
  place: { readonly offset: number; readonly length: number; readonly sha256: string; readonly part: number },
  limit: number,
  signal?: AbortSignal,
): Promise<string> {
  if (place.length > limit) throw new IndexProblem(detail('larger-than-allowed'));
  const bytes = await source.read(place.offset, place.length, signal);
  if (hash('sha256', bytes, 'base64url') !== place.sha256) throw new IndexProblem(detail('hash-wrong'));
  const inflated = inflateRun(bytes, limit + FRAME_LIMIT);
  const found = findContent(inflated);
  const content = found && inflated.subarray(found.start);
  if (content === undefined || content.length !== found?.size)
    throw new IndexProblem(detail('tar-header-wrong'));
  if (seal === undefined) return content.toString();
  const deflated = openSealed(seal.dataKey, Buffer.from(seal.archiveId, 'hex'), content, place.part, 0);
  return inflateRun(deflated, limit).toString();
}

async function orDamaged<T>(damaged: (problem: Text) => HoldfastError, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IndexProblem || error instanceof BlockProblem) throw damaged(error.detail);
    throw error;
  }
}
