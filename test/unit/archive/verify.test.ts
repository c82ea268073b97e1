import { describe, expect, it } from 'vitest';
import { type Finding, type VerifyReport, verifyArchive } from '../../../main/archive/index.ts';
import { CHUNK_LIMIT } from '../../../main/archive/layout/format.ts';
import {
  ARCHIVE_ID,
  entry,
  gone,
  MemorySource,
  noise,
  open,
  type Written,
  write,
  writeLines,
} from './support/archives.ts';

function verify(
  bytes: Buffer,
  options: Partial<Parameters<typeof verifyArchive>[1]> = {},
): Promise<VerifyReport> {
  return verifyArchive(new MemorySource(bytes), { level: 'content', ...options });
}

function flip(bytes: Buffer, ...offsets: readonly number[]): Buffer {
  const changed = Buffer.from(bytes);
  for (const offset of offsets) changed[offset] = (changed[offset] ?? 0) ^ 0x10;
  return changed;
}

function summary({ at, error }: Finding) {
  return { ...at, code: error.code };
}

/** Three record parts of several blocks, a blob of two chunks, two overlays. */
async function sample(): Promise<Written> {
  return write(async (writer) => {
    const blob = await writer.blob(noise(CHUNK_LIMIT + 5000));
    const blobs = { [blob.name.sha256]: blob.chunks };
    await writer.put({ ...entry(['blob'], { value: { ...blob.name } }), blobs });
    for (let i = 0; i < 120; i++) {
      await writer.put(
        entry(['n', String(i).padStart(4, '0')], { v: noise(60_000, i + 1).toString('base64') }),
      );
    }
    await writer.put(entry(['n', '0007'], { v: 'new' }), 1);
    await writer.put(gone(['n', '0008']), 2);
  });
}

