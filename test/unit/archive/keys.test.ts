import { describe, expect, it } from 'vitest';
import {
  createKeyFile,
  createSeal,
  createSigningKey,
  keyId,
  openArchive,
  parseKeyFile,
  signerOf,
  verifyArchive,
} from '../../../main/archive/index.ts';
import {
  ARCHIVE_ID,
  collect,
  entry,
  MemorySource,
  noise,
  open,
  readAll,
  write,
  writeLines,
} from './support/archives.ts';

describe('key files', () => {
  it('come back from their text and have a stable id', () => {
    const { text, key, id } = createKeyFile((length) => Buffer.alloc(length, 7));
    expect(Buffer.from(parseKeyFile(text))).toEqual(Buffer.from(key));
    expect(id).toBe(keyId(key));
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(createKeyFile().id).not.toBe(id);
  });

  it.each(['', 'short', '!'.repeat(43), `${'A'.repeat(43)}A`])('refuse what is none: %j', (text) => {
    expect(() => parseKeyFile(text)).toThrow(expect.objectContaining({ code: 'archive.key-file-invalid' }));
  });
});

describe('an encrypted archive', async () => {
  const passphrase = 'correct horse battery staple — 正确';
  const { key } = createKeyFile((length) => Buffer.alloc(length, 1));
  const other = createKeyFile((length) => Buffer.alloc(length, 2));
  const seal = await createSeal(ARCHIVE_ID, [
    { type: 'passphrase', passphrase },
    { type: 'key', key },
  ]);
  const secret = noise(600_000);
  const written = await write(
    async (writer) => {
      const blob = await writer.blob(secret);
      const blobs = { [blob.name.sha256]: blob.chunks };
      await writer.put({ ...entry(['a'], { value: { ...blob.name }, password: 'hunter2' }), blobs });
      await writer.put(entry(['b'], { v: noise(300_000).toString('base64') }));
      await writer.put(entry(['b'], { v: 1 }), 1);
    },
    { seal },
  );

  it('opens with each of its secrets, whatever else is given', async () => {
    for (const keys of [
      [{ type: 'passphrase', passphrase } as const],
      [{ type: 'key', key: other.key } as const, { type: 'key', key } as const],
      [{ type: 'passphrase', passphrase: 'wrong' } as const, { type: 'key', key } as const],
    ]) {
      const reader = await open(written, { keys });
      expect(reader.unlocked).toBe(true);
      const [first, second] = await readAll(reader);
      expect(second).toEqual(entry(['b'], { v: 1 }));
      if (first === undefined || !('kind' in first)) throw new Error('not there');
      const [sha256 = ''] = Object.keys(first.blobs ?? {});
      expect((await collect(reader.blob(first, sha256))).equals(secret)).toBe(true);
    }
  });

  it('verifies, and says which key it needs', async () => {
    const source = new MemorySource(written.bytes);
    const report = await verifyArchive(source, { level: 'content', keys: [{ type: 'key', key }] });
    expect(report.findings).toEqual([]);
    await expect(verifyArchive(source, { level: 'content' })).rejects.toMatchObject({
      code: 'archive.key-missing',
    });
    expect((await verifyArchive(source, { level: 'file' })).ok).toBe(true);
  });

  it('shows its manifest and nothing else without a key', async () => {
    const reader = await open(written);
    expect(reader.unlocked).toBe(false);
    expect(reader.manifest.id).toBe(ARCHIVE_ID);
    const missing = {
      code: 'archive.key-missing',
      params: { recipients: ['passphrase', `key ${keyId(key)}`] },
    };
    await expect(reader.get(['a'])).rejects.toMatchObject(missing);
    await expect(readAll(reader)).rejects.toMatchObject(missing);
    await expect(reader.children([])).rejects.toMatchObject(missing);
  });

  it('refuses a wrong passphrase and a key that is not its own', async () => {
    const source = new MemorySource(written.bytes);
    const wrong = openArchive(source, { keys: [{ type: 'passphrase', passphrase: 'wrong' }] });
    await expect(wrong).rejects.toMatchObject({ code: 'archive.wrong-passphrase', category: 'auth' });
    const foreign = openArchive(source, { keys: [{ type: 'key', key: other.key }] });
    await expect(foreign).rejects.toMatchObject({ code: 'archive.key-missing', category: 'auth' });
  });

  it('has none of its content in clear', () => {
    for (const text of ['hunter2', 'znode', '"k":']) expect(written.bytes.includes(text)).toBe(false);
  });

  it('does not open under the seal of another archive', async () => {
    const id = 'f'.repeat(32);
    const moved = await writeLines([[entry(['a'])]], { id, seal });
    await expect(open(moved, { keys: [{ type: 'key', key }] })).rejects.toMatchObject({
      code: 'archive.wrong-key',
    });
  });
});

describe('a signed archive', async () => {
  const { privateKey, publicKey } = createSigningKey((length) => Buffer.alloc(length, 3));
  const written = await writeLines([[entry(['a'])]], { signer: { privateKey } });
  const source = new MemorySource(written.bytes);

  it('names its signer', async () => {
    expect(publicKey).toBe(signerOf(privateKey));
    const reader = await openArchive(source, { requireSigner: publicKey });
    expect(reader.signature).toEqual({ signed: true, signer: publicKey });
    const report = await verifyArchive(source, { level: 'content', requireSigner: publicKey.toUpperCase() });
    expect(report).toMatchObject({ ok: true, signature: { signed: true, signer: publicKey } });
  });

  it('is refused when another signer, or any, is required', async () => {
    const { publicKey: another } = createSigningKey();
    await expect(openArchive(source, { requireSigner: another })).rejects.toMatchObject({
      code: 'archive.signer-mismatch',
      category: 'integrity',
    });
    const unsigned = await writeLines([[entry(['a'])]]);
    await expect(open(unsigned, { requireSigner: publicKey })).rejects.toMatchObject({
      code: 'archive.signer-mismatch',
    });
    const report = await verifyArchive(source, { level: 'file', requireSigner: another });
    expect(report.findings.map(({ at, error }) => [at.area, error.code])).toEqual([
      ['signature', 'archive.signer-mismatch'],
    ]);
  });
});
