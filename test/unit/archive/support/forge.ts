import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { openArchive } from '../../../../main/archive/index.ts';
import { encodeEnding } from '../../../../main/archive/layout/footer.ts';
import { DEFLATE_END, GZIP_HEADER, TAR_END, tarPadding } from '../../../../main/archive/layout/format.ts';
import { deflateNow, inflateRun } from '../../../../main/archive/layout/outer-block.ts';
import { encodeTarHeader, findContent } from '../../../../main/archive/layout/tar-header.ts';
import { CREATED, MemorySource } from './archives.ts';

interface Edits {
  /** Of the bytes of the data region. */
  readonly data?: (data: Buffer) => Buffer;
  /** Of the text of the only index page. */
  readonly page?: (text: string) => string;
  readonly root?: (text: string) => string;
  readonly manifest?: (text: string) => string;
  /** Of the CRC-32 of member 1. */
  readonly crc?: (crc: number) => number;
}

const GIBIBYTE = 2 ** 30;

/**
 * Makes an archive that lies although its chain of hashes is sound, as only somebody hostile would: takes an
 * archive with one index page apart, edits it and puts it together with every hash recomputed.
 */
export async function forge(archive: Buffer, edits: Edits): Promise<Buffer> {
  const reader = await openArchive(new MemorySource(archive));
  const { root } = reader.chunkSource().index;
  const [page] = root.pages;
  if (page === undefined) throw new Error('the archive has no index page');
  const data = (edits.data ?? same)(archive.subarray(GZIP_HEADER.length, root.dataEnd));
  const stream = new Stream(data);
  const pageText = contentOf(archive.subarray(page.offset, page.offset + page.length));
  const pageAt = stream.add(`index/${number(page.part)}.ndjson`, (edits.page ?? same)(pageText));
  const rootText = JSON.stringify({ ...root, dataEnd: pageAt.offset, pages: [{ ...page, ...pageAt }] });
  const rootAt = stream.add('index/root.json', (edits.root ?? same)(rootText));
  const manifest = JSON.stringify({ ...reader.manifest, root: { ...reader.manifest.root, ...rootAt } });
  return stream.end((edits.manifest ?? same)(manifest), edits.crc ?? same);
}

function same<T>(value: T): T {
  return value;
}

function number(part: number): string {
  return String(part).padStart(6, '0');
}

function contentOf(outer: Buffer): string {
  const inflated = inflateRun(outer, GIBIBYTE);
  return inflated.toString('utf8', findContent(inflated)?.start);
}

/** The file from the end of the data region on. */
class Stream {
  readonly #pieces: Buffer[];
  #inflated: number;
  #crc: number;

  constructor(data: Buffer) {
    const inflated = inflateRun(data, GIBIBYTE);
    this.#pieces = [GZIP_HEADER, data];
    this.#inflated = inflated.length;
    this.#crc = crc32(inflated);
  }

  get #offset(): number {
    return this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  add(name: string, text: string): { offset: number; length: number; sha256: string } {
    const offset = this.#offset;
    const content = Buffer.from(text);
    const outer = Buffer.concat([this.#deflate(this.#frame(name, content)), this.#deflate(content)]);
    this.#pieces.push(outer);
    return { offset, length: outer.length, sha256: hash('sha256', outer, 'base64url') };
  }

  end(manifest: string, editCrc: (crc: number) => number): Buffer {
    const tailOffset = this.#offset;
    const content = Buffer.from(manifest);
    const frame = this.#frame('manifest.json', content);
    const plain = Buffer.concat([frame, content, Buffer.alloc(tarPadding(content.length)), TAR_END]);
    const deflated = this.#deflate(plain);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(editCrc(this.#crc), 0);
    trailer.writeUInt32LE(this.#inflated % 2 ** 32, 4);
    const tail = Buffer.concat([deflated, DEFLATE_END, trailer]);
    const ending = encodeEnding({
      encrypted: false,
      memberTwoOffset: tailOffset + tail.length,
      tailOffset,
      tailSize: plain.length,
      tailSha256: hash('sha256', tail, 'buffer'),
    });
    return Buffer.concat([...this.#pieces, tail, ending.bytes]);
  }

  #frame(name: string, content: Buffer): Buffer {
    const header = encodeTarHeader(name, content.length, CREATED.getTime() / 1000);
    return Buffer.concat([Buffer.alloc(tarPadding(this.#inflated)), header]);
  }

  #deflate(plain: Buffer): Buffer {
    this.#crc = crc32(plain, this.#crc);
    this.#inflated += plain.length;
    return deflateNow(plain, 6);
  }
}
