import { crc32, deflateSync, inflateSync } from 'node:zlib';

/*
 * Just enough of PNG (RFC 2083) to write a screenshot with a palette: a third of what the browser writes, and hardly
 * to be told from it, since a page of text and lines has few colours.
 */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 128;
/** Of surfaces and plain text: kept as they are, however close they are to one another. */
const EXACT_COLOURS = 64;
/** Channels of the two colour types that browsers write: truecolour, and the same with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

interface Image {
  readonly width: number;
  readonly height: number;
  /** `0xRRGGBB`, row by row. */
  readonly pixels: Uint32Array;
}

/** The same picture with at most 128 colours; one with no more than that keeps every one of them. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const palette = choosePalette(countColours(pixels));
  const nearest = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  for (const [place, colour] of pixels.entries()) {
    const index = nearest.get(colour) ?? nearestIn(palette, colour);
    nearest.set(colour, index);
    rows[place + Math.floor(place / width) + 1] = index;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function decode(png: Buffer): Image {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error('this is no PNG');
  const parts = new Map<string, Buffer[]>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    parts.set(type, [...(parts.get(type) ?? []), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  const [header] = parts.get('IHDR') ?? [];
  const channels = CHANNELS[header?.[9] ?? 0];
  if (header === undefined || header[8] !== 8 || channels === undefined || header[12] !== 0)
    throw new Error('only whole PNGs of 8 bits a channel, in true colours, are read');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = unfilter(inflateSync(Buffer.concat(parts.get('IDAT') ?? [])), width * channels, channels);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = rows.readUIntBE(i * channels, 3);
  return { width, height, pixels };
}

/** Undoes what each row was foretold by: nothing, the left, the one above, both, or Paeth's choice of three. */
function unfilter(filtered: Buffer, rowBytes: number, channels: number): Buffer {
  const height = filtered.length / (rowBytes + 1);
  const out = Buffer.alloc(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const filter = filtered[row * (rowBytes + 1)] ?? 0;
    for (let i = 0; i < rowBytes; i++) {
      const at = row * rowBytes + i;
      const left = i < channels ? 0 : (out[at - channels] ?? 0);
      const above = row === 0 ? 0 : (out[at - rowBytes] ?? 0);
      const corner = i < channels || row === 0 ? 0 : (out[at - rowBytes - channels] ?? 0);
      out[at] = (filtered[at + row + 1] ?? 0) + foretold(filter, left, above, corner);
    }
  }
  return out;
}

function foretold(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [
    Math.abs(guess - left),
    Math.abs(guess - above),
    Math.abs(guess - corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Colours, the most frequent first. */
function countColours(pixels: Uint32Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([colour]) => colour);
}

/** The most frequent colours, then others that are no closer to them than they have to be for all to find one nearby. */
function choosePalette(colours: readonly number[]): readonly number[] {
  for (let apart = 0; ; apart = apart * 1.5 + 4) {
    const palette: number[] = [];
    for (const colour of colours) {
      const isNew = palette.every((chosen) => distance(chosen, colour) > apart);
      if (isNew || palette.length < EXACT_COLOURS) palette.push(colour);
      if (palette.length > MOST_COLOURS) break;
    }
    if (palette.length <= MOST_COLOURS) return palette;
  }
}

function nearestIn(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [index, chosen] of palette.entries()) {
    const away = distance(chosen, colour);
    if (away < least) [best, least] = [index, away];
  }
  return best;
}

/** Squared, in plain RGB. */
function distance(a: number, b: number): number {
  const [red, green, blue] = [
    (a >> 16) - (b >> 16),
    ((a >> 8) & 255) - ((b >> 8) & 255),
    (a & 255) - (b & 255),
  ];
  return red * red + green * green + blue * blue;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
