import { crc32 } from 'node:zlib';
import type { Text } from '../../../shared/errors/text.ts';
import { FRAME_LIMIT, PAGE_LIMIT, ROOT_LIMIT, tarPadding } from '../layout/format.ts';
import { BlockProblem, inflateRun } from '../layout/outer-block.ts';
import { partName } from '../layout/part.ts';
import { findContent } from '../layout/tar-header.ts';
import type { ArchiveContent } from '../read/archive-reader.ts';
import type { Ending } from '../read/ending.ts';
import { frameProblem } from './part-check.ts';

export interface CoverVerdict {
  /** CRC-32 and length of what was inflated. */
  readonly crc: number;
  readonly inflated: number;
  readonly problems: readonly { readonly part: number; readonly problem: Text }[];
}

/** Checks the tar entries around the data: pages, root, manifest. Their hashes were checked when they were read. */
export class CoverCheck {
  readonly #ending: Ending;
  readonly #content: ArchiveContent;
  readonly #modified: number;
  /** Padding that the next frame must begin with; unknown until the first was seen. */
  #padding: number | undefined;

  constructor(ending: Ending, content: ArchiveContent) {
    this.#ending = ending;
    this.#content = content;
    this.#modified = Math.floor(Date.parse(ending.manifest.created) / 1000);
  }

  /** A page, by its place among the pages, or the root. */
  indexPart(bytes: Buffer, index: number | 'root'): CoverVerdict {
    const { root } = this.#ending.manifest;
    const part = index === 'root' ? root.part : this.#content.index.root.parts + index;
    const name = partName(part, index === 'root' ? 'root' : 'page', 0, this.#content.form.sealed);
    const limit = (index === 'root' ? ROOT_LIMIT : PAGE_LIMIT) + FRAME_LIMIT;
    try {
      return this.#check(part, name, inflateRun(bytes, limit));
    } catch (error) {
      // A page that does not inflate has been reported when it was read.
      if (!(error instanceof BlockProblem)) throw error;
      this.#padding = undefined;
      return { crc: 0, inflated: 0, problems: [] };
    }
  }

  tail(): CoverVerdict {
    return this.#check(this.#ending.manifest.root.part + 1, 'manifest.json', this.#ending.tail.inflated);
  }

  #check(part: number, name: string, inflated: Buffer): CoverVerdict {
    const { start = 0, size = 0 } = findContent(inflated) ?? {};
    const problem = frameProblem(inflated.subarray(0, start), name, size, this.#modified, this.#padding);
    this.#padding = tarPadding(size);
    const problems = problem === undefined ? [] : [{ part, problem }];
    return { crc: crc32(inflated), inflated: inflated.length, problems };
  }
}
