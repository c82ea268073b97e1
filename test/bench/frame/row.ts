import { z } from 'zod';

/** One line of the table of results, as `latest.json` keeps it. */
export const rowSchema = z.object({
  name: z.string(),
  /** Median of the runs. */
  ours: z.number(),
  /** Null where nothing is compared. */
  reference: z.number().nullable(),
  /** How many times faster than the reference; for sizes and counts ours divided by the reference. */
  ratio: z.number().nullable(),
  /** What the judged number has to reach; null where there is no goal. */
  goal: z.number().nullable(),
  /** Which number the goal is for, and whether it is a floor or a ceiling. */
  judged: z.enum(['ratio at least', 'ratio at most', 'ours at most']),
  met: z.boolean(),
  /** Of `ours` and `reference`. */
  unit: z.string(),
  /** Every run, in the order in which they were made: ours, reference, ours, … */
  runs: z.object({ ours: z.array(z.number()), reference: z.array(z.number()) }),
  /** (slowest - fastest) / median. */
  spread: z.object({ ours: z.number(), reference: z.number().nullable() }),
  /** What exactly was measured. */
  note: z.string(),
  measured: z.iso.datetime(),
  machine: z.string(),
});
export type Row = z.infer<typeof rowSchema>;

interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly goal: number | null;
  readonly note: string;
  readonly ours: readonly number[];
}

/** A row whose ratio says how many times faster we are. Runs are seconds. */
export function speedRow(measured: Measured & { readonly reference: readonly number[] }): Row {
  const ratio = median(measured.reference) / median(measured.ours);
  return row(measured, measured.reference, ratio, 'ratio at least');
}

/** A row whose ratio is our size divided by that of the reference. */
export function sizeRow(measured: Measured & { readonly reference: readonly number[] }): Row {
  const ratio = median(measured.ours) / median(measured.reference);
  return row(measured, measured.reference, ratio, 'ratio at most');
}

/** A row with a ceiling; `whole` is what the number is a share of, when it is one. */
export function ceilingRow(measured: Measured & { readonly whole?: number }): Row {
  const { whole } = measured;
  const reference = whole === undefined ? [] : [whole];
  const ratio = whole === undefined ? null : Math.max(...measured.ours) / whole;
  return row(measured, reference, ratio, 'ours at most');
}

function row(
  { name, unit, goal, note, ours }: Measured,
  reference: readonly number[],
  ratio: number | null,
  judged: Row['judged'],
): Row {
  // A ceiling holds for every run; a speed is told by the median.
  const our = judged === 'ours at most' ? Math.max(...ours) : median(ours);
  return {
    name,
    ours: rounded(our),
    reference: reference.length === 0 ? null : rounded(median(reference)),
    ratio: ratio === null ? null : rounded(ratio),
    goal,
    judged,
    met: isMet(judged, goal, our, ratio),
    unit,
    runs: { ours: ours.map(rounded), reference: reference.map(rounded) },
    spread: { ours: spread(ours), reference: reference.length === 0 ? null : spread(reference) },
    note,
    measured: new Date().toISOString(),
    machine: '',
  };
}

function isMet(judged: Row['judged'], goal: number | null, ours: number, ratio: number | null): boolean {
  if (goal === null) return true;
  if (judged === 'ours at most') return ours <= goal;
  if (ratio === null) return false;
  return judged === 'ratio at least' ? ratio >= goal : ratio <= goal;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + high) / 2 : high;
}

function spread(values: readonly number[]): number {
  return rounded((Math.max(...values) - Math.min(...values)) / median(values));
}

/** Four significant digits for small numbers, whole ones for large. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}
