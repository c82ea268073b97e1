/** A line of two texts laid over each other. */
export interface DiffLine {
  readonly side: 'left' | 'right' | 'both';
  readonly text: string;
}

/** Cells of the table that is filled at most; beyond it the differing middles stand one after the other. */
const MOST_CELLS = 1_000_000;

/** The shortest way from one text to the other, line by line. */
export function diffLines(left: string, right: string): DiffLine[] {
  const [a, b] = [left.split('\n'), right.split('\n')];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const both = (text: string): DiffLine => ({ side: 'both', text });
  return [
    ...a.slice(0, start).map(both),
    ...diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(both),
  ];
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = [];
  const common = a.length * b.length > MOST_CELLS ? undefined : commonLengths(a, b);
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (common !== undefined && one !== undefined && one === other) {
      lines.push({ side: 'both', text: one });
      i++;
      j++;
    } else if (one !== undefined && (other === undefined || isLeftFirst(common, i, j))) {
      lines.push({ side: 'left', text: one });
      i++;
    } else {
      lines.push({ side: 'right', text: other ?? '' });
      j++;
    }
  }
  return lines;
}

function isLeftFirst(common: readonly Uint32Array[] | undefined, i: number, j: number): boolean {
  return common === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0);
}

/** For every pair of positions: how many lines the rests have in common. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [table[i], table[i + 1]];
    if (row === undefined || below === undefined) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}
