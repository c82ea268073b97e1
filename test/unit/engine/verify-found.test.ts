import { describe, expect, it } from 'vitest';
import { openArchiveWriter } from '../../../main/archive/index.ts';
import type { FoundArchive } from '../../../main/engine/points/found-archive.ts';
import { verifyFound } from '../../../main/engine/verify/verify-found.ts';

async function smallArchive(): Promise<FoundArchive> {
  const id = 'ab'.repeat(16);
  const writer = openArchiveWriter({ id, created: new Date('2026-01-02T03:04:05Z') });
  const chunks: Uint8Array[] = [];
  const collected = (async () => {
    for await (const chunk of writer.bytes) chunks.push(chunk);
  })();
  await writer.put({ kind: 'znode', key: ['a'], content: { data: null }, observed: {} });
  const { manifest, sha256, md5, size } = await writer.finish({
    finished: '2026-01-02T03:04:06.000Z',
    tool: { name: 'holdfast', version: '0' },
    source: { id: 'zookeeper', service: 'ZooKeeper', version: null },
    cluster: { id: '', name: '', identity: {} },
    task: null,
    run: null,
    set: id,
    parent: null,
    depth: 0,
    complete: true,
    selection: {},
    position: {},
    notes: [],
    sensitive: [],
    consent: false,
  });
  await collected;
  const bytes = Buffer.concat(chunks);
  return {
    name: '0_ZooKeeper_20260102030405.tar.gz',
    service: 'ZooKeeper',
    manifest,
    source: { size, read: async (offset, length) => bytes.subarray(offset, offset + length) },
    secrets: [],
    expected: { sha256, size },
    readBeside: async () => ({ sha256, md5 }),
    parents: [],
  };
}

function verify(archive: FoundArchive) {
  return verifyFound(archive, 'file', () => {}, new AbortController().signal);
}

describe('verifying a found archive', () => {
  it('is content when bytes, catalog and checksum files agree', async () => {
    expect(await verify(await smallArchive())).toMatchObject({ sound: true, damage: [], entries: 1 });
  });

  it('believes no checksum file that contradicts the catalog', async () => {
    const archive = await smallArchive();
    const { sound, damage } = await verify({
      ...archive,
      readBeside: async () => ({ sha256: 'f'.repeat(64) }),
    });
    expect(sound).toBe(false);
    expect(damage.map(({ where }) => where.en)).toContain(`${archive.name}.sha256`);
  });

  it('finds an archive without a catalog that is not what its checksum files say', async () => {
    const { expected: _, ...archive } = await smallArchive();
    for (const beside of [{ sha256: 'f'.repeat(64) }, { md5: 'f'.repeat(32) }, { sha256: 'unreadable' }]) {
      expect((await verify({ ...archive, readBeside: async () => beside })).sound).toBe(false);
    }
  });
});
