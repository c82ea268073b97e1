import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Header, Pax } from 'tar';
import { describe, expect, it } from 'vitest';
import { type ForeignEntry, type ForeignLimits, listForeign } from '../../../main/archive/index.ts';

interface Spec {
  readonly path: string;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO';
  readonly content?: Buffer;
  readonly linkpath?: string;
  readonly pax?: Readonly<Record<string, string>>;
}

const END = Buffer.alloc(1024);
const modified = new Date('2024-01-01T00:00:00Z');

function tarEntry({ path, type = 'File', content = Buffer.alloc(0), linkpath, pax }: Spec): Buffer {
  const header = new Header({
    path,
    type,
    size: content.length,
    mode: 0o644,
    mtime: modified,
    ...(linkpath && { linkpath }),
  });
  const block = Buffer.alloc(512);
  header.encode(block, 0);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  const extended = pax === undefined ? Buffer.alloc(0) : new Pax({ ...pax }).encode();
  return Buffer.concat([extended, block, content, padding]);
}

function tarGz(specs: readonly Spec[], end: Buffer = END): Buffer {
  return gzipSync(Buffer.concat([...specs.map(tarEntry), end]));
}

async function list(bytes: Buffer, limits?: ForeignLimits): Promise<ForeignEntry[]> {
  const entries: ForeignEntry[] = [];
  const pieces = Readable.from(cut(bytes));
  for await (const batch of listForeign(pieces, limits)) entries.push(...batch);
  return entries;
}

function* cut(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

describe('listing a foreign archive', () => {
  it('gives what its headers say', async () => {
    const specs: Spec[] = [
      { path: 'dir/', type: 'Directory' },
      { path: 'dir/a.txt', content: Buffer.from('hello') },
      { path: 'long', pax: { path: `${'x'.repeat(300)}/é` } },
    ];
    expect(await list(tarGz(specs))).toEqual([
      { path: 'dir/', type: 'Directory', size: 0, modified },
      { path: 'dir/a.txt', type: 'File', size: 5, modified },
      { path: `${'x'.repeat(300)}/é`, type: 'File', size: 0, modified },
    ]);
    expect(await list(tarGz([]))).toEqual([]);
  });

  it('marks what must not be extracted as it stands', async () => {
    const specs: Spec[] = [
      { path: '/etc/passwd' },
      { path: 'C:\\windows\\x' },
      { path: 'a/../../b' },
      { path: 'ok', pax: { path: '../../escape' } },
      { path: 'link', type: 'SymbolicLink', linkpath: '/etc' },
      { path: 'hard', type: 'Link', linkpath: 'link/passwd' },
      { path: 'dev', type: 'CharacterDevice' },
      { path: 'pipe', type: 'FIFO' },
      { path: 'a..b/c' },
    ];
    const entries = await list(tarGz(specs));
    expect(entries.map(({ hostile }) => hostile)).toEqual([
      'absolute',
      'absolute',
      'parent',
      'parent',
      'link',
      'link',
      'device',
      'device',
      undefined,
    ]);
    expect(entries[4]?.linkTarget).toBe('/etc');
  });

  it.each([
    ['cut within the gzip stream', (whole: Buffer) => whole.subarray(0, -12)],
    ['cut in half', (whole: Buffer) => whole.subarray(0, whole.length >> 1)],
    ['with a wrong CRC-32', (whole: Buffer) => Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)])],
    ['that is not gzip', () => Buffer.from('PK\x03\x04 and so on')],
    ['that is empty', () => Buffer.alloc(0)],
    ['compressed twice', (whole: Buffer) => gzipSync(whole)],
    ['without an end', () => tarGz([{ path: 'a', content: Buffer.from('x') }], Buffer.alloc(0))],
    [
      'cut within an entry',
      () => gzipSync(tarEntry({ path: 'a', content: Buffer.alloc(5000, 1) }).subarray(0, 2000)),
    ],
    ['with a wrong tar checksum', () => gzipSync(Buffer.concat([Buffer.alloc(512, 0x41), END]))],
  ])('refuses a file %s', async (_what, damage) => {
    const whole = tarGz([{ path: 'a', content: Buffer.from('abc'.repeat(900)) }]);
    await expect(list(damage(whole))).rejects.toMatchObject({
      code: 'archive.foreign-damaged',
      category: 'integrity',
    });
  });

  it('stops at its limits', async () => {
    const many = tarGz(Array.from({ length: 30 }, (_, i) => ({ path: `f${i}` })));
    await expect(list(many, { entries: 20 })).rejects.toMatchObject({ code: 'archive.foreign-limit' });
    const large = tarGz([{ path: 'zeros', content: Buffer.alloc(5_000_000) }]);
    await expect(list(large, { inflatedBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'archive.foreign-limit',
    });
    const bomb = tarGz([{ path: 'zeros', content: Buffer.alloc(100 * 1024 * 1024) }]);
    await expect(list(bomb)).rejects.toMatchObject({ code: 'archive.foreign-limit' });
  });

  it('refuses an extended header as large as a bomb', async () => {
    const tricky = tarGz([{ path: 'a', pax: { comment: 'x'.repeat(3 * 1024 * 1024) } }]);
    await expect(list(tricky)).rejects.toMatchObject({ code: 'archive.foreign-limit' });
  });

  it('passes a failure of the storage on', async () => {
    const failing = (async function* () {
      yield tarGz([{ path: 'a' }]).subarray(0, 20);
      throw new Error('connection lost');
    })();
    const listing = (async () => {
      for await (const _ of listForeign(failing));
    })();
    await expect(listing).rejects.toThrow('connection lost');
  });
});
