import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, Perms, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import type { SearchEvent } from '../../../shared/model/search.ts';
import type { Target } from '../../../shared/model/target.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from '../engine-backup/codes.ts';
import { Workstation } from '../engine-backup/workstation.ts';

const CHILDREN = 1200;
const LARGE = Buffer.alloc(300_000, 'large value ');
const live: Target = { of: 'cluster', cluster: 'zk' };

let server: ZooKeeperServer;
let client: ZooKeeperClient;
let station: Workstation;
let folder: string;
let before: Target;
let after: Target;
let file: Target;

beforeAll(async () => {
  server = await startZooKeeper();
  client = await connect({ connectString: server.connectString });
  await client.create('/app', null);
  await client.create('/app/large', LARGE);
  await client.create('/app/empty', Buffer.alloc(0));
  await client.create('/app/deep', Buffer.from('jdbc:mysql://prod/orders'));
  await client.create('/app/deep/below', Buffer.from('x'));
  await client.create('/many', null);
  const names = Array.from({ length: CHILDREN }, (_, i) => `/many/n${String(i).padStart(5, '0')}`);
  await Promise.all(names.map((path) => client.create(path, Buffer.from(path))));
  for (const path of names.filter((_, i) => i % 3 === 0)) await client.create(`${path}/child`, null);
  folder = workFolder('looking');
  station = await Workstation.open();
  await station.addCluster('zk', [server]);
  await station.addStorage('disk', join(folder, 'disk'));
  await station.createTask('t', { sources: [{ roots: ['/app', '/many'] }] });
  before = { of: 'point', point: (await station.backup('t')).id };
  await client.setData('/app/deep', Buffer.from('jdbc:mysql://test/orders'));
  await client.setAcl('/app/empty', [
    { perms: Perms.read, scheme: 'world', id: 'anyone' },
    { perms: Perms.all, scheme: 'ip', id: '127.0.0.1' },
  ]);
  await client.delete('/app/large');
  await client.create('/app/new', Buffer.from('new'));
  const point = await station.backup('t');
  after = { of: 'point', point: point.id };
  file = { of: 'file', path: join(folder, 'disk', point.archives[0]?.path ?? '') };
});

afterAll(async () => {
  await client?.close();
  await station?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  removeWorkFolder(folder);
});

describe('children by offset', () => {
  it('are the same page wherever one looks, with their number', async () => {
    for (const target of [after, file, live]) {
      for (const offset of [0, 1, 255, 256, 257, 700, CHILDREN - 1]) {
        const place = await station.client.explore.place({ target, key: ['many'], offset, limit: 50 });
        const wanted = Array.from(
          { length: Math.min(50, CHILDREN - offset) },
          (_, i) => `n${String(offset + i).padStart(5, '0')}`,
        );
        expect(
          place.children.map(({ name }) => name),
          `${target.of} ${offset}`,
        ).toEqual(wanted);
        expect(place.total, `${target.of} ${offset}`).toBe(CHILDREN);
        expect(place.next !== undefined).toBe(offset + 50 < CHILDREN);
      }
      const beyond = await station.client.explore.place({
        target,
        key: ['many'],
        offset: CHILDREN,
        limit: 50,
      });
      expect(beyond).toMatchObject({ children: [], total: CHILDREN });
    }
  });

  it('are not counted in an archive for whoever only asks for the first page', async () => {
    const place = await station.client.explore.place({ target: after, key: ['many'], limit: 50 });
    expect(place).not.toHaveProperty('total');
    const few = await station.client.explore.place({ target: after, key: ['app'], limit: 50 });
    expect(few.total).toBe(3);
  });
});

describe('a cluster that changes while somebody looks', () => {
  it('is shown as it is now', async () => {
    await client.create('/moving', null);
    const names = async () =>
      (await station.client.explore.place({ target: live, key: ['moving'], limit: 9 })).children.map(
        ({ name }) => name,
      );
    expect(await names()).toEqual([]);
    await client.create('/moving/a', null);
    expect(await names()).toEqual(['a']);
    await client.delete('/moving/a');
    expect(await names()).toEqual([]);
  });
});

describe('a raw value', () => {
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  it('comes in ranges, byte for byte, from a point', async () => {
    const pieces: Buffer[] = [];
    const key = ['app', 'large'];
    for (let offset = 0; offset < LARGE.length; offset += 70_001) {
      const range = await station.client.explore.value({ target: before, key, offset, length: 70_001 });
      expect(range).toMatchObject({ present: true, size: LARGE.length, offset });
      pieces.push(Buffer.from(range.base64, 'base64'));
    }
    expect(hash(Buffer.concat(pieces))).toBe(hash(LARGE));
    const { entry } = await station.client.explore.place({ target: before, key, limit: 1 });
    expect(entry?.valueSize).toBe(LARGE.length);
  });

  it('tells an empty one from none, and what is not there is an error', async () => {
    const { explore } = station.client;
    for (const target of [after, live]) {
      expect(await explore.value({ target, key: ['app', 'empty'] })).toMatchObject({
        present: true,
        size: 0,
      });
      expect(await explore.value({ target, key: ['app'] })).toMatchObject({ present: false });
      expect(await codeOf(explore.value({ target, key: ['app', 'none'] }))).toBe('engine.no-entry');
    }
  });
});

