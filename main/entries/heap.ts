import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of both halves of the young generation: a backup of a million nodes is as fast with it as with more. */
const YOUNG_BYTES = 8 * 1024 * 1024;
/** Growth of the old generation between two collections, percent; V8's own is up to 300 as long as the heap is small. */
const OLD_GROWTH = 50;
/** Objects that are kept at most to make the young generation grow. */
const MOST_BALLAST = 200_000;

/**
 * Keeps the heap near what is in use: V8's own limits let the young generation alone take 128 MiB, all of it rubbish
 * as what this program streams soon is, and the program runs beside what it protects. Neither is a hard limit:
 * what has to be held is held. To be called before the program is loaded, which makes the young generation grow.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${OLD_GROWTH}`);
  // V8 takes a largest size on the command line only, and `holdfast` is started by name; but how fast the young
  // generation grows can be told at any time. So it is made to grow in one step, by objects that live, and then no more.
  setFlagsFromString('--semi-space-growth-factor=4');
  const ballast: object[] = [];
  while (ballast.length < MOST_BALLAST && (ballast.length % 1000 > 0 || youngBytes() < YOUNG_BYTES))
    ballast.push({});
  setFlagsFromString('--semi-space-growth-factor=1');
}

function youngBytes(): number {
  return (
    getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? YOUNG_BYTES
  );
}