describe('verifying', async () => {
  const written = await sample();
  const reader = await open(written);
  const { index } = reader.chunkSource();
  const parts = await index.page(0);
  const expected = { sha256: written.sha256, md5: written.md5, size: written.size };

  it('finds nothing wrong with what was written, at both levels', async () => {
    const progress: number[] = [];
    const content = await verify(written.bytes, { expected, onProgress: (done) => progress.push(done) });
    expect(content).toMatchObject({
      ok: true,
      findings: [],
      more: 0,
      ...expected,
      signature: { signed: false },
    });
    expect(progress.at(-1)).toBe(written.size);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const file = await verify(written.bytes, { level: 'file', expected });
    expect(file).toMatchObject({ ok: true, findings: [], ...expected, manifest: { id: ARCHIVE_ID } });
  });

  it('compares with what stands beside the file', async () => {
    for (const level of ['file', 'content'] as const) {
      const wrong = { sha256: '0'.repeat(64), md5: '1'.repeat(32), size: 5 };
      const report = await verify(written.bytes, { level, expected: wrong });
      expect(report.findings.map(({ error }) => [error.code, error.params.what])).toEqual([
        ['archive.file-changed', 'size'],
        ['archive.file-changed', 'sha256'],
        ['archive.file-changed', 'md5'],
      ]);
    }
  });

  it('reports every damaged block with its part and keys, and the entries whose blob is hit', async () => {
    const places = [...blockOffsets(parts)];
    const inRecords = places.find(({ type, block }) => type === 'records' && block === 1);
    const inBlob = places.find(({ type, block }) => type === 'blob' && block === 1);
    const inFingerprints = places.findLast(({ type }) => type === 'fingerprints');
    if (!inRecords || !inBlob || !inFingerprints) throw new Error('the sample is too small');
    const damaged = flip(written.bytes, inRecords.offset, inBlob.offset + 100, inFingerprints.offset + 1);
    const { findings } = await verify(damaged);
    const hit = (await index.page(0))[inRecords.part]?.record;
    expect(findings.map(summary)).toEqual([
      { area: 'block', code: 'archive.block-damaged', part: inBlob.part, block: 1 },
      {
        area: 'block',
        code: 'archive.block-damaged',
        part: inRecords.part,
        block: 1,
        from: hit?.blocks[1]?.first,
        to: hit?.last,
      },
      { area: 'blob', code: 'archive.blob-damaged', from: ['blob'], to: ['blob'] },
      expect.objectContaining({ area: 'block', part: inFingerprints.part, from: ['n', '0008'] }),
    ]);
    expect(findings[1]?.error.message).toMatch(
      /^Block 1 of part \d+ \(\["n","\d+"\] – \["n","\d+"\]\) is damaged/,
    );
  });

  it('goes on behind a damaged page and a damaged gzip header', async () => {
    const [page] = index.root.pages;
    const { findings } = await verify(flip(written.bytes, 3, (page?.offset ?? 0) + 5));
    expect(findings.map(summary).toSorted((a, b) => (a.area < b.area ? -1 : 1))).toEqual([
      { area: 'header', code: 'archive.header-damaged' },
      { area: 'page', code: 'archive.page-damaged', part: page?.part },
    ]);
  });

  it('names the root, the manifest and the footer', async () => {
    const { root } = written.manifest;
    const cases = [
      [root.offset + 3, 'root', 'archive.root-damaged'],
      [root.offset + root.length + 3, 'manifest', 'archive.manifest-damaged'],
      [written.size - 100, 'footer', 'archive.footer-damaged'],
      [written.size - 1, 'footer', 'archive.footer-damaged'],
    ] as const;
    for (const [offset, area, code] of cases) {
      expect((await verify(flip(written.bytes, offset))).findings.map(summary)).toEqual([{ area, code }]);
    }
  });

  it('calls a cut file and a foreign file by their name', async () => {
    for (const bytes of [written.bytes.subarray(0, -1), Buffer.alloc(0), noise(3000)]) {
      const report = await verify(bytes);
      expect(report.findings.map(summary)[0]).toEqual({ area: 'footer', code: 'archive.no-footer' });
      expect(report.ok).toBe(false);
    }
  });

  it('keeps a hundred findings and counts the rest', async () => {
    const many = await write(async (writer) => {
      for (let seed = 1; seed <= 120; seed++) await writer.blob(noise(100, seed));
      await writer.put(entry(['a']));
    });
    const archive = await open(many);
    const { index: pages } = archive.chunkSource();
    const listed = [...(await pages.page(0)), ...(await pages.page(1))];
    const all = [...blockOffsets(listed)].map(({ offset }) => offset + 1);
    const report = await verify(flip(many.bytes, ...all));
    expect(report.findings).toHaveLength(100);
    expect(report.more).toBe(all.length - 100);
  });

  it('checks the same on threads as it does on its own', async () => {
    expect(written.size).toBeGreaterThan(8 * 1024 * 1024);
    const small = await writeLines([[entry(['a']), entry(['b'])], [entry(['b'], { v: 2 })]]);
    expect(small.size).toBeLessThan(8 * 1024 * 1024);
    expect((await verify(small.bytes)).findings).toEqual([]);
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const verifying = verify(written.bytes, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(verifying).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('passes a failure of the storage on', async () => {
    const source = {
      size: written.size,
      read: async (offset: number, length: number) => {
        if (offset > 1000 && offset < written.size / 2) throw new Error('connection lost');
        return written.bytes.subarray(offset, offset + length);
      },
    };
    await expect(verifyArchive(source, { level: 'content' })).rejects.toThrow('connection lost');
  });
});

function* blockOffsets(
  parts: Awaited<ReturnType<ReturnType<Awaited<ReturnType<typeof open>>['chunkSource']>['index']['page']>>,
) {
  for (const { record, offset } of parts) {
    let at = offset + record.frame.length;
    for (const [block, { length }] of record.blocks.entries()) {
      yield { part: record.part, type: record.type, block, offset: at };
      at += length;
    }
  }
}