describe('an access control list', () => {
  it('says who may do what, in a point and live', async () => {
    for (const target of [after, live]) {
      const { entry } = await station.client.explore.place({ target, key: ['app', 'empty'], limit: 1 });
      expect(entry?.access, target.of).toEqual([
        { effect: 'allow', scheme: 'world', who: 'anyone', operations: ['read'] },
        {
          effect: 'allow',
          scheme: 'ip',
          who: '127.0.0.1',
          operations: ['read', 'write', 'create', 'delete', 'admin'],
        },
      ]);
    }
  });
});

describe('a search', () => {
  async function search(
    target: Target,
    text: string,
    more: object = {},
    limit = 1000,
    prefix: string[] = [],
  ) {
    const events = await Array.fromAsync(
      await station.client.explore.search({ target, prefix, pattern: { text, ...more }, limit }),
    );
    const last = events.at(-1) as Extract<SearchEvent, { event: 'ended' }>;
    expect(last.event).toBe('ended');
    const matches = events.flatMap((event) => (event.event === 'found' ? event.matches : []));
    return { matches, last };
  }

  it('finds names, the same in a cluster, a point and a file', async () => {
    const wanted = Array.from({ length: 10 }, (_, i) => ['many', `n0019${i}`]);
    for (const target of [live, after, file]) {
      const { matches, last } = await search(target, 'N0019');
      expect(
        matches.map(({ key }) => key),
        target.of,
      ).toEqual(wanted);
      expect(last).toMatchObject({ found: 10, more: false });
    }
    const { matches } = await search(after, '^n00(7|8)\\d0$', { regularExpression: true });
    expect(matches.map(({ key }) => key[1])).toEqual([
      'n00700',
      'n00710',
      'n00720',
      'n00730',
      'n00740',
      'n00750',
      'n00760',
      'n00770',
      'n00780',
      'n00790',
      'n00800',
      'n00810',
      'n00820',
      'n00830',
      'n00840',
      'n00850',
      'n00860',
      'n00870',
      'n00880',
      'n00890',
    ]);
  });

  it('finds what values hold, with what stands around it, and says what it did not read', async () => {
    const content = { within: ['content'] };
    const { matches, last } = await search(before, 'PROD/', content);
    expect(matches).toEqual([
      { key: ['app', 'deep'], kind: 'znode', within: 'content', excerpt: 'jdbc:mysql://prod/orders' },
    ]);
    expect(last.unread).toBe(1);
    expect((await search(live, 'test/orders', content)).matches).toHaveLength(1);
    expect((await search(after, 'PROD/', { ...content, matchCase: true })).matches).toEqual([]);
  });

  it('keeps to its prefix and to its limit', async () => {
    const below = await search(after, 'n', {}, 1000, ['app']);
    expect(below.matches.map(({ key }) => key.join('/'))).toEqual(['app/new']);
    const alone = await search(live, 'n', {}, 1000, ['app']);
    expect(alone.matches.map(({ key }) => key.join('/'))).toEqual(['app/new']);
    // Of the others not more is read than stands above it.
    expect(alone.last.searched).toBeLessThan(10);
    expect((await search(live, 'n', {}, 1000, ['nowhere'])).matches).toEqual([]);
    const some = await search(after, 'child', {}, 7);
    expect(some.matches).toHaveLength(7);
    expect(some.last).toMatchObject({ found: 7, more: true });
  });

  it('refuses an expression that is none', async () => {
    const pattern = { text: '(', regularExpression: true };
    const stream = station.client.explore.search({ target: after, prefix: [], pattern });
    expect(await codeOf(stream.then((events) => Array.fromAsync(events)))).toBe('general.invalid-input');
  });
});

