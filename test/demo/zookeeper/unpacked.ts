import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TreeDifference } from './tree.ts';
import { isEphemeral, type Tree } from './tree.ts';

/*
 * The archive as someone reads it who has tar and a JSON parser and none of our code: record parts are lines of
 * JSON, later generations (overlays) win over earlier ones, large data lies in files beside them.
 */

const chunks = z.array(z.tuple([z.int(), z.int(), z.string()]));
const line = z.object({
  t: z.string(),
  k: z.array(z.string()),
  c: z
    .object({
      data: z.union([z.string(), z.null(), z.object({ sha256: z.string(), size: z.int() })]),
      acl: z.array(z.object({ perms: z.int(), scheme: z.string(), id: z.string() })),
    })
    .optional(),
  b: z.record(z.string(), chunks).optional(),
});
type Line = z.infer<typeof line>;

/** How an unpacked archive differs from a tree that a foreign client saw; ephemeral znodes are recorded as such. */
export async function compareUnpacked(folder: string, tree: Tree): Promise<TreeDifference[]> {
  const lines = await readLines(folder);
  const differences: TreeDifference[] = [];
  for (const [path, seen] of tree) {
    const stored = lines.get(path);
    lines.delete(path);
    if (stored?.c === undefined) {
      differences.push({ path, change: 'removed', members: [] });
      continue;
    }
    const members = [
      ...((stored.t === 'ephemeral') === isEphemeral(seen) ? [] : ['kind']),
      ...((await dataOf(folder, stored)) === seen.data ? [] : ['data']),
      ...(JSON.stringify(stored.c.acl) === JSON.stringify(seen.acl) ? [] : ['acl']),
    ];
    if (members.length > 0) differences.push({ path, change: 'changed', members });
  }
  for (const path of lines.keys()) {
    if (!path.startsWith('/zookeeper')) differences.push({ path, change: 'added', members: [] });
  }
  return differences;
}

async function readLines(folder: string): Promise<Map<string, Line>> {
  const lines = new Map<string, Line>();
  for (const part of await recordParts(folder)) {
    for (const text of (await readFile(join(folder, part), 'utf8')).split('\n')) {
      if (text === '') continue;
      const read = line.parse(JSON.parse(text));
      const path = `/${read.k.join('/')}`;
      if (read.t === '-') lines.delete(path);
      else lines.set(path, read);
    }
  }
  return lines;
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

/** A znode's data in base64, null where it has none. */
async function dataOf(folder: string, { c, b }: Line): Promise<string | null> {
  const data = c?.data ?? null;
  if (data === null || typeof data === 'string') return data;
  const pieces = (b?.[data.sha256] ?? []).map(([, , sha256]) => readFile(join(folder, 'blobs', sha256)));
  return Buffer.concat(await Promise.all(pieces)).toString('base64');
}
