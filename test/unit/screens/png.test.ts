import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { withPalette } from '../../screens/png.ts';

const [WIDTH, HEIGHT] = [7, 10];
/** A few colours, none in an order that a filter would make trivial. */
const pixel = (x: number, y: number) => [(x * 40) % 256, (y * y * 11) % 256, (x * y * 7) % 64] as const;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const order = [left, above, corner].map((each) => [Math.abs(guess - each), each] as const);
  return order.reduce((best, each) => (each[0] < best[0] ? each : best))[1];
}

/** The picture as browsers write it: true colours, each row by another of the five filters. */
function truecolour(alpha: boolean): Buffer {
  const channels = alpha ? 4 : 3;
  const plain = (x: number, y: number, c: number) => (x < 0 || y < 0 ? 0 : ([...pixel(x, y), 255][c] ?? 0));
  const rows = Array.from({ length: HEIGHT }, (_, y) => [
    y % 5,
    ...Array.from({ length: WIDTH * channels }, (_, i) => {
      const [x, c] = [Math.floor(i / channels), i % channels];
      const [left, above, corner] = [plain(x - 1, y, c), plain(x, y - 1, c), plain(x - 1, y - 1, c)];
      const foretold = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][y % 5] ?? 0;
      return (plain(x, y, c) - foretold) & 255;
    }),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, alpha ? 6 : 2], 8);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    // Data may come in pieces.
    chunk('IDAT', data.subarray(0, 20)),
    chunk('IDAT', data.subarray(20)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What stands in a PNG, by the types of its chunks; checksums are checked. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    found.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return found;
}

test.each([false, true])('a picture of few colours keeps each of them (alpha: %s)', (alpha) => {
  const chunks = chunksOf(withPalette(truecolour(alpha)));
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  for (let y = 0; y < HEIGHT; y++) {
    expect(rows[y * (WIDTH + 1)]).toBe(0);
    for (let x = 0; x < WIDTH; x++) {
      const index = rows[y * (WIDTH + 1) + 1 + x] ?? 0;
      expect([...palette.subarray(index * 3, index * 3 + 3)]).toEqual([...pixel(x, y)]);
    }
  }
});

test('what is no PNG is refused', () => {
  expect(() => withPalette(Buffer.from('GIF89a'))).toThrow('no PNG');
});
