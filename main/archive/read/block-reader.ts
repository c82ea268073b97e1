import { hash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { BlockForm } from '../layout/block-form.ts';
import { BlockProblem } from '../layout/outer-block.ts';
import type { BlockRecord, PartRecord } from '../layout/part.ts';
import type { PlacedPart } from './archive-index.ts';
import type { TailedSource } from './byte-source.ts';

/** Fetches and opens blocks; every byte that it gives was checked against the index. */
export class BlockReader {
  readonly #source: TailedSource;
  readonly #form: BlockForm;

  constructor(source: TailedSource, form: BlockForm) {
    this.#source = source;
    this.#form = form;
  }

  /**
   * Blocks `from` up to but not including `to` of a part, in one read, inflated in parallel.
   * Throws `archive.block-damaged`.
   */
  async read(part: PlacedPart, from: number, to: number, signal?: AbortSignal): Promise<readonly Buffer[]> {
    const { record, offset } = part;
    const before = record.blocks
      .slice(0, from)
      .reduce((sum, block) => sum + block.length, record.frame.length);
    const blocks = record.blocks.slice(from, to);
    const length = blocks.reduce((sum, block) => sum + block.length, 0);
    const bytes = await this.#source.read(offset + before, length, signal);
    let at = 0;
    return Promise.all(
      blocks.map((block, i) => {
        const outer = bytes.subarray(at, at + block.length);
        at += block.length;
        return this.#open(outer, record, block, from + i);
      }),
    );
  }

  async #open(outer: Buffer, record: PartRecord, block: BlockRecord, number: number): Promise<Buffer> {
    try {
      if (hash('sha256', outer, 'base64url') !== block.sha256) throw new BlockProblem(detail('hash-wrong'));
      return (await this.#form.open(outer, block.plain, record.part, number)).plain;
    } catch (error) {
      if (error instanceof BlockProblem) throw blockDamaged(record, number, error.detail);
      throw error;
    }
  }
}

/** Names a block by its part, number and keys. */
export function blockDamaged(record: PartRecord, block: number, problem: Text): HoldfastError {
  const keys = describeKeys(...keysOfBlock(record, block));
  return new HoldfastError('archive.block-damaged', { part: record.part, block, keys, problem });
}

/** First key of a block, and the first of the block after it or the part's last. */
export function keysOfBlock(record: PartRecord, block: number): [from?: Key, to?: Key] {
  let from: Key | null | undefined;
  for (let i = block; i >= 0 && !from; i--) from = record.blocks[i]?.first;
  const next = record.blocks.slice(block + 1).find(({ first }) => first);
  const to = next?.first ?? record.last;
  return from && to ? [from, to] : [];
}

const LONGEST_KEY_SHOWN = 200;

/** For people: `["a"] to ["b"]`, or a dash where there are no keys. */
export function describeKeys(from?: Key, to?: Key): string {
  if (from === undefined || to === undefined) return '—';
  return `${JSON.stringify(from).slice(0, LONGEST_KEY_SHOWN)} – ${JSON.stringify(to).slice(0, LONGEST_KEY_SHOWN)}`;
}
