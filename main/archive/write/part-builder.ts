import type { Key } from '../../../shared/order/key.ts';
import { BLOCK_LIMIT, PART_LIMIT } from '../layout/format.ts';
import type { BlockPress } from './block-press.ts';

/** A block that was cut and is being compressed. */
export interface PendingBlock {
  readonly plain: Buffer;
  readonly deflated: Promise<Buffer>;
  readonly first?: Key | null;
  /** Whole buffer behind `plain`, to be given back to the press; absent when it is not the press's. */
  readonly buffer?: Buffer;
}

/** A part's content: what the emitter needs to put it into the file. */
export interface PartContent {
  readonly blocks: readonly PendingBlock[];
  /** Bytes before compression. */
  readonly size: number;
  readonly count: number;
  readonly first?: Key;
  readonly last?: Key;
}

/** A part whose blocks are full ends, rather than with a block smaller than this. */
const SMALLEST_LAST_BLOCK = BLOCK_LIMIT / 2;

/** Cuts opaque bytes into blocks. */
export function cutBytes(bytes: Buffer, press: BlockPress): PartContent {
  const blocks: PendingBlock[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_LIMIT) {
    const plain = bytes.subarray(at, at + BLOCK_LIMIT);
    blocks.push({ plain, deflated: press.deflate(plain) });
  }
  return { blocks, size: bytes.length, count: 0 };
}

/**
 * Gathers lines into one part and cuts it into blocks on line ends. A line longer than a block has blocks of its
 * own; all but its first have a null first key, as have those of a line without a key.
 */
export class PartBuilder {
  readonly #press: BlockPress;
  #blocks: PendingBlock[] = [];
  #buffer: Buffer | undefined;
  #used = 0;
  #blockFirst: Key | undefined;
  #first: Key | undefined;
  #last: Key | undefined;
  #count = 0;
  #cutBytes = 0;

  constructor(press: BlockPress) {
    this.#press = press;
  }

  /** Bytes gathered so far. */
  get size(): number {
    return this.#cutBytes + this.#used;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Whether the line still belongs into this part: it has room, and not just for a stub of a block. */
  takes(text: string): boolean {
    const room = PART_LIMIT - this.size;
    return fits(text, room) && (room >= SMALLEST_LAST_BLOCK || fits(text, BLOCK_LIMIT - this.#used));
  }

  append(text: string, key: Key): void {
    this.#first ??= key;
    this.#last = key;
    this.#count++;
    if (!fits(text, BLOCK_LIMIT - this.#used)) this.#cut();
    if (!fits(text, BLOCK_LIMIT)) {
      this.#appendLong(text, key);
      return;
    }
    this.#buffer ??= this.#press.takeBuffer();
    this.#blockFirst ??= key;
    this.#used += this.#buffer.write(text, this.#used);
  }

  /** Appends a line that has no key and is not counted, in blocks of its own. */
  appendKeyless(text: string): void {
    this.#cut();
    this.#appendLong(text, null);
  }

  /** Ends the part and starts the next one. */
  close(): PartContent {
    this.#cut();
    const content = {
      blocks: this.#blocks,
      size: this.#cutBytes,
      count: this.#count,
      ...(this.#first !== undefined && { first: this.#first }),
      ...(this.#last !== undefined && { last: this.#last }),
    };
    this.#blocks = [];
    this.#cutBytes = 0;
    this.#count = 0;
    this.#first = undefined;
    return content;
  }

  #cut(): void {
    if (this.#buffer === undefined || this.#blockFirst === undefined) return;
    const plain = this.#buffer.subarray(0, this.#used);
    this.#blocks.push({
      plain,
      deflated: this.#press.deflate(plain),
      first: this.#blockFirst,
      buffer: this.#buffer,
    });
    this.#cutBytes += this.#used;
    this.#buffer = undefined;
    this.#blockFirst = undefined;
    this.#used = 0;
  }

  #appendLong(text: string, key: Key | null): void {
    const { blocks, size } = cutBytes(Buffer.from(text), this.#press);
    this.#blocks.push(...blocks.map((block, i) => ({ ...block, first: i === 0 ? key : null })));
    this.#cutBytes += size;
  }
}

/** Most bytes that UTF-8 takes for one UTF-16 unit. */
const MOST_PER_UNIT = 3;

/** Whether the text's UTF-8 form has at most `room` bytes; counts them only when that is in doubt. */
export function fits(text: string, room: number): boolean {
  return text.length * MOST_PER_UNIT <= room || Buffer.byteLength(text) <= room;
}
