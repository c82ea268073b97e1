import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { BlockForm, FormedBlock } from '../layout/block-form.ts';
import {
  BLOCK_LIMIT,
  DEFLATE_END,
  GZIP_HEADER,
  GZIP_TRAILER_LENGTH,
  PARTS_LIMIT,
  TAR_END,
  tarPadding,
} from '../layout/format.ts';
import { deflateNow } from '../layout/outer-block.ts';
import { type BlockRecord, type PartType, partName } from '../layout/part.ts';
import { encodeTarHeader } from '../layout/tar-header.ts';
import type { BlockPress } from './block-press.ts';
import type { IndexBuilder } from './index-builder.ts';
import type { ByteOutlet } from './outlet.ts';
import type { PartContent, PendingBlock } from './part-builder.ts';

/** What the index says of a part beyond its content. */
export interface PartFacts {
  readonly type: PartType;
  readonly generation: number;
  readonly of?: number;
  /** SHA-256 of a blob chunk, hex. */
  readonly chunk?: string;
}

/** Where a stretch of the file lies. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
  readonly sha256: Buffer;
}

interface EmitterParts {
  readonly outlet: ByteOutlet;
  readonly press: BlockPress;
  readonly form: BlockForm;
  readonly index: IndexBuilder;
  /** Deflate level of frames and of the tail. */
  readonly level: number;
  /** mtime of every tar header: seconds since 1970. */
  readonly modified: number;
}

/** Parts that may wait for their turn before the writer has to. */
const MOST_WAITING = 3;

/** Puts parts into the file one after the other: tar headers, padding, CRC-32, hashes, index records. */
export class PartEmitter {
  readonly #with: EmitterParts;
  #turn: Promise<void> = Promise.resolve();
  /** The parts that are not in the file yet, in their order. */
  readonly #waiting: Promise<void>[] = [];
  #parts = 0;
  #offset = GZIP_HEADER.length;
  #crc = 0;
  #inflated = 0;
  #padding = 0;

  constructor(parts: EmitterParts) {
    this.#with = parts;
    parts.outlet.push(GZIP_HEADER);
  }

  /** Parts submitted so far: the number of the next one. */
  get parts(): number {
    return this.#parts;
  }

  /** Where the next byte of the file goes. Meaningful once {@link settled}. */
  get offset(): number {
    return this.#offset;
  }

  get isBusy(): boolean {
    return this.#waiting.length > MOST_WAITING;
  }

  /** Resolves when so few parts wait that another can be submitted. */
  async room(): Promise<void> {
    while (this.isBusy) await this.#waiting[0];
  }

  /** Resolves when every part submitted so far is in the file. */
  settled(): Promise<void> {
    return this.#turn;
  }

