/** Numbers and fixed bytes of the format; `docs/archive-format.md` is the authority. Sizes are bytes. */

export const FORMAT_MAJOR = 1;
export const FORMAT_MINOR = 0;

/** Most that one outer block holds before compression. */
export const BLOCK_LIMIT = 2 * 1024 * 1024;
/** Most that a part holds, but for a single line longer than it. */
export const PART_LIMIT = 4 * 1024 * 1024;
export const LINE_LIMIT = 64 * 1024 * 1024;
/** A key's JSON text: keeps index pages within their limit. */
export const KEY_LIMIT = 65_536;
export const CHUNK_LIMIT = 4 * 1024 * 1024;
export const PARTS_PER_PAGE = 64;
export const PARTS_LIMIT = 20_000_000;

export const MANIFEST_LIMIT = 16 * 1024 * 1024;
export const PAGE_LIMIT = 16 * 1024 * 1024;
export const ROOT_LIMIT = 64 * 1024 * 1024;

/** What deflate's worst case and the tag of a sealed block add to a plain text that does not compress. */
export const SEALED_EXTRA = 16_384;

/** Padding before a tar header, a pax header with its body, the header: what a frame may inflate to. */
export const FRAME_LIMIT = 4096;

export const GZIP_HEADER = Buffer.from('1f8b08000000000000ff', 'hex');
/** An empty final block: ends a raw deflate stream. */
export const DEFLATE_END = Buffer.from('0300', 'hex');
/** CRC-32 and length behind the deflate stream. */
export const GZIP_TRAILER_LENGTH = 8;

export const TAR_BLOCK = 512;
/** Two zero blocks end a tar archive. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK);

/** Zero bytes that follow `size` bytes of content in a tar archive. */
export function tarPadding(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

/** The reader's first read: holds the footer, the tail and, most often, the root. */
export const TAIL_READ = 65_536;
