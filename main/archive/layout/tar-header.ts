import { TAR_BLOCK } from './format.ts';

const MODE = 0o644;
const NAME_LENGTH = 100;

/**
 * The ustar header (POSIX.1-2017, pax) of a part: the one form that this format's writer makes, so that a
 * verifier can compare whole headers. Every name of the format is ASCII and fits the name field; every size
 * fits eleven octal digits.
 * @param modified Seconds since 1970.
 */
export function encodeTarHeader(name: string, size: number, modified: number): Buffer {
  const header = Buffer.alloc(TAR_BLOCK);
  header.write(name, 0, NAME_LENGTH, 'latin1');
  header.write(octal(MODE, 8), 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  header.write(octal(size, 12), 124, 'latin1');
  header.write(octal(modified, 12), 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

function checksum(header: Uint8Array): number {
  let sum = 0;
  for (const byte of header) sum += byte;
  return sum;
}

/** Where a part's content stands in inflated bytes that begin with its frame. */
export interface FramedContent {
  readonly start: number;
  /** Bytes of content, as the tar header says. */
  readonly size: number;
  readonly name: string;
}

/** Skips padding and tar headers (§3); undefined when there is no sound header. */
export function findContent(bytes: Buffer): FramedContent | undefined {
  let at = 0;
  while (at < TAR_BLOCK && bytes[at] === 0) at++;
  for (;;) {
    const header = bytes.subarray(at, at + TAR_BLOCK);
    if (header.length < TAR_BLOCK || !hasSoundChecksum(header)) return undefined;
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
    if (!Number.isSafeInteger(size)) return undefined;
    at += TAR_BLOCK;
    if (header[156] !== 0x78) return { start: at, size, name: textOf(header.subarray(0, NAME_LENGTH)) };
    at += Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
}

function hasSoundChecksum(header: Buffer): boolean {
  const blank = Buffer.from(header);
  blank.fill(0x20, 148, 156);
  return Number.parseInt(header.toString('latin1', 148, 154), 8) === checksum(blank);
}

function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}
