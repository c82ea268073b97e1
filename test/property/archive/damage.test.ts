import { describe, expect, it } from 'vitest';
import type { WriterOptions } from '../../../main/archive/index.ts';
import {
  type ArchiveSecret,
  createKeyFile,
  createSeal,
  createSigningKey,
  openArchive,
  verifyArchive,
} from '../../../main/archive/index.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import {
  ARCHIVE_ID,
  entry,
  gone,
  MemorySource,
  noise,
  open,
  readAll,
  type Written,
  write,
} from '../../unit/archive/support/archives.ts';

const secret: ArchiveSecret = { type: 'key', key: createKeyFile((length) => Buffer.alloc(length, 9)).key };

/** Everything that an archive can have, in a few kilobytes. */
function smallArchive(options: Partial<WriterOptions>): Promise<Written> {
  return write(async (writer) => {
    const blob = await writer.blob(noise(300));
    const content = { value: { sha256: blob.name.sha256, size: blob.name.size } };
    await writer.put({ ...entry(['a'], content), blobs: { [blob.name.sha256]: blob.chunks } });
    await writer.put(entry(['a', 'b'], { v: 'text' }, { zxid: 7 }));
    await writer.put(entry(['c'], { v: 1 }));
    await writer.put(entry(['a', 'b'], { v: 'newer' }), 1);
    await writer.put(gone(['c']), 1);
  }, options);
}

const sealed = await createSeal(ARCHIVE_ID, [secret], (length) => Buffer.alloc(length, 5));
const { privateKey } = createSigningKey((length) => Buffer.alloc(length, 3));

const archives = [
  { what: 'plain', written: await smallArchive({}), keys: [] },
  { what: 'encrypted', written: await smallArchive({ seal: sealed }), keys: [secret] },
  { what: 'signed', written: await smallArchive({ signer: { privateKey } }), keys: [] },
];

/** What lies at an offset, as findings call it. */
async function mapOf(
  written: Written,
  keys: readonly ArchiveSecret[],
): Promise<(offset: number) => readonly string[]> {
  const { index } = (await open(written, { keys })).chunkSource();
  const { root } = written.manifest;
  const parts = await index.page(0);
  return (offset) => {
    if (offset < 10) return ['header'];
    if (offset >= written.size - 226) return ['footer', 'signature'];
    if (offset >= root.offset + root.length) return ['manifest'];
    if (offset >= root.offset) return ['root'];
    if (offset >= index.root.dataEnd) return ['page'];
    const part = parts.findLast((candidate) => candidate.offset <= offset);
    return offset < (part?.offset ?? 0) + (part?.record.frame.length ?? 0) ? ['frame'] : ['block'];
  };
}

describe.each(archives)('the $what archive', ({ written, keys }) => {
  it('has every flipped bit noticed, in the place where it is', async () => {
    const areasAt = await mapOf(written, keys);
    for (let offset = 0; offset < written.size; offset++) {
      const damaged = Buffer.from(written.bytes);
      damaged[offset] = (damaged[offset] ?? 0) ^ (1 << (offset % 8));
      const { findings } = await verifyArchive(new MemorySource(damaged), { level: 'content', keys });
      expect(areasAt(offset), `offset ${offset}`).toContain(findings[0]?.at.area);
      expect(findings.every(({ error }) => ['integrity', 'unsupported'].includes(error.category))).toBe(true);
    }
  });

  it('has every truncation noticed, by reading too', async () => {
    for (let length = 0; length < written.size; length++) {
      const source = new MemorySource(written.bytes.subarray(0, length));
      const { ok, findings } = await verifyArchive(source, { level: 'content', keys });
      expect(ok, `length ${length}`).toBe(false);
      expect(findings[0]?.error.code).toBe('archive.no-footer');
      await expect(openArchive(source, { keys })).rejects.toMatchObject({ category: 'integrity' });
    }
  });

  it('is never read as something else', async () => {
    const expected = JSON.stringify(await readAll(await open(written, { keys })));
    for (let offset = 0; offset < written.size; offset++) {
      const damaged = Buffer.from(written.bytes);
      damaged[offset] = (damaged[offset] ?? 0) ^ 0xff;
      try {
        const reader = await openArchive(new MemorySource(damaged), { keys });
        expect(JSON.stringify(await readAll(reader))).toBe(expected);
      } catch (error) {
        if (!(error instanceof HoldfastError)) throw error;
        expect(['integrity', 'unsupported']).toContain(error.category);
      }
    }
  });

  it('notices bytes that were added', async () => {
    for (const added of [Buffer.from([0]), Buffer.alloc(512), written.bytes.subarray(-226)]) {
      const longer = Buffer.concat([written.bytes, added]);
      expect((await verifyArchive(new MemorySource(longer), { level: 'content', keys })).ok).toBe(false);
    }
  });
});
