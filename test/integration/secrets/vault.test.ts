import { readdirSync } from 'node:fs';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeyFile } from '../../../main/secrets/key-file.ts';
import type { Protector } from '../../../main/secrets/protector.ts';
import { openVault, type Vault } from '../../../main/secrets/vault.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { MemoryKeychain } from '../../secrets/memory-keychain.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';

const PASSPHRASE: Protector = { type: 'passphrase', passphrase: 'correct horse battery' };
const KEYCHAIN: Protector = { type: 'keychain' };
const VALUE = 'pässword 密码 \0 🗝';

let directory: string;
let keychain: MemoryKeychain;

beforeEach(() => {
  directory = workFolder('vault');
  keychain = new MemoryKeychain();
});

afterEach(() => removeWorkFolder(directory));

const open = () => openVault(directory, { now: () => new Date(), keychain });

async function keyFile(name = 'key'): Promise<Protector & { type: 'keyfile' }> {
  const file = join(directory, name);
  await createKeyFile(file);
  return { type: 'keyfile', file };
}

async function unlocked(protector: Protector): Promise<Vault> {
  const vault = open();
  await vault.unlock(protector);
  return vault;
}

const vaultFiles = () => readdirSync(directory).filter((name) => name.includes('vault'));
const vaultFile = () => join(directory, vaultFiles()[0] ?? 'none');

describe('a vault', () => {
  test.each(['keychain', 'passphrase', 'keyfile'] as const)('protected by %s keeps secrets', async (type) => {
    const protector = type === 'keyfile' ? await keyFile() : type === 'keychain' ? KEYCHAIN : PASSPHRASE;
    const vault = open();
    expect(await vault.state()).toBe('absent');
    await vault.init(protector);
    expect(await vault.state()).toBe('unlocked');
    const [first, second] = [await vault.put(VALUE), await vault.put('')];
    await vault.put('replaced', second.secret);
    const again = await unlocked(protector);
    expect(await again.get(first)).toBe(VALUE);
    expect(await again.get(second)).toBe('replaced');
    expect((await again.list()).sort()).toEqual([first.secret, second.secret].sort());
    await again.remove(first);
    await again.remove(first);
    expect(await vault.list()).toEqual([second.secret]);
    await expect(vault.get(first)).rejects.toMatchObject({ code: 'secrets.missing' });
    expect((await vault.protection())?.type).toBe(type);
  });

  test('shows nothing of its secrets, and its file is its owner’s alone', async () => {
    const vault = open();
    await vault.init(PASSPHRASE);
    await vault.put('a-very-secret-value');
    const text = await readFile(vaultFile(), 'utf8');
    for (const secret of ['a-very-secret-value', 'correct horse battery']) expect(text).not.toContain(secret);
    expect((await stat(vaultFile())).mode & 0o777).toBe(0o600);
    expect(vaultFiles()).toHaveLength(1);
    expect(JSON.parse(text.split('\n')[0] ?? '').protector).toMatchObject({
      kdf: 'argon2id',
      memory: 65_536,
      iterations: 3,
    });
  });

  test('that is locked or absent says so', async () => {
    const vault = open();
    await expect(vault.put('x')).rejects.toMatchObject({ code: 'secrets.no-vault' });
    await expect(vault.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'secrets.no-vault' });
    expect(await vault.protection()).toBeUndefined();
    await vault.init(KEYCHAIN);
    const ref = await vault.put('x');
    vault.lock();
    expect(await vault.state()).toBe('locked');
    const locked = { code: 'secrets.locked', category: 'auth' };
    await expect(vault.get(ref)).rejects.toMatchObject(locked);
    await expect(vault.put('y')).rejects.toMatchObject(locked);
    await expect(vault.remove(ref)).rejects.toMatchObject(locked);
    await expect(vault.list()).rejects.toMatchObject(locked);
    await expect(vault.changeProtector(PASSPHRASE)).rejects.toMatchObject(locked);
  });

  test('is created once, also by two at the same time', async () => {
    const outcomes = await Promise.allSettled([open().init(KEYCHAIN), open().init(KEYCHAIN)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(open().init(KEYCHAIN)).rejects.toMatchObject({ code: 'secrets.vault-exists' });
    await unlocked(KEYCHAIN);
    expect(keychain.entries.size).toBe(1);
  });

  test('is opened by nothing but its protector', async () => {
    const [right, wrong] = [await keyFile('right'), await keyFile('wrong')];
    await open().init(right);
    await expect(open().unlock(wrong)).rejects.toMatchObject({ code: 'secrets.wrong-key', category: 'auth' });
    await expect(open().unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'secrets.wrong-protector' });
    const vault = await unlocked(right);
    await vault.changeProtector(PASSPHRASE);
    const passphrase = 'correct horse batterx';
    await expect(open().unlock({ type: 'passphrase', passphrase })).rejects.toMatchObject({
      code: 'secrets.wrong-passphrase',
      category: 'auth',
    });
    await vault.changeProtector(KEYCHAIN);
    const [account = ''] = keychain.entries.keys();
    await keychain.set(account, Buffer.alloc(32).toString('base64url'));
    await expect(open().unlock(KEYCHAIN)).rejects.toMatchObject({ code: 'secrets.wrong-key' });
    await keychain.remove(account);
    await expect(open().unlock(KEYCHAIN)).rejects.toMatchObject({ code: 'secrets.keychain-entry-missing' });
  });

  test('takes a passphrase typed in another normal form, and refuses a short one', async () => {
    await open().init({ type: 'passphrase', passphrase: 'gru\u0308ner Ba\u0308r' });
    await unlocked({ type: 'passphrase', passphrase: 'gr\u00fcner B\u00e4r' });
    const vault = open();
    await vault.unlock({ type: 'passphrase', passphrase: 'gr\u00fcner B\u00e4r' });
    await expect(vault.changeProtector({ type: 'passphrase', passphrase: '1234567' })).rejects.toMatchObject({
      code: 'secrets.weak-passphrase',
    });
  });
});

