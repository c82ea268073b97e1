import { detail } from '../../../shared/messages/details.ts';
import { decrypt, encrypt } from '../keys/cipher.ts';
import {
  BlockProblem,
  deflateOnPool,
  inflateBlock,
  inflateBlockNow,
  inflateWhole,
  inflateWholeNow,
  storeBlock,
  unstoreBlock,
} from './outer-block.ts';

/** A block ready for the file. */
export interface FormedBlock {
  /** What the tar entry holds. */
  readonly content: Buffer;
  /** What the file holds. */
  readonly outer: Buffer;
}

/** How blocks of content become outer blocks and back: as they are, or sealed (§7). */
export interface BlockForm {
  readonly sealed: boolean;
  /** The slow half of writing, on the thread pool; needs no part number yet. */
  deflate(plain: Buffer): Promise<Buffer>;
  /** The quick half. */
  form(plain: Buffer, deflated: Buffer, part: number, block: number): FormedBlock;
  /** From the file's bytes back to the plain text of exactly `size` bytes. Throws BlockProblem. */
  open(outer: Buffer, size: number, part: number, block: number): Promise<OpenedBlock>;
  /** As `open`, on the calling thread. */
  openNow(outer: Buffer, size: number, part: number, block: number): OpenedBlock;
}

export interface OpenedBlock {
  readonly plain: Buffer;
  readonly content: Buffer;
}

/** Blocks that are deflated and nothing else. */
export function plainForm(level: number): BlockForm {
  return {
    sealed: false,
    deflate: (plain) => deflateOnPool(plain, level, false),
    form: (plain, deflated) => ({ content: plain, outer: deflated }),
    open: async (outer, size) => {
      const plain = await inflateBlock(outer, size);
      return { plain, content: plain };
    },
    openNow: (outer, size) => {
      const plain = inflateBlockNow(outer, size);
      return { plain, content: plain };
    },
  };
}

/** Blocks that are deflated, encrypted under the data key and stored. `archiveId`: 32 hex digits. */
export function sealedForm(level: number, dataKey: Uint8Array, archiveId: string): BlockForm {
  const additional = Buffer.from(archiveId, 'hex');
  return {
    sealed: true,
    deflate: (plain) => deflateOnPool(plain, level, true),
    form: (_plain, deflated, part, block) => {
      const content = encrypt(dataKey, nonceOf(part, block), additional, deflated);
      return { content, outer: storeBlock(content) };
    },
    open: async (outer, size, part, block) => {
      const content = unstoreBlock(outer);
      const deflated = openSealed(dataKey, additional, content, part, block);
      return { plain: await inflateWhole(deflated, size), content };
    },
    openNow: (outer, size, part, block) => {
      const content = unstoreBlock(outer);
      const deflated = openSealed(dataKey, additional, content, part, block);
      return { plain: inflateWholeNow(deflated, size), content };
    },
  };
}

/** Decrypts one sealed block; what comes out is still deflated. Throws BlockProblem. */
export function openSealed(
  dataKey: Uint8Array,
  additional: Uint8Array,
  content: Uint8Array,
  part: number,
  block: number,
): Buffer {
  const deflated = decrypt(dataKey, nonceOf(part, block), additional, content);
  if (deflated === undefined) throw new BlockProblem(detail('does-not-decrypt'));
  return deflated;
}

function nonceOf(part: number, block: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(part), 0);
  nonce.writeUInt32BE(block, 8);
  return nonce;
}
