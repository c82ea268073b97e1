import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Line } from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import { keyOfLine, LineProblem } from '../layout/line.ts';
import type { PartRecord } from '../layout/part.ts';
import { describeKeys } from './block-reader.ts';
import { firstNotBelow } from './first-not-below.ts';

/** Takes one line apart. Throws {@link LineProblem}. */
export type LineDecoder = (text: string) => Line;

const LINE_FEED = 10;
/** Bytes that are made a string at a time: a large string lies outside the young heap, and is collected late. */
const PIECE = 64 * 1024;

/** The whole lines of one block, or of a block and those that continue its line. Lines are decoded on demand. */
export class LineRun {
  readonly #bytes: Buffer;
  readonly #decode: LineDecoder;
  readonly #record: PartRecord;
  #starts: number[] | undefined;

  constructor(blocks: readonly Buffer[], decode: LineDecoder, record: PartRecord) {
    this.#bytes = blocks.length === 1 ? (blocks[0] as Buffer) : Buffer.concat(blocks);
    this.#decode = decode;
    this.#record = record;
  }

  /** Bytes held. */
  get size(): number {
    return this.#bytes.length;
  }

  get count(): number {
    return this.#lineStarts().length - 1;
  }

  key(line: number): Key {
    return this.#checked(() => keyOfLine(this.#text(line)));
  }

  line(line: number): Line {
    return this.#checked(() => this.#decode(this.#text(line)));
  }

  /** Every line, decoded in batches: few enough that they are garbage before the collector copies them. */
  *batches(): Generator<readonly Line[]> {
    const bytes = this.#bytes;
    if (bytes.at(-1) !== LINE_FEED) this.#checked(cutOff);
    for (let at = 0; at < bytes.length; ) {
      const last = bytes.indexOf(LINE_FEED, at + PIECE);
      const end = last < 0 ? bytes.length : last + 1;
      const text = bytes.toString('utf8', at, end);
      yield this.#checked(() => this.#decodeAll(text));
      at = end;
    }
  }

  /** The first line whose key is not below `key`; `count` when there is none. */
  firstFrom(key: Key): number {
    return firstNotBelow(this.count, (line) => this.key(line), key);
  }

  #decodeAll(text: string): readonly Line[] {
    const lines: Line[] = [];
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf('\n', at);
      lines.push(this.#decode(text.slice(at, end)));
      at = end + 1;
    }
    return lines;
  }

  #text(line: number): string {
    const starts = this.#lineStarts();
    return this.#bytes.toString('utf8', starts[line], (starts[line + 1] ?? 0) - 1);
  }

  #lineStarts(): number[] {
    if (this.#starts === undefined) {
      const starts = [0];
      for (let at = this.#bytes.indexOf(LINE_FEED); at >= 0; at = this.#bytes.indexOf(LINE_FEED, at + 1)) {
        starts.push(at + 1);
      }
      this.#starts = starts;
    }
    return this.#starts;
  }

  #checked<R>(work: () => R): R {
    return namingPart(this.#record, work);
  }
}

function cutOff(): never {
  throw new LineProblem(detail('line-cut-off'));
}

/** Turns a {@link LineProblem} into an `archive.lines-invalid` that names the part. */
export function namingPart<R>(record: PartRecord, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LineProblem)) throw error;
    const { part, first, last } = record;
    throw new HoldfastError('archive.lines-invalid', {
      part,
      keys: describeKeys(first, last),
      problem: error.detail,
    });
  }
}
