import type { Status } from './status.ts';

/** Colours as red, green, blue. */
type Colour = readonly [number, number, number];

const GROUND: Colour = [0x0f, 0x6d, 0x67];
const LINE: Colour = [0xff, 0xff, 0xff];
/** The dot in the corner; none where all is well. Not by colour alone: the tray's text says it too. */
const DOTS: { readonly [state in Status['state']]: Colour | undefined } = {
  idle: undefined,
  running: [0x4d, 0xab, 0xf7],
  attention: [0xf0, 0x8c, 0x00],
  away: [0x86, 0x8e, 0x96],
};

/** The mark's lines on a square of 32: each a chain of points. */
const STROKES: readonly (readonly (readonly [number, number])[])[] = [
  [
    [16, 6],
    [16, 26],
  ],
  [
    [16, 16],
    [14, 21],
    [9, 24.5],
  ],
  [
    [16, 16],
    [18, 21],
    [23, 24.5],
  ],
];
const STROKE_RADIUS = 1.5;
/** Samples across one pixel, for smooth edges. */
const SAMPLES = 3;

/** The tray's picture as rows of BGRA with alpha multiplied in, as Electron takes bitmaps. `size`: pixels. */
export function trayBitmap(state: Status['state'], size: number): Buffer {
  const bitmap = Buffer.alloc(size * size * 4);
  const share = 1 / (SAMPLES * SAMPLES);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const sum = [0, 0, 0, 0];
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = (((pixel % size) + ((sample % SAMPLES) + 0.5) / SAMPLES) * 32) / size;
      const y = ((Math.floor(pixel / size) + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) * 32) / size;
      const colour = colourAt(x, y, DOTS[state]);
      if (colour === undefined) continue;
      [...colour].reverse().forEach((value, channel) => {
        sum[channel] = (sum[channel] ?? 0) + value * share;
      });
      sum[3] = (sum[3] ?? 0) + 255 * share;
    }
    bitmap.set(sum.map(Math.round), pixel * 4);
  }
  return bitmap;
}

function colourAt(x: number, y: number, dot: Colour | undefined): Colour | undefined {
  const fromDot = Math.hypot(x - 24.5, y - 24.5);
  if (dot !== undefined && fromDot < 9) return fromDot < 7.2 ? dot : undefined;
  if (!isInSquare(x, y)) return undefined;
  return isOnMark(x, y) ? LINE : GROUND;
}

/** A square of 32 with corners of radius 8. */
function isInSquare(x: number, y: number): boolean {
  const dx = Math.max(8 - x, x - 24, 0);
  const dy = Math.max(8 - y, y - 24, 0);
  return Math.hypot(dx, dy) <= 8;
}

function isOnMark(x: number, y: number): boolean {
  if (Math.hypot(x - 16, y - 8) < 2.6) return true;
  return STROKES.some((chain) =>
    chain.some((from, i) => {
      const to = chain[i + 1];
      return to !== undefined && distance(x, y, from, to) < STROKE_RADIUS;
    }),
  );
}

function distance(
  x: number,
  y: number,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}
