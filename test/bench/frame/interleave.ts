/** Seconds, or whatever else a side measures, of either side. */
export interface Sides {
  readonly ours: number[];
  readonly reference: number[];
}

/**
 * Runs two sides in turn (ours, reference, ours, …), so that a slow spell of the machine hits both. Each side
 * measures itself: what has to be prepared for a run is not counted.
 */
export async function interleave(
  rounds: number,
  sides: { readonly ours: () => Promise<number>; readonly reference: () => Promise<number> },
  say: (text: string) => void,
): Promise<Sides> {
  const measured: Sides = { ours: [], reference: [] };
  for (let round = 1; round <= rounds; round++) {
    const ours = await sides.ours();
    const reference = await sides.reference();
    measured.ours.push(ours);
    measured.reference.push(reference);
    say(`round ${round} of ${rounds}: ours ${ours.toFixed(2)}, reference ${reference.toFixed(2)}`);
  }
  return measured;
}

/** Seconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
