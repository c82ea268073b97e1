import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openArchive, verifyArchive } from '../../../main/archive/index.ts';
import { asHoldfastError } from '../../../shared/errors/error.ts';
import { entry, MemorySource, readAll, writeLines } from './support/archives.ts';
import { forge } from './support/forge.ts';

/** Somebody who can compute hashes: only the checks behind the hash chain are left. */
const honest = await writeLines([[entry(['a'], { v: 'x'.repeat(3000) }), entry(['b']), entry(['c'])]]);

async function failureOf(bytes: Buffer): Promise<string> {
  try {
    const reader = await openArchive(new MemorySource(bytes));
    await readAll(reader);
    return 'none';
  } catch (error) {
    return asHoldfastError(error).code;
  }
}

async function findingsOf(bytes: Buffer): Promise<string[]> {
  const { findings } = await verifyArchive(new MemorySource(bytes), { level: 'content' });
  return findings.map(({ error }) => error.code);
}

function editFirst(change: (record: { [member: string]: unknown; blocks: unknown[][] }) => void) {
  return (text: string) => {
    const [first = '', ...rest] = text.split('\n');
    const record = JSON.parse(first);
    change(record);
    return [JSON.stringify(record), ...rest].join('\n');
  };
}

describe('an archive whose hashes are right', () => {
  it('is read when nothing was changed', async () => {
    const forged = await forge(honest.bytes, {});
    expect(await findingsOf(forged)).toEqual([]);
    expect(await failureOf(forged)).toBe('none');
  });

  it.each([
    [
      'a block said to be larger than blocks are',
      (r: { blocks: unknown[][] }) => (r.blocks[0] as unknown[]).splice(1, 1, 2 ** 31),
    ],
    [
      'a block said to be longer than it can be',
      (r: { blocks: unknown[][] }) => (r.blocks[0] as unknown[]).splice(0, 1, 2 ** 40),
    ],
    ['a negative length', (r: { blocks: unknown[][] }) => (r.blocks[0] as unknown[]).splice(0, 1, -5)],
    ['no blocks', (r: { blocks: unknown[][] }) => r.blocks.splice(0)],
    ['a malformed hash', (r: { blocks: unknown[][] }) => (r.blocks[0] as unknown[]).splice(2, 1, 'abc')],
    [
      'a key that is not one',
      (r: { blocks: unknown[][] }) => (r.blocks[0] as unknown[]).splice(3, 1, { a: 1 }),
    ],
    ['a part of another number', (r: { part?: unknown }) => Object.assign(r, { part: 5 })],
    ['an unknown type', (r: object) => Object.assign(r, { type: 'executable' })],
    ['a size beyond all limits', (r: object) => Object.assign(r, { size: 2 ** 50 })],
  ])('but whose page has %s is refused', async (_what, change) => {
    const forged = await forge(honest.bytes, { page: editFirst(change as Parameters<typeof editFirst>[0]) });
    expect(await failureOf(forged)).toBe('archive.page-damaged');
    expect(await findingsOf(forged)).toContain('archive.page-damaged');
  });

  it.each([
    ['that is not JSON', () => '{"pages":'],
    ['that is no object', () => '[]'],
    ['without pages', (text: string) => text.replace('"pages"', '"leaves"')],
    ['with a page out of place', (text: string) => text.replace('"dataOffset":10', '"dataOffset":11')],
    ['with more parts than listed', (text: string) => text.replace(/"parts":\d+}$/, '"parts":77}')],
    [
      'with a page of a billion parts',
      (text: string) => text.replace(/"parts":\[0,\d+\]/, '"parts":[0,1000000000]'),
    ],
    ['with more parts than allowed', (text: string) => text.replace(/"parts":\d+}$/, '"parts":1e15}')],
  ])('but with a root %s is refused', async (_what, root) => {
    const forged = await forge(honest.bytes, { root });
    expect(await failureOf(forged)).toBe('archive.root-damaged');
    expect(await findingsOf(forged)).toEqual(['archive.root-damaged']);
  });

  it.each([
    ['that is not JSON', () => '{'],
    [
      'that nests deeply',
      (text: string) =>
        text.replace('"position":null', `"position":${'['.repeat(200_000)}${']'.repeat(200_000)}`),
    ],
    ['without an id', (text: string) => text.replace('"id":', '"identity":')],
    ['of another format', (text: string) => text.replace('holdfast/1.0', 'holdfast/2.0')],
    [
      'that places the root elsewhere',
      (text: string) => text.replace(/"offset":\d+/, '"offset":9007199254740991'),
    ],
    [
      'that claims encryption',
      (text: string) =>
        text.replace(
          '"encryption":null',
          '"encryption":{"cipher":"AES-256-GCM","recipients":[{"type":"key","key":"0123456789abcdef","wrapped":"AAAA"}]}',
        ),
    ],
    [
      'as large as a bomb',
      (text: string) => text.replace('"position":null', `"position":"${'x'.repeat(17 * 1024 * 1024)}"`),
    ],
  ])('but with a manifest %s gives a typed error or is read', async (what, manifest) => {
    const forged = await forge(honest.bytes, { manifest });
    // Deep nesting is JSON: it may be read, it must not crash.
    const codes =
      what === 'that nests deeply' ? ['none', 'archive.manifest-damaged'] : ['archive.manifest-damaged'];
    expect(codes).toContain(await failureOf(forged));
    await findingsOf(forged);
  });

  it('but with a bomb for a page is refused at the limit', async () => {
    const forged = await forge(honest.bytes, { page: (text) => text + ' '.repeat(40 * 1024 * 1024) });
    expect(await failureOf(forged)).toBe('archive.page-damaged');
  });

  it('but with a bomb in a block gives no more bytes than the index says', async () => {
    const bomb = deflateRawSync(Buffer.alloc(3 * 1024 * 1024), { finishFlush: 2 });
    const forged = await replaceBlock(bomb, 3000);
    expect(await failureOf(forged)).toBe('archive.block-damaged');
    expect(await findingsOf(forged)).toContain('archive.block-damaged');
  });

  it('but with a block that ends the deflate stream is refused', async () => {
    const lines = '{"t":"znode","k":["a"],"c":{},"o":{}}\n';
    const ended = Buffer.concat([deflateRawSync(Buffer.from(lines)), Buffer.from('000000ffff', 'hex')]);
    expect(await failureOf(await replaceBlock(ended, lines.length))).toBe('archive.block-damaged');
  });

  it.each([
    ['is not JSON', '{"t":"znode","k":["a"],"c":{,"o":{}}\n'],
    ['has no key', '{"t":"znode","c":{},"o":{}}\n'],
    ['has a number for a key', '{"t":"znode","k":7,"c":{},"o":{}}\n'],
    ['has no content', '{"t":"znode","k":["a"],"o":{}}\n'],
    ['is a list', '[1,2,3]\n'],
    ['is cut off', '{"t":"znode","k":["a"],"c":{},"o":{}}'],
    ['says in a wrong way where blobs are', '{"t":"znode","k":["a"],"c":{},"o":{},"b":{"x":[7]}}\n'],
  ])('but with a line that %s is refused', async (_what, line) => {
    const forged = await replaceBlock(deflateRawSync(Buffer.from(line), { finishFlush: 2 }), line.length);
    expect(await failureOf(forged)).toBe('archive.lines-invalid');
    expect(await findingsOf(forged)).not.toEqual([]);
  });

  it('but with no fingerprints for its records lists nothing as if there were nothing', async () => {
    const forged = await forge(honest.bytes, { page: (text) => text.replace('"of":0', '"of":7') });
    const reader = await openArchive(new MemorySource(forged));
    expect(await findingsOf(forged)).toContain('archive.fingerprints-wrong');
    await expect(reader.children([])).rejects.toMatchObject({ code: 'archive.fingerprints-wrong' });
    await expect(Array.fromAsync(reader.fingerprints())).rejects.toMatchObject({
      code: 'archive.fingerprints-wrong',
    });
  });

  it('but with keys out of order, other fingerprints or other counts does not verify', async () => {
    const lines = ['b', 'a'].map((key) => `{"t":"znode","k":["${key}"],"c":{},"o":{}}\n`).join('');
    const disordered = await replaceBlock(
      deflateRawSync(Buffer.from(lines), { finishFlush: 2 }),
      lines.length,
    );
    expect(await findingsOf(disordered)).toContain('archive.lines-invalid');
    const recounted = await forge(honest.bytes, {
      manifest: (text) => text.replace('"entries":3', '"entries":4'),
    });
    expect(await findingsOf(recounted)).toEqual(['archive.counts-wrong']);
    const changed = ['a', 'b', 'c']
      .map((key) => `{"t":"znode","k":["${key}"],"c":{"other":1},"o":{}}\n`)
      .join('');
    const other = await replaceBlock(
      deflateRawSync(Buffer.from(changed), { finishFlush: 2 }),
      changed.length,
    );
    expect(await findingsOf(other)).toContain('archive.fingerprints-wrong');
  });

  it('but with another CRC-32 does not verify', async () => {
    const forged = await forge(honest.bytes, { crc: (crc) => (crc ^ 1) >>> 0 });
    expect(await findingsOf(forged)).toEqual(['archive.trailer-damaged']);
  });
});

/** Puts another block in the place of the first record block, and into the index what is true of it. */
async function replaceBlock(block: Buffer, plain: number): Promise<Buffer> {
  const { hash } = await import('node:crypto');
  const reader = await openArchive(new MemorySource(honest.bytes));
  const [records] = await reader.chunkSource().index.page(0);
  if (records === undefined) throw new Error('no records');
  const { frame, blocks } = records.record;
  const old = blocks[0]?.length ?? 0;
  return forge(honest.bytes, {
    data: (data) => Buffer.concat([data.subarray(0, frame.length), block, data.subarray(frame.length + old)]),
    page: editFirst((record) => {
      record.blocks[0] = [block.length, plain, hash('sha256', block, 'base64url'), ['a']];
    }),
  });
}
