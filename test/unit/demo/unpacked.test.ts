import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { treeOf } from '../../demo/zookeeper/tree.ts';
import { compareUnpacked } from '../../demo/zookeeper/unpacked.ts';

const acl = [{ perms: 31, scheme: 'world', id: 'anyone' }];
const large = Buffer.alloc(100_000, 'x');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpacked-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function part(name: string, ...lines: readonly object[]): Promise<void> {
  await mkdir(join(folder, name, '..'), { recursive: true });
  await writeFile(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

const node = (name: string, data: string | null, t = 'znode') => ({ t, k: [name], c: { data, acl } });

function seen(path: string, data: string | null, ephemeralOwner = '0') {
  const numbers = { version: 0, cversion: 0, aversion: 0, numChildren: 0, dataLength: 0, ctime: 0, mtime: 0 };
  return { path, data, acl, ephemeralOwner, ...numbers, czxid: '1', mzxid: '1', pzxid: '1' };
}

async function writeArchive(): Promise<void> {
  const halves = [large.subarray(0, 60_000), large.subarray(60_000)];
  const chunks = halves.map((half, index) => [index, half.length, sha256(half)]);
  await mkdir(join(folder, 'blobs'), { recursive: true });
  for (const half of halves) await writeFile(join(folder, 'blobs', sha256(half)), half);
  const data = { sha256: sha256(large), size: large.length };
  const blob = { t: 'znode', k: ['large'], c: { data, acl }, b: { [data.sha256]: chunks } };
  await part('records/000002.ndjson', { t: 'znode', k: [], c: { data: '', acl } }, node('a', 'b2xk'), blob);
  await part(
    'records/000004.ndjson',
    node('none', null),
    node('session', '', 'ephemeral'),
    node('vanished', ''),
  );
  await part('overlay-1/000006.ndjson', node('a', 'd3Jvbmc='));
  await part('overlay-2/000007.ndjson', node('a', 'bmV3'), { t: '-', k: ['vanished'] });
}

const all = [
  seen('/', ''),
  seen('/a', 'bmV3'),
  seen('/large', large.toString('base64')),
  seen('/none', null),
  seen('/session', '', '77'),
];

test('records, overlays, tombstones and blobs give the tree that was captured', async () => {
  await writeArchive();
  expect(await compareUnpacked(folder, treeOf(all))).toEqual([]);
});

test('what the archive lacks, has too much or has differently is named', async () => {
  await writeArchive();
  const other = [
    seen('/', ''),
    seen('/a', 'b2xk'),
    seen('/none', ''),
    seen('/session', ''),
    seen('/more', ''),
  ];
  expect(await compareUnpacked(folder, treeOf(other))).toEqual([
    { path: '/a', change: 'changed', members: ['data'] },
    { path: '/none', change: 'changed', members: ['data'] },
    { path: '/session', change: 'changed', members: ['kind'] },
    { path: '/more', change: 'removed', members: [] },
    { path: '/large', change: 'added', members: [] },
  ]);
});
