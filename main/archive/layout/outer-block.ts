import { constants, deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import { detail } from '../../../shared/messages/details.ts';
import { DEFLATE_END } from './format.ts';
import { FormatProblem } from './format-problem.ts';

/** What an outer block ends with: the empty stored block of a SYNC_FLUSH, without its first header bits. */
const SYNC_MARK = Buffer.from('0000ffff', 'hex');
const STORED_LIMIT = 65_535;
const STORED_HEADER = 5;
const EMPTY_STORED = Buffer.from('000000ffff', 'hex');

/** zlib's largest hash table: on blocks of this size it is both faster and a little denser than the default. */
const MEM_LEVEL = 9;
/** What a block of records comes to, so that most are done in one go of the thread pool. */
const OUTPUT_CHUNK = 512 * 1024;

/** Raised when bytes are not what the index says they are. */
export class BlockProblem extends FormatProblem {}

/**
 * Deflates on libuv's thread pool.
 * @param final False: ends with a SYNC_FLUSH, to be an outer block. True: a whole deflate stream, to be sealed.
 */
export function deflateOnPool(plain: Uint8Array, level: number, final: boolean): Promise<Buffer> {
  const finishFlush = final ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
  return new Promise((resolve, reject) => {
    deflateRaw(
      plain,
      { level, memLevel: MEM_LEVEL, finishFlush, chunkSize: OUTPUT_CHUNK },
      (error, result) => {
        if (error === null) resolve(result);
        else reject(error);
      },
    );
  });
}

/** Deflates something small into one outer block on the calling thread. */
export function deflateNow(plain: Uint8Array, level: number): Buffer {
  return deflateRawSync(plain, { level, finishFlush: constants.Z_SYNC_FLUSH });
}

/** Wraps bytes that do not compress into one outer block of stored deflate blocks (§7, step 4). */
export function storeBlock(content: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < content.length; at += STORED_LIMIT) {
    const piece = content.subarray(at, at + STORED_LIMIT);
    const header = Buffer.alloc(STORED_HEADER);
    header.writeUInt16LE(piece.length, 1);
    header.writeUInt16LE(~piece.length & 0xffff, 3);
    pieces.push(header, piece);
  }
  return Buffer.concat([...pieces, EMPTY_STORED]);
}

/** The content of {@link storeBlock}'s result. Throws {@link BlockProblem}. */
export function unstoreBlock(outer: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    if (at + STORED_HEADER > outer.length || outer[at] !== 0)
      throw new BlockProblem(detail('not-stored-block'));
    const length = outer.readUInt16LE(at + 1);
    if ((length ^ outer.readUInt16LE(at + 3)) !== 0xffff) throw new BlockProblem(detail('not-stored-block'));
    at += STORED_HEADER;
    if (length === 0) break;
    pieces.push(outer.subarray(at, at + length));
    at += length;
  }
  if (at !== outer.length) throw new BlockProblem(detail('bytes-follow'));
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

/**
 * Inflates one outer block on the thread pool and checks that it stands for itself: it ends with the mark of a
 * SYNC_FLUSH, holds no final deflate block and inflates to exactly `size` bytes; no more is ever allocated.
 * Throws {@link BlockProblem}.
 */
export async function inflateBlock(outer: Uint8Array, size: number): Promise<Buffer> {
  return inflateWhole(closed(outer), size);
}

/** As {@link inflateBlock}, on the calling thread. */
export function inflateBlockNow(outer: Uint8Array, size: number): Buffer {
  return inflateWholeNow(closed(outer), size);
}

/** Makes a block a whole deflate stream: should it have a final block of its own, bytes will be left over. */
function closed(outer: Uint8Array): Buffer {
  if (!SYNC_MARK.equals(outer.subarray(-SYNC_MARK.length))) throw new BlockProblem(detail('ends-elsewhere'));
  return Buffer.concat([outer, DEFLATE_END]);
}

/** Inflates a whole raw deflate stream that must give exactly `size` bytes. Throws {@link BlockProblem}. */
export function inflateWhole(stream: Buffer, size: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    inflateRaw(stream, exactly(size), (error, result) => {
      try {
        if (error !== null) throw inflateProblem(error);
        resolve(checkedResult(result, stream.length, size));
      } catch (problem) {
        reject(problem);
      }
    });
  });
}

/** As {@link inflateWhole}, on the calling thread. */
export function inflateWholeNow(stream: Buffer, size: number): Buffer {
  let result: unknown;
  try {
    result = inflateRawSync(stream, exactly(size));
  } catch (error) {
    throw inflateProblem(error);
  }
  return checkedResult(result, stream.length, size);
}

function exactly(size: number) {
  // zlib asks for another output buffer when one is filled to the brim: leave a little room.
  return { maxOutputLength: Math.max(size, 1), chunkSize: size + 64, info: true } as const;
}

function checkedResult(result: unknown, length: number, size: number): Buffer {
  // With `info` zlib hands over its engine too; its type declarations leave that out.
  const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
  if (engine.bytesWritten !== length) throw new BlockProblem(detail('ends-early'));
  if (buffer.length !== size)
    throw new BlockProblem(detail('inflates-otherwise', { found: buffer.length, due: size }));
  return buffer;
}

/** Inflates several outer blocks in a row that need not end the deflate stream; at most `limit` bytes come out. */
export function inflateRun(outer: Uint8Array, limit: number): Buffer {
  try {
    return inflateRawSync(outer, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limit });
  } catch (error) {
    throw inflateProblem(error);
  }
}

function inflateProblem(error: unknown): BlockProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return new BlockProblem(detail('inflates-to-more'));
  return new BlockProblem(detail('does-not-inflate'));
}
