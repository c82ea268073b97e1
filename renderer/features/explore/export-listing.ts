import type { ShownChild, ShownEntry } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { saveFile } from '../../ui/entry/save-file.ts';
import { askOf, type Subject } from '../../ui/target/subject.ts';
import { csvOf, jsonOf } from './export-text.ts';

/** `entries`: JSON with what the entries hold, one call each. */
export type ExportForm = 'csv' | 'json' | 'entries';

/** Children whose entries are read for an export at most. */
export const MOST_ENTRIES = 2000;

const PAGE_ROWS = 5000;
const AT_ONCE = 8;

export interface ExportOrder {
  readonly subject: Subject;
  readonly parent: Key;
  readonly form: ExportForm;
  /** Told how many children were read. */
  readonly progress: (done: number) => void;
}

/** Reads the whole listing of a place and hands it over as a file. */
export async function exportListing(order: ExportOrder, signal: AbortSignal): Promise<void> {
  const { parent, form } = order;
  const children = await readAll(order, signal);
  const name = parent.at(-1) ?? 'root';
  if (form === 'csv') {
    saveFile(new Blob([csvOf(parent, children)], { type: 'text/csv' }), `${name}.csv`);
    return;
  }
  const entries = form === 'entries' ? await readEntries(order, children, signal) : undefined;
  const content = jsonOf(parent, children, entries);
  saveFile(new Blob([content], { type: 'application/json' }), `${name}.json`);
}

async function readAll(
  { subject, parent, progress }: ExportOrder,
  signal: AbortSignal,
): Promise<ShownChild[]> {
  const all: ShownChild[] = [];
  let after: string | undefined;
  do {
    const page = { limit: PAGE_ROWS, ...(after === undefined ? {} : { after }) };
    const { children, next } = await client.explore.place(
      { ...askOf(subject), key: [...parent], ...page },
      { signal },
    );
    for (const child of children) all.push(child);
    progress(all.length);
    after = next;
  } while (after !== undefined);
  return all;
}

async function readEntries(
  { subject, parent, progress }: ExportOrder,
  children: readonly ShownChild[],
  signal: AbortSignal,
): Promise<Map<string, ShownEntry>> {
  const entries = new Map<string, ShownEntry>();
  const waiting = children.slice(0, MOST_ENTRIES).values();
  const work = async () => {
    for (const { name } of waiting) {
      const { entry } = await client.explore.place(
        { ...askOf(subject), key: [...parent, name], limit: 1 },
        { signal },
      );
      if (entry !== undefined) entries.set(name, entry);
      progress(entries.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return entries;
}
