import { beforeEach, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../main/catalog/catalog.ts';
import type { Lease } from '../../../main/engine/control/lease.ts';
import { dropVanished } from '../../../main/engine/rescan/drop-vanished.ts';
import { Findings } from '../../../main/engine/rescan/findings.ts';
import { readArchives } from '../../../main/engine/rescan/read-archives.ts';
import { repairChecksums } from '../../../main/engine/rescan/repair-checksums.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { saying } from '../../support/saying.ts';
import { archive, id, point, storage } from '../catalog/sample.ts';
import { temporaryCatalog } from '../catalog/temporary.ts';

const { signal } = new AbortController();

let catalog: Catalog;

beforeEach(() => {
  catalog = temporaryCatalog().catalog;
  catalog.storages.add(storage(1));
  catalog.points.put(point(1));
  catalog.points.put(point(2));
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('archives that cannot be read', () => {
  /** A storage with one object that fails with this error when it is read. */
  async function failing(error: HoldfastError) {
    const store = new MemoryStorage();
    store.read = () => {
      throw error;
    };
    await store.write('t/a.tar.gz', bytes('x'.repeat(1000)));
    return { config: storage(1), storage: store };
  }

  it.each([
    new HoldfastError('storage.unreachable', { problem: 'cut' }),
    new HoldfastError('storage.failed', { path: 't/a.tar.gz', problem: 'busy' }),
    new HoldfastError('archive.short-read', { found: 1, offset: 0, length: 2 }),
  ])('because of a storage that fails ($code) say nothing', async (error) => {
    const findings = new Findings();
    const reading = readArchives(catalog, await failing(error), ['t/a.tar.gz'], undefined, findings, signal);
    await expect(reading).rejects.toBe(error);
    expect(findings).toEqual(new Findings());
  });

  it('because they are damaged are named', async () => {
    const error = new HoldfastError('storage.truncated', { path: 't/a.tar.gz', expected: 9, actual: 1 });
    const findings = new Findings();
    const scanned = await failing(error);
    expect(await readArchives(catalog, scanned, ['t/a.tar.gz'], undefined, findings, signal)).toEqual([]);
    expect(findings.damaged).toEqual([saying('t/a.tar.gz')]);
  });

  it('because they went meanwhile are passed over', async () => {
    const findings = new Findings();
    const scanned = { config: storage(1), storage: new MemoryStorage() };
    expect(await readArchives(catalog, scanned, ['t/a.tar.gz'], undefined, findings, signal)).toEqual([]);
    expect(findings).toEqual(new Findings());
  });
});

describe('a checksum file without an archive', () => {
  const lease: Lease = { owner: { hostName: 'ws', dataDirectory: id(7) }, now: () => new Date(), confirm };
  const name = '3.9.4_ZooKeeper_20260601100000.tar.gz';
  let confirmed = 0;

  async function confirm(): Promise<void> {
    confirmed++;
  }

  /** What is left of the directory, in which only the checksum file was listed. */
  async function repair(names: readonly string[]): Promise<string[]> {
    const store = new MemoryStorage();
    for (const each of names) await store.write(`t/${each}`, bytes('x'));
    const listing = { directory: 't', names: new Set([`${name}.md5`]) };
    await repairChecksums(store, listing, [], lease, new Findings(), signal);
    const left = await Array.fromAsync(store.list('t'));
    return left.map(({ path }) => path);
  }

  it('is removed under the lease', async () => {
    expect(await repair([`${name}.md5`])).toEqual([]);
    expect(confirmed).toBe(1);
  });

  it('stays when its archive has come since', async () => {
    expect(await repair([name, `${name}.md5`])).toHaveLength(2);
  });
});

describe('archives that a listing does not show', () => {
  const known = [archive(1), archive(2)];

  it('are dropped only when the storage says that they are gone', async () => {
    const store = new MemoryStorage();
    await store.write(archive(1).path, bytes('made after the listing'));
    const findings = new Findings();
    await dropVanished(catalog, store, known, new Set(), [], findings, signal);
    expect(catalog.points.list({ limit: 9 }).map((each) => each.id)).toEqual([id(1)]);
    expect(findings.repaired).toEqual([saying(archive(2).path)]);
  });

  it('stay when the catalog got them after it was asked', async () => {
    await dropVanished(catalog, new MemoryStorage(), [], new Set(), [], new Findings(), signal);
    expect(catalog.points.list({ limit: 9 })).toHaveLength(2);
  });
});
