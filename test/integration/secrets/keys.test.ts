import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { keyId, signerOf } from '../../../main/archive/index.ts';
import { KeyStore } from '../../../main/secrets/keys.ts';
import { ArchivePassphrases } from '../../../main/secrets/passphrases.ts';
import { openVault, type Vault } from '../../../main/secrets/vault.ts';
import { MemoryKeychain } from '../../secrets/memory-keychain.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';

let directory: string;
let keys: KeyStore;
let time: number;
let copies = 0;

beforeEach(async () => {
  directory = workFolder('archive-keys');
  time = Date.parse('2026-01-01T00:00:00Z');
  keys = await newKeys(directory);
});

afterEach(() => removeWorkFolder(directory));

async function newKeys(at: string): Promise<KeyStore> {
  return new KeyStore(await newVault(at), tick, { prefix: 'archive-key-', idOf: keyId });
}

async function newVault(at: string): Promise<Vault> {
  const vault = openVault(at, { now: () => new Date(), keychain: new MemoryKeychain() });
  await vault.init({ type: 'keychain' });
  return vault;
}

function tick(): Date {
  time += 1000;
  return new Date(time);
}

/** Where the copy of a new key goes. */
function copy(): string {
  copies += 1;
  return join(directory, `${copies}.key`);
}

test('the id of a key is the one of the archive format', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
  const expected = createHash('sha256')
    .update(Buffer.concat([Buffer.from('holdfast key'), Buffer.of(0), key]))
    .digest('hex');
  expect(keyId(key)).toBe(expected.slice(0, 16));
});

test('keys are created, listed without their bytes, and rotated: the old one still opens', async () => {
  const first = await keys.create('main', copy());
  expect(first).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    name: 'main',
    created: new Date('2026-01-01T00:00:01Z'),
    state: 'active',
  });
  const firstBytes = await keys.secret(first.id);
  expect(keyId(firstBytes)).toBe(first.id);
  await keys.create('other', copy());
  const second = await keys.rotate('main', copy());
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
  await keys.create('main', copy());
  await expect(keys.create('main', copy())).rejects.toMatchObject({ code: 'secrets.key-exists' });
  const unknown = { code: 'secrets.key-unknown' };
  await expect(keys.rotate('none', copy())).rejects.toMatchObject(unknown);
  await expect(keys.active('none')).rejects.toMatchObject(unknown);
  await expect(keys.secret('0123456789abcdef')).rejects.toMatchObject(unknown);
});

test('a key travels by its file to another vault, where it opens the same archives', async () => {
  const file = copy();
  const { id } = await keys.create('main', file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toMatch(/^[A-Za-z0-9_-]{43}\n$/);
  await expect(keys.create('other', file)).rejects.toMatchObject({ code: 'secrets.key-file-exists' });
  const elsewhere = workFolder('archive-keys-elsewhere');
  const others = await newKeys(elsewhere);
  expect((await others.import('from home', file)).id).toBe(id);
  expect(await others.secret(id)).toEqual(await keys.secret(id));
  await expect(others.import('again', file)).rejects.toMatchObject({ code: 'secrets.key-exists' });
  removeWorkFolder(elsewhere);
});

test('the bytes of keys are in the vault only sealed', async () => {
  const { id } = await keys.create('main', copy());
  const text = Buffer.from(await keys.secret(id)).toString('base64url');
  for (const name of readdirSync(directory).filter((file) => file.startsWith('vault.'))) {
    expect(await readFile(join(directory, name), 'utf8')).not.toContain(text);
  }
});

test('keys for two purposes live side by side under the same name', async () => {
  const at = workFolder('keys-of-two-purposes');
  const vault = await newVault(at);
  const sealing = new KeyStore(vault, tick, { prefix: 'archive-key-', idOf: keyId });
  const signing = new KeyStore(vault, tick, { prefix: 'signing-key-', idOf: signerOf });
  const { id: sealingId } = await sealing.create('main', copy());
  const { id } = await signing.create('main', copy());
  expect(id).toBe(signerOf(await signing.secret(id)));
  expect((await sealing.list()).map((key) => key.id)).toEqual([sealingId]);
  expect((await signing.list()).map((key) => key.id)).toEqual([id]);
  await expect(sealing.secret(id)).rejects.toMatchObject({ code: 'secrets.key-unknown' });
  removeWorkFolder(at);
});

test('the passphrase last set is in use; those before it are still known, each once', async () => {
  const at = workFolder('passphrases');
  const passphrases = new ArchivePassphrases(await newVault(at));
  await expect(passphrases.current('t', 'ZooKeeper')).rejects.toMatchObject({
    code: 'secrets.passphrase-unknown',
  });
  for (const text of ['first', 'second', 'first']) await passphrases.set('t', 'ZooKeeper', text);
  await passphrases.set('t', 'Kafka', 'third');
  expect(await passphrases.current('t', 'ZooKeeper')).toBe('first');
  expect(await passphrases.all('t', 'ZooKeeper')).toEqual(['first', 'second']);
  expect(await passphrases.all('other', 'ZooKeeper')).toEqual([]);
  removeWorkFolder(at);
});

test('passphrases set at once are all known; one that is taken back leaves those before it in use', async () => {
  const at = workFolder('passphrases');
  onTestFinished(() => removeWorkFolder(at));
  const vault = await newVault(at);
  const [here, there] = [new ArchivePassphrases(vault), new ArchivePassphrases(vault)];
  const takeBack = await here.set('t', 'ZooKeeper', 'first');
  await takeBack();
  expect(await vault.list()).toEqual([]);
  await here.set('t', 'ZooKeeper', 'first');
  await Promise.all([here.set('t', 'ZooKeeper', 'second'), there.set('t', 'ZooKeeper', 'third')]);
  const known = await here.all('t', 'ZooKeeper');
  expect(known.toSorted()).toEqual(['first', 'second', 'third']);
  const undo = await here.set('t', 'ZooKeeper', 'fourth');
  await undo();
  expect(await here.all('t', 'ZooKeeper')).toEqual([...known, 'fourth']);
  const outrun = await here.set('t', 'ZooKeeper', 'fifth');
  await there.set('t', 'ZooKeeper', 'sixth');
  await outrun();
  expect(await here.current('t', 'ZooKeeper')).toBe('sixth');
});
