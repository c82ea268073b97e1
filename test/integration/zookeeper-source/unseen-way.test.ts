import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Acl, Perms, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { PointView, SourceConnection } from '../../../main/sources/contract.ts';
import { digestId } from '../../../main/sources/zookeeper/acl.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { captureToMemory, type MemoryPoint } from '../../support/point-memory.ts';
import {
  compareInMemory,
  describeDone,
  planToMemory,
  restoreFromMemory,
} from '../../support/restore-memory.ts';
import { asSuper, equal, openClient, openSource, superPassword } from './connections.ts';

/** Nobody but the owner and the super user may read it. */
const shut: readonly Acl[] = [
  { perms: Perms.all, scheme: 'digest', id: digestId('owner', 'secret') },
  { perms: Perms.create | Perms.delete | Perms.write, scheme: 'world', id: 'anyone' },
];
/** What is covered lies below a name that the pattern leaves open. */
const configs = { roots: ['/'], include: ['/apps/*/*/config'], exclude: [] };
const billing = ['/apps/billing', '/apps/billing/x', '/apps/billing/x/config'];

let server: ZooKeeperServer;
let client: ZooKeeperClient;
let source: SourceConnection;
let superSource: SourceConnection;

beforeAll(async () => {
  server = await startZooKeeper({ superPassword });
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

beforeEach(async () => {
  client = await openClient(server, `super:${superPassword}`);
  source = await openSource(server);
  superSource = await openSource(server, asSuper);
  await build('/keep', '/apps', ...billing, '/apps/shop', '/apps/shop/y', '/apps/shop/y/config');
});

afterEach(async () => {
  await removeAll('/apps');
  await removeAll('/keep');
  await Promise.all([client.close(), source.close(), superSource.close()]);
});

async function build(...paths: string[]): Promise<void> {
  for (const path of paths) await client.create(path, Buffer.from(path));
}

async function removeAll(path: string): Promise<void> {
  for (const name of (await client.getChildren(path)).children) await removeAll(`${path}/${name}`);
  await client.delete(path);
}

async function living(paths: readonly string[]): Promise<readonly string[]> {
  const stats = await Promise.all(paths.map((path) => client.exists(path)));
  return paths.filter((_, i) => stats[i] !== null);
}

function codes(notes: readonly { code: string; params: Readonly<Record<string, unknown>> }[]): string[] {
  return notes.map(({ code, params }) => `${code} ${String(params.path ?? '')}`).sort();
}

function paths(point: MemoryPoint): string[] {
  return point.content.map(({ key }) => `/${key.join('/')}`);
}

/** The point as an archive has it whose capture did not tell of nodes on the way. */
async function untold(point: MemoryPoint): Promise<PointView> {
  const { position, selection, version } = point;
  const { identity } = await source.probe();
  return {
    position,
    identity,
    selection,
    version,
    notes: [],
    entries: (prefix, signal) => point.entries(prefix, signal),
    entry: (key) => point.entry(key),
    blob: (entry, sha256) => point.blob(entry, sha256),
  };
}

describe('a node on the way to a pattern that the account may not read', () => {
  it('is missing from the capture: what lies below it may be covered', async () => {
    await client.setAcl('/apps/billing', shut);
    const point = await captureToMemory(source, configs);
    expect(codes(point.missing)).toEqual(['unreadable /apps/billing']);
    expect(paths(point)).toEqual(['/', '/apps', '/apps/shop', '/apps/shop/y', '/apps/shop/y/config']);
  });

  it('is missing when its ACL was tightened between two captures, however little is selected', async () => {
    const selection = { roots: ['/'], include: ['/apps/b*'], exclude: [] };
    expect((await captureToMemory(source, selection)).missing).toEqual([]);
    await client.setAcl('/apps', shut);
    const point = await captureToMemory(source, selection);
    expect(paths(point)).toEqual(['/']);
    expect(codes(point.missing)).toEqual(['unreadable /apps']);
  });

  it('is told when its ACL is changed during the capture, either way', async () => {
    await client.setAcl('/apps/billing', shut);
    let opened: Promise<unknown> | undefined;
    const entries = new Set<string>();
    const summary = await source.capture(configs, {
      put: (line) => {
        entries.add(`/${line.key.join('/')}`);
        opened ??= client
          .setAcl('/apps/billing', [{ perms: Perms.all, scheme: 'world', id: 'anyone' }])
          .then(() => client.create('/apps/billing/z', null));
        return opened.then(() => {});
      },
      flush: () => {},
      blob: () => Promise.reject(new Error('no value is large')),
      progress: () => {},
      warn: () => {},
    });
    const told = codes(summary.missing).includes('unreadable /apps/billing');
    expect(told || entries.has('/apps/billing/x/config')).toBe(true);
  });

  it('is not removed, nor anything below it, by a restore that may read it', async () => {
    await client.setAcl('/apps/billing', shut);
    const point = await captureToMemory(source, configs);
    await build(
      '/apps/billing/new',
      '/apps/billing/new/config',
      '/apps/shop/extra',
      '/apps/shop/extra/config',
    );
    const { done, notes } = await restoreFromMemory(superSource, point, equal);
    expect(done.map(describeDone)).toEqual([
      'remove /apps/shop/extra/config: applied',
      'remove /apps/shop/extra: applied',
    ]);
    expect(codes(notes)).toEqual(['unseen-left-alone /apps/billing']);
    expect(await living([...billing, '/apps/billing/new/config'])).toHaveLength(4);
    expect(await compareInMemory(superSource, point, equal)).toEqual([]);
  });

  it('is not removed though it was made anew since the capture', async () => {
    await client.setAcl('/apps/billing', shut);
    const point = await captureToMemory(source, configs);
    await removeAll('/apps/billing');
    await build(...billing);
    const { steps, notes } = await planToMemory(superSource, point, equal);
    expect(steps).toEqual([]);
    expect(codes(notes)).toEqual(['unseen-left-alone /apps/billing']);
  });

  it('is not removed either where the archive does not tell of it: it was there before the capture', async () => {
    await client.setAcl('/apps/billing', shut);
    const point = await untold(await captureToMemory(source, configs));
    await build(
      '/apps/billing/new',
      '/apps/billing/new/config',
      '/apps/shop/extra',
      '/apps/shop/extra/config',
    );
    const { steps, notes } = await planToMemory(superSource, point, equal);
    expect(steps.map(({ action, key }) => `${action} /${key.join('/')}`)).toEqual([
      'remove /apps/shop/extra/config',
      'remove /apps/shop/extra',
    ]);
    expect(codes(notes)).toEqual(['unseen-left-alone /apps/billing']);
    const differences = await compareInMemory(superSource, point, equal);
    expect(differences.map(({ key }) => key.join('/'))).toEqual(['apps/shop/extra/config']);
  });

  it('makes an undo point incomplete, and what is below it is left alone with a note', async () => {
    const point = await captureToMemory(superSource, configs);
    await client.setAcl('/apps/billing', shut);
    const undo = await captureToMemory(source, source.affected(point, equal));
    expect(codes(undo.missing)).toEqual(['unreadable /apps/billing']);
    const { steps, notes } = await planToMemory(source, point, equal);
    expect(steps).toEqual([]);
    expect(codes(notes)).toEqual(['unreadable-left-alone /apps/billing']);
    const differences = await compareInMemory(source, point, equal);
    expect(differences.map(({ change, key }) => `${change} ${key.join('/')}`)).toEqual([
      'changed apps/billing',
      'removed apps/billing/x/config',
    ]);
  });
});

describe('a node passed through by name that the account may not read', () => {
  const named = { roots: ['/apps/billing/x', '/apps/billing/gone'], include: [], exclude: [] };

  it('hides nothing: what is named below it is captured, and extras there are removed', async () => {
    await client.setAcl('/apps/billing', shut);
    const point = await captureToMemory(source, named);
    expect(point.missing).toEqual([]);
    expect(codes(point.warnings)).toEqual(['unreadable-on-the-way /apps/billing']);
    expect(paths(point)).toEqual(['/', '/apps', '/apps/billing/x', '/apps/billing/x/config']);
    await build('/apps/billing/x/extra', '/apps/billing/gone');
    const { done } = await restoreFromMemory(superSource, point, equal);
    expect(done.map(describeDone)).toEqual([
      'remove /apps/billing/gone: applied',
      'remove /apps/billing/x/extra: applied',
    ]);
  });

  it('is never taken for one that was made for a restore', async () => {
    await client.setAcl('/apps/billing', shut);
    await removeAll('/apps/billing/x');
    const point = await captureToMemory(source, named);
    await client.delete('/apps/billing');
    await build('/apps/billing', '/apps/billing/gone');
    const { done } = await restoreFromMemory(superSource, point, equal);
    expect(done.map(describeDone)).toEqual(['remove /apps/billing/gone: applied']);
    expect(await living(['/apps/billing'])).toHaveLength(1);
  });
});

describe('the same paths in another ensemble', () => {
  it('are extras there, however old: their zxids say nothing of this one', async () => {
    await using other = await startZooKeeper({ superPassword });
    const elsewhere = await openClient(other, `super:${superPassword}`);
    const target = await openSource(other, asSuper);
    try {
      for (const path of ['/apps', ...billing]) await elsewhere.create(path, null);
      await client.setAcl('/apps/billing', shut);
      const point = await untold(
        await captureToMemory(source, { ...configs, include: ['/apps/shop/**', '/apps/b*'] }),
      );
      const { steps } = await planToMemory(target, point, equal);
      expect(steps.filter(({ action }) => action === 'remove')).toHaveLength(3);
    } finally {
      await Promise.all([elsewhere.close(), target.close()]);
    }
  });
});