  /** Queues a part of the data region and gives its number. A failure shows in {@link settled}. */
  submit(content: PartContent, facts: PartFacts): number {
    if (this.#parts >= PARTS_LIMIT) {
      throw new HoldfastError('archive.limit-exceeded', {
        what: detail('the-archive'),
        limit: `${PARTS_LIMIT} parts`,
      });
    }
    const part = this.#parts++;
    for (const block of content.blocks) block.deflated.catch(() => undefined);
    const turn = this.#turn.then(async () => {
      await this.#emit(part, content, facts);
      this.#waiting.shift();
    });
    turn.catch(() => undefined);
    this.#waiting.push(turn);
    this.#turn = turn;
    return part;
  }

  async #emit(part: number, content: PartContent, facts: PartFacts): Promise<void> {
    const { form, index, press } = this.#with;
    const start = this.#offset;
    const formed = form.sealed ? await this.#formAll(part, content.blocks) : undefined;
    const size = formed?.reduce((sum, block) => sum + block.content.length, 0) ?? content.size;
    const name = partName(part, facts.type, facts.generation, form.sealed, facts.chunk);
    const frame = this.#pushFrame(name, size);
    const blocks: BlockRecord[] = [];
    for (const [i, block] of content.blocks.entries()) {
      const { outer, content: bytes } = formed?.[i] ?? form.form(block.plain, await block.deflated, part, i);
      this.#push(outer, bytes);
      blocks.push(blockRecord(outer, block.plain.length, block.first));
      if (block.buffer !== undefined) press.giveBack(block.buffer);
    }
    this.#padding = tarPadding(size);
    const { type, generation, of } = facts;
    const { count, first, last } = content;
    index.add(
      {
        part,
        type,
        generation,
        ...(of !== undefined && { of }),
        size,
        count,
        ...(first !== undefined && { first }),
        ...(last !== undefined && { last }),
        frame,
        blocks,
      },
      start,
    );
    await this.#with.outlet.room();
  }

  async #formAll(part: number, blocks: readonly PendingBlock[]): Promise<FormedBlock[]> {
    const formed: FormedBlock[] = [];
    for (const [i, block] of blocks.entries()) {
      formed.push(this.#with.form.form(block.plain, await block.deflated, part, i));
    }
    return formed;
  }

  /** Puts a page or the root in: its text as plain blocks, or sealed as one block however long. */
  async emitIndexPart(text: string, type: 'page' | 'root'): Promise<Stretch & { readonly part: number }> {
    await this.#turn;
    const { form } = this.#with;
    const part = this.#parts++;
    const blocks: FormedBlock[] = [];
    for (const [i, plain] of cut(Buffer.from(text), form.sealed).entries()) {
      blocks.push(form.form(plain, await form.deflate(plain), part, i));
    }
    const size = blocks.reduce((sum, block) => sum + block.content.length, 0);
    const offset = this.#offset;
    const frame = this.#formFrame(partName(part, type, 0, form.sealed), size);
    for (const block of [frame, ...blocks]) this.#push(block.outer, block.content);
    this.#padding = tarPadding(size);
    await this.#with.outlet.room();
    const sha256 = hash(
      'sha256',
      Buffer.concat([frame.outer, ...blocks.map((block) => block.outer)]),
      'buffer',
    );
    return { offset, length: this.#offset - offset, sha256, part };
  }

  /** Puts the manifest, the end of the tar archive and the end of member 1 in (§6). */
  emitTail(manifest: string): Stretch & { readonly inflated: number } {
    const { level, modified } = this.#with;
    const content = Buffer.from(manifest);
    const plain = Buffer.concat([
      Buffer.alloc(this.#padding),
      encodeTarHeader('manifest.json', content.length, modified),
      content,
      Buffer.alloc(tarPadding(content.length)),
      TAR_END,
    ]);
    const offset = this.#offset;
    const outer = cut(plain, false).map((block) => {
      const deflated = deflateNow(block, level);
      this.#push(deflated, block);
      return deflated;
    });
    const trailer = Buffer.alloc(GZIP_TRAILER_LENGTH);
    trailer.writeUInt32LE(this.#crc, 0);
    trailer.writeUInt32LE(this.#inflated % 2 ** 32, 4);
    const end = Buffer.concat([DEFLATE_END, trailer]);
    this.#with.outlet.push(end);
    this.#offset += end.length;
    const sha256 = hash('sha256', Buffer.concat([...outer, end]), 'buffer');
    return { offset, length: this.#offset - offset, sha256, inflated: plain.length };
  }

  #pushFrame(name: string, size: number): BlockRecord {
    const frame = this.#formFrame(name, size);
    this.#push(frame.outer, frame.content);
    return blockRecord(frame.outer, frame.content.length);
  }

  #formFrame(name: string, size: number): FormedBlock {
    const { level, modified } = this.#with;
    const content = Buffer.concat([Buffer.alloc(this.#padding), encodeTarHeader(name, size, modified)]);
    return { content, outer: deflateNow(content, level) };
  }

  #push(outer: Buffer, inflated: Buffer): void {
    this.#crc = crc32(inflated, this.#crc);
    this.#inflated += inflated.length;
    this.#offset += outer.length;
    this.#with.outlet.push(outer);
  }
}

function blockRecord(outer: Buffer, plain: number, first?: BlockRecord['first']): BlockRecord {
  const record = { length: outer.length, plain, sha256: hash('sha256', outer, 'base64url') };
  return first === undefined ? record : { ...record, first };
}

function cut(bytes: Buffer, whole: boolean): Buffer[] {
  if (whole) return [bytes];
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_LIMIT) blocks.push(bytes.subarray(at, at + BLOCK_LIMIT));
  return blocks;
}