describe('a diff', () => {
  const keys = (batches: readonly ShownDifference[][]) =>
    batches.flat().map(({ change, key }) => `${change} /${key.join('/')}`);
  const WHOLE = ['changed /app/deep', 'changed /app/empty', 'removed /app/large', 'added /app/new'];

  it('comes in pages that together are the whole', async () => {
    const { explore } = station.client;
    const diff = async (more: object) =>
      Array.fromAsync(await explore.diff({ left: before, right: after, prefix: ['app'], ...more }));
    expect(keys(await diff({}))).toEqual(WHOLE);
    const pages: string[] = [];
    for (let key: string[] | undefined = []; key !== undefined; ) {
      const page: ShownDifference[] = (
        await diff({ limit: 3, ...(key.length > 0 && { after: key }) })
      ).flat();
      expect(page.length).toBeLessThanOrEqual(3);
      pages.push(...keys([page]));
      key = page.length < 3 ? undefined : page.at(-1)?.key;
    }
    expect(pages).toEqual(WHOLE);
  });

  it('is narrowed by kind of change and by text', async () => {
    const { explore } = station.client;
    const diff = async (left: Target, right: Target, more: object) =>
      keys(await Array.fromAsync(await explore.diff({ left, right, prefix: ['app'], ...more })));
    expect(await diff(before, after, { changes: ['added', 'removed'] })).toEqual(WHOLE.slice(2));
    expect(await diff(before, after, { containing: 'DEE' })).toEqual(WHOLE.slice(0, 1));
    expect(await diff(before, live, { changes: ['added'] })).toEqual(['added /app/new']);
  });

  it('is counted by the kind of change, of points and against the cluster', async () => {
    for (const right of [after, live]) {
      const events = await Array.fromAsync(
        await station.client.explore.countDifferences({ left: before, right, prefix: ['app'] }),
      );
      expect(events.at(-1), right.of).toEqual({
        event: 'counted',
        counts: { added: 1, removed: 1, changed: 2 },
      });
    }
  });
});

describe('timelines and histories', () => {
  it('show of a point what a badge needs, once it was verified', async () => {
    const { client: api } = station;
    const [newest, first] = await api.points.timeline({ cluster: 'zk', limit: 10 });
    expect(newest).toMatchObject({
      services: ['ZooKeeper'],
      complete: true,
      pinned: false,
      encrypted: false,
    });
    expect(newest?.bytes).toBeGreaterThan(0);
    expect(newest).not.toHaveProperty('verified');
    expect(newest).not.toHaveProperty('archives');
    await Array.fromAsync(await api.explore.verify({ target: before, level: 'content' }));
    const [again] = await api.points.timeline({ until: first?.created ?? '', limit: 10 });
    expect(again).toMatchObject({ id: first?.id, verified: { level: 'content', sound: true } });
    await api.storages.rescan({ name: 'disk' });
    const after = await api.points.timeline({ since: first?.created ?? '', limit: 10 });
    expect(after.find(({ id }) => id === first?.id)?.verified).toMatchObject({ level: 'content' });
  });

  it('show of a run its size and how long it took', async () => {
    const { client: api } = station;
    const runs = await api.runs.list({ cluster: 'zk', kinds: ['backup'], states: ['succeeded'], limit: 10 });
    expect(runs).toHaveLength(2);
    for (const { bytes, milliseconds } of runs) {
      expect(bytes).toBeGreaterThan(0);
      expect(milliseconds).toBeGreaterThanOrEqual(0);
    }
    expect(await api.runs.list({ kinds: ['restore'], limit: 10 })).toEqual([]);
  });
});

describe('a restore', () => {
  it('leaves a report of what was planned, done and left', async () => {
    const { client: api } = station;
    const order = { from: before, services: [], select: ['/app'], mode: 'equal' } as const;
    const events = await Array.fromAsync(
      await api.restores.plan({ ...order, services: [], select: ['/app'] }),
    );
    const last = events.at(-1);
    if (last?.event !== 'planned') throw new Error('there is no plan');
    const { plan } = last;
    expect(await api.restores.show({ plan: plan.id })).toEqual(plan);
    await client.setData('/app/new', Buffer.from('changed since the plan'));
    const { run } = await station.ended((await api.restores.start({ plan: plan.id, confirm: 'zk' })).id);
    const report = await api.restores.report({ run: run.id.slice(0, 8) });
    expect(report).toMatchObject({ run: { id: run.id, state: run.state }, plan: { id: plan.id } });
    const [service] = report.services;
    expect(service).toMatchObject({
      service: 'ZooKeeper',
      planned: plan.steps,
      conflicts: 1,
      failed: 0,
      untried: 0,
    });
    expect((service?.applied ?? 0) + (service?.already ?? 0)).toBe(plan.steps - 1);
    expect(service?.left).toMatchObject([
      { outcome: 'conflict', step: { key: ['app', 'new'], action: 'remove' } },
    ]);
    expect(service?.undo).toMatch(/\.tar\.gz$/);
    expect(report.differences).toBe(run.counts.differences);
    expect(report.log.length).toBeGreaterThan(0);
    const [backup] = await api.runs.list({ kinds: ['backup'], limit: 1 });
    expect(await codeOf(api.restores.report({ run: backup?.id ?? '' }))).toBe('general.invalid-input');
  });
});