describe('a changed protector', () => {
  test.each([false, true])(
    'opens the same secrets, and the old one nothing (new key: %s)',
    async (renewKey) => {
      const before = await keyFile();
      const vault = open();
      await vault.init(before);
      const refs = [await vault.put('one'), await vault.put('two')];
      const other = await unlocked(before);
      const sealed = Object.values(
        JSON.parse((await readFile(vaultFile(), 'utf8')).split('\n')[0] ?? '').records,
      );
      await vault.changeProtector(KEYCHAIN, { renewKey });
      const again = await unlocked(KEYCHAIN);
      for (const reader of [vault, again]) {
        expect(await Promise.all(refs.map((ref) => reader.get(ref)))).toEqual(['one', 'two']);
      }
      await expect(open().unlock(before)).rejects.toMatchObject({ code: 'secrets.wrong-protector' });
      const text = await readFile(vaultFile(), 'utf8');
      for (const record of sealed) expect(text.includes(String(record))).toBe(!renewKey);
      // A process that opened it before goes on with the same key, or has to unlock again.
      expect(await other.state()).toBe(renewKey ? 'locked' : 'unlocked');
      if (renewKey) await expect(other.put('x')).rejects.toMatchObject({ code: 'secrets.locked' });
      else await other.put('x');
      expect(vaultFiles()).toHaveLength(1);
    },
  );

  test('leaves one entry in the keychain, and none once it is no longer used', async () => {
    const vault = open();
    await vault.init(KEYCHAIN);
    await vault.changeProtector(KEYCHAIN, { renewKey: true });
    expect(keychain.entries.size).toBe(1);
    await vault.changeProtector(await keyFile());
    expect(keychain.entries.size).toBe(0);
  });

  test('that cannot be made changes nothing', async () => {
    const vault = open();
    await vault.init(KEYCHAIN);
    const ref = await vault.put('x');
    const missing: Protector = { type: 'keyfile', file: join(directory, 'none') };
    await expect(vault.changeProtector(missing, { renewKey: true })).rejects.toMatchObject({
      code: 'secrets.key-file-missing',
    });
    expect(await (await unlocked(KEYCHAIN)).get(ref)).toBe('x');
    expect(await vault.get(ref)).toBe('x');
  });
});

