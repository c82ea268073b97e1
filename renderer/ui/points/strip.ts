/** Marks nearer than this share of the line to the one before could not be told apart. */
const LEAST_DISTANCE = 0.002;

/**
 * Places points, newest first, between the oldest (0) and now (1). Where many would lie on one another, one stands for
 * them, so that a strip of thousands stays light.
 */
export function placeOnLine<T extends { readonly created: string }>(
  points: readonly T[],
  now: number,
): readonly { readonly point: T; readonly at: number }[] {
  const oldest = points.at(-1);
  if (oldest === undefined) return [];
  const start = Date.parse(oldest.created);
  const span = Math.max(1, now - start);
  const placed: { point: T; at: number }[] = [];
  for (const point of points) {
    const at = Math.min(1, (Date.parse(point.created) - start) / span);
    const before = placed.at(-1);
    if (before === undefined || before.at - at >= LEAST_DISTANCE) placed.push({ point, at });
  }
  return placed;
}
