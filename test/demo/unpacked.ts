import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/*
 * The archive as someone reads it who has tar and a JSON parser and none of our code: record parts are lines of
 * JSON, later generations (overlays) win over earlier ones.
 */

const entryLine = z.object({
  t: z.string(),
  k: z.array(z.string()),
  c: z.record(z.string(), z.json()).optional(),
  b: z.record(z.string(), z.array(z.tuple([z.int(), z.int(), z.string()]))).optional(),
});

/** An object as its line in the archive has it: type, key, content, and the pieces of what lies in files beside it. */
export type EntryLine = z.infer<typeof entryLine>;

/** Stands where an object was taken away again by a later generation. */
const GONE = '-';

/** The objects of an unpacked archive. */
export async function readUnpacked(folder: string): Promise<EntryLine[]> {
  const lines = new Map<string, EntryLine>();
  for (const part of await recordParts(folder)) {
    for (const text of (await readFile(join(folder, part), 'utf8')).split('\n')) {
      if (text === '') continue;
      const line = entryLine.parse(JSON.parse(text));
      const key = JSON.stringify(line.k);
      if (line.t === GONE) lines.delete(key);
      else lines.set(key, line);
    }
  }
  return [...lines.values()];
}

/** Base records first, then the overlays in the order of their generations. */
async function recordParts(folder: string): Promise<string[]> {
  const generationOf = (name: string) => Number(/^overlay-(\d+)$/.exec(name)?.[1] ?? 0);
  const folders = (await readdir(folder))
    .filter((name) => name === 'records' || name.startsWith('overlay-'))
    .sort((a, b) => generationOf(a) - generationOf(b));
  const parts = await Promise.all(
    folders.map(async (name) => (await readdir(join(folder, name))).sort().map((part) => join(name, part))),
  );
  return parts.flat();
}