describe('damage', () => {
  test('of any byte of the file is noticed and the file named, before any secret is given', async () => {
    const vault = open();
    await vault.init(KEYCHAIN);
    const ref = await vault.put('x');
    const file = vaultFile();
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at += 1) {
      const broken = Buffer.from(whole);
      broken[at] = (broken[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(file, broken);
      await expect(vault.get(ref), `byte ${at}`).rejects.toMatchObject({
        code: 'secrets.damaged',
        category: 'integrity',
        params: { file },
      });
    }
    for (const length of [0, 1, Math.floor(whole.length / 2), whole.length - 1]) {
      await writeFile(file, whole.subarray(0, length));
      await expect(open().unlock(KEYCHAIN)).rejects.toMatchObject({ code: 'secrets.damaged' });
      await expect(vault.put('y')).rejects.toMatchObject({ code: 'secrets.damaged' });
    }
    await writeFile(file, whole);
    expect(await vault.get(ref)).toBe('x');
  });

  test('a record put in the place of another does not open, though the checksum is right', async () => {
    const vault = open();
    await vault.init(KEYCHAIN);
    const [a, b] = [await vault.put('for a'), await vault.put('for b')];
    const file = vaultFile();
    const document = JSON.parse((await readFile(file, 'utf8')).split('\n')[0] ?? '');
    [document.records[a.secret], document.records[b.secret]] = [
      document.records[b.secret],
      document.records[a.secret],
    ];
    await writeChecked(file, JSON.stringify(document));
    await expect(vault.get(a)).rejects.toMatchObject({ code: 'secrets.damaged', params: { file } });
  });

  test('a file of a newer version is not called damaged', async () => {
    await open().init(KEYCHAIN);
    const file = vaultFile();
    const document = JSON.parse((await readFile(file, 'utf8')).split('\n')[0] ?? '');
    await writeChecked(file, JSON.stringify({ ...document, version: 2, records: 'of another shape' }));
    await expect(open().unlock(KEYCHAIN)).rejects.toMatchObject({ code: 'secrets.too-new' });
  });

  async function writeChecked(file: string, line: string): Promise<void> {
    const { createHash } = await import('node:crypto');
    await writeFile(file, `${line}\n${createHash('sha256').update(line).digest('hex')}\n`);
  }
});

describe('a key file', () => {
  test('must be its owner’s alone, whole, and is never overwritten', async () => {
    const { file } = await keyFile();
    await expect(createKeyFile(file)).rejects.toMatchObject({ code: 'secrets.key-file-exists' });
    for (const mode of [0o640, 0o604, 0o620, 0o610]) {
      await chmod(file, mode);
      await expect(open().init({ type: 'keyfile', file })).rejects.toMatchObject({
        code: 'secrets.key-file-exposed',
      });
    }
    await chmod(file, 0o400);
    await open().init({ type: 'keyfile', file });
    expect(await open().protection()).toEqual({ type: 'keyfile', file });
    await chmod(file, 0o600);
    for (const text of ['', 'short', `${'A'.repeat(44)}`, `${'A'.repeat(42)}=`, 'x'.repeat(1000)]) {
      await writeFile(file, text);
      const error = await open()
        .unlock({ type: 'keyfile', file })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'secrets.key-file-invalid' });
      // Whatever the file holds, the error does not repeat it.
      if (text !== '' && error instanceof HoldfastError)
        expect(JSON.stringify(error.params)).not.toContain(text);
    }
  });
});
