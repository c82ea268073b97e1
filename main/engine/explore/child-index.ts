import { withSignal } from '../../../shared/abort.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { RecordView } from '../../archive/index.ts';

/** One name in so many is remembered. */
const STRIDE = 256;
const MOST_INDEXES = 16;

/** Where the children of a key stand, so that any page of them can be read at once. */
export interface ChildIndex {
  readonly total: number;
  /** Number `n × STRIDE - 1` of the children, for n from 1. */
  readonly marks: readonly string[];
}

const indexes = new WeakMap<RecordView, Map<string, ChildIndex>>();

/** Counts the children of a key by the archive's index; no records are read. Remembered while the view lives. */
export async function childIndex(
  records: RecordView,
  parent: Key,
  signal: AbortSignal | undefined,
): Promise<ChildIndex> {
  const known = indexes.get(records) ?? new Map<string, ChildIndex>();
  indexes.set(records, known);
  const id = JSON.stringify(parent);
  const found = known.get(id) ?? (await countChildren(records, parent, signal));
  known.set(id, found);
  for (const oldest of [...known.keys()].slice(0, -MOST_INDEXES)) known.delete(oldest);
  return found;
}

/** After which name to begin, and how many to pass by then, to stand at the offset. */
export function startAt({ marks }: ChildIndex, offset: number): { after?: string; skip: number } {
  const mark = Math.min(Math.floor(offset / STRIDE), marks.length);
  const after = marks[mark - 1];
  return after === undefined ? { skip: offset } : { after, skip: offset - mark * STRIDE };
}

async function countChildren(
  records: RecordView,
  parent: Key,
  signal: AbortSignal | undefined,
): Promise<ChildIndex> {
  const marks: string[] = [];
  let total = 0;
  let last: string | undefined;
  for await (const batch of records.fingerprints({ prefix: parent, ...withSignal(signal) })) {
    for (const { key } of batch) {
      const name = key[parent.length];
      if (name === undefined || name === last) continue;
      last = name;
      total += 1;
      if (total % STRIDE === 0) marks.push(name);
    }
  }
  return { total, marks };
}
