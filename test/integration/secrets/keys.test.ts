import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ArchiveKeys, archiveKeyId, archiveKeys } from '../../../main/secrets/keys.ts';
import { openVault } from '../../../main/secrets/vault.ts';
import { MemoryKeychain } from '../../secrets/memory-keychain.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';

let directory: string;
let keys: ArchiveKeys;
let time: number;

beforeEach(async () => {
  directory = workFolder('archive-keys');
  time = Date.parse('2026-01-01T00:00:00Z');
  keys = await newKeys(directory);
});

afterEach(() => removeWorkFolder(directory));

async function newKeys(at: string): Promise<ArchiveKeys> {
  const vault = openVault(at, { now: () => new Date(), keychain: new MemoryKeychain() });
  await vault.init({ type: 'keychain' });
  return archiveKeys(vault, () => {
    time += 1000;
    return new Date(time);
  });
}

test('the id of a key is the one of the archive format', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
  const expected = createHash('sha256')
    .update(Buffer.concat([Buffer.from('holdfast key'), Buffer.of(0), key]))
    .digest('hex');
  expect(archiveKeyId(key)).toBe(expected.slice(0, 16));
});

test('keys are created, listed without their bytes, and rotated: the old one still opens', async () => {
  const first = await keys.create('main');
  expect(first).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    name: 'main',
    created: new Date('2026-01-01T00:00:01Z'),
    state: 'active',
  });
  const firstBytes = await keys.secret(first.id);
  expect(archiveKeyId(firstBytes)).toBe(first.id);
  await keys.create('other');
  const second = await keys.rotate('main');
  expect((await keys.list()).map(({ id, name, state }) => [id === first.id, name, state])).toEqual([
    [true, 'main', 'retired'],
    [false, 'other', 'active'],
    [false, 'main', 'active'],
  ]);
  expect(await keys.active('main')).toEqual(second);
  expect(Buffer.from(await keys.secret(first.id)).equals(firstBytes)).toBe(true);
  expect(Object.keys((await keys.list())[0] ?? {}).sort()).toEqual(['created', 'id', 'name', 'state']);
});

test('names are taken once, and what is unknown is said to be', async () => {
  await keys.create('main');
  await expect(keys.create('main')).rejects.toMatchObject({ code: 'secrets.key-exists' });
  const unknown = { code: 'secrets.key-unknown' };
  await expect(keys.rotate('none')).rejects.toMatchObject(unknown);
  await expect(keys.active('none')).rejects.toMatchObject(unknown);
  await expect(keys.secret('0123456789abcdef')).rejects.toMatchObject(unknown);
});

test('a key travels by its file to another vault, where it opens the same archives', async () => {
  const { id } = await keys.create('main');
  const file = join(directory, 'main.key');
  await keys.export(id, file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toMatch(/^[A-Za-z0-9_-]{43}\n$/);
  await expect(keys.export(id, file)).rejects.toMatchObject({ code: 'secrets.key-file-exists' });
  const elsewhere = workFolder('archive-keys-elsewhere');
  const others = await newKeys(elsewhere);
  expect((await others.import('from home', file)).id).toBe(id);
  expect(await others.secret(id)).toEqual(await keys.secret(id));
  await expect(others.import('again', file)).rejects.toMatchObject({ code: 'secrets.key-exists' });
  removeWorkFolder(elsewhere);
});

test('the bytes of keys are in the vault only sealed', async () => {
  const { id } = await keys.create('main');
  const text = Buffer.from(await keys.secret(id)).toString('base64url');
  for (const name of readdirSync(directory)) {
    expect(await readFile(join(directory, name), 'utf8')).not.toContain(text);
  }
});
