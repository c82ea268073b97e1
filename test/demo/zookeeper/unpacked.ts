import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type EntryLine, readUnpacked } from '../unpacked.ts';
import type { TreeDifference } from './tree.ts';
import { isEphemeral, type Tree } from './tree.ts';

const content = z.object({
  data: z.union([z.string(), z.null(), z.object({ sha256: z.string(), size: z.int() })]),
  acl: z.array(z.object({ perms: z.int(), scheme: z.string(), id: z.string() })),
});
type Content = z.infer<typeof content>;

/** How an unpacked archive differs from a tree that a foreign client saw; ephemeral znodes are recorded as such. */
export async function compareUnpacked(folder: string, tree: Tree): Promise<TreeDifference[]> {
  const lines = new Map((await readUnpacked(folder)).map((line) => [`/${line.k.join('/')}`, line]));
  const differences: TreeDifference[] = [];
  for (const [path, seen] of tree) {
    const stored = lines.get(path);
    lines.delete(path);
    if (stored?.c === undefined) {
      differences.push({ path, change: 'removed', members: [] });
      continue;
    }
    const { data, acl } = content.parse(stored.c);
    const members = [
      ...((stored.t === 'ephemeral') === isEphemeral(seen) ? [] : ['kind']),
      ...((await dataOf(folder, stored, data)) === seen.data ? [] : ['data']),
      ...(JSON.stringify(acl) === JSON.stringify(seen.acl) ? [] : ['acl']),
    ];
    if (members.length > 0) differences.push({ path, change: 'changed', members });
  }
  for (const path of lines.keys()) {
    if (!path.startsWith('/zookeeper')) differences.push({ path, change: 'added', members: [] });
  }
  return differences;
}

/** A znode's data in base64, null where it has none; large data lies in files beside the records. */
async function dataOf(folder: string, { b }: EntryLine, data: Content['data']): Promise<string | null> {
  if (data === null || typeof data === 'string') return data;
  const pieces = (b?.[data.sha256] ?? []).map(([, , sha256]) => readFile(join(folder, 'blobs', sha256)));
  return Buffer.concat(await Promise.all(pieces)).toString('base64');
}
