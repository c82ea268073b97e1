import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { type Row, rowSchema } from './row.ts';

/** The rows with what they were measured on. */
export function withMachine(rows: readonly Row[]): Row[] {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.versions.node}, ${process.platform}`;
  return rows.map((row) => ({ ...row, machine }));
}

/** Puts the rows into the file in place of older ones of the same names; the others stay. */
export async function saveRows(path: string, rows: readonly Row[]): Promise<void> {
  const kept = new Map((await readRows(path)).map((row) => [row.name, row]));
  for (const row of rows) kept.set(row.name, row);
  await writeFile(path, `${JSON.stringify([...kept.values()], null, 2)}\n`);
}

async function readRows(path: string): Promise<Row[]> {
  try {
    return rowSchema.array().parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The rows as a table for people. */
export function table(rows: readonly Row[]): string {
  const head = ['what', 'ours', 'reference', 'ratio', 'goal', 'spread', ''];
  const lines = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}

function cells(row: Row): string[] {
  const { name, ours, reference, ratio, goal, judged, met, unit, spread } = row;
  const percent = (share: number | null): string => (share === null ? '' : `±${Math.round(share * 50)} %`);
  return [
    name,
    `${ours} ${unit}`,
    reference === null ? '' : `${reference} ${unit}`,
    ratio === null ? '' : `${ratio}×`,
    goal === null ? '' : `${judged} ${goal}`,
    [percent(spread.ours), percent(spread.reference)].filter(Boolean).join(' / '),
    goal === null ? '' : met ? 'met' : 'MISSED',
  ];
}
