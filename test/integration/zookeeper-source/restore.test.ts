import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Acl, connect, openAcl, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { RestoreRequest, SourceConnection } from '../../../main/sources/contract.ts';
import { dumpWithJava } from '../../foreign/zookeeper.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { captureToMemory, type MemoryPoint } from '../../support/point-memory.ts';
import {
  applyFromMemory,
  compareInMemory,
  type Done,
  describeDone,
  planToMemory,
  restoreFromMemory,
} from '../../support/restore-memory.ts';
import { asSuper, equal, merge, openClient, openSource, selectionOf, superPassword } from './connections.ts';

let server: ZooKeeperServer;
let client: ZooKeeperClient;
let source: SourceConnection;

beforeAll(async () => {
  server = await startZooKeeper({ superPassword });
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

beforeEach(async () => {
  client = await openClient(server, `super:${superPassword}`);
  source = await openSource(server);
});

afterEach(async () => {
  for (const name of (await client.getChildren('/')).children)
    if (name !== 'zookeeper') await removeAll(`/${name}`);
  await Promise.all([client.close(), source.close()]);
});

async function removeAll(path: string): Promise<void> {
  for (const name of (await client.getChildren(path)).children) await removeAll(`${path}/${name}`);
  await client.delete(path);
}

/** Nodes by path; a value is data, null for none. Parents come first. */
async function build(
  nodes: Readonly<Record<string, string | null>>,
  acl: readonly Acl[] = openAcl,
): Promise<void> {
  for (const [path, data] of Object.entries(nodes)) {
    await client.create(path, data === null ? null : Buffer.from(data), { acl });
  }
}

/** Data by path, as ZooKeeper's own client reads it. */
async function seen(path: string): Promise<Record<string, string | null>> {
  const dump = await dumpWithJava(server, path, { digest: `super:${superPassword}` });
  return Object.fromEntries(dump.map((node) => [node.path, text(node.data)]));
}

function text(data: string | null): string | null {
  return data === null ? null : Buffer.from(data, 'base64').toString();
}

function codes(notes: readonly { code: string; params: Readonly<Record<string, unknown>> }[]): string[] {
  return notes.map(({ code, params }) => `${code} ${String(params.path ?? '')}`).sort();
}

describe('restoring what was broken', () => {
  let point: MemoryPoint;
  const before = {
    '/app': 'root',
    '/app/a': '1',
    '/app/a/deep': 'd',
    '/app/b': null,
    '/app/c': '',
    '/app/e': 'x',
  };

  beforeEach(async () => {
    await build(before);
    point = await captureToMemory(source, selectionOf('/app'));
    await client.setData('/app', Buffer.from('changed'));
    await client.delete('/app/a/deep');
    await client.delete('/app/a');
    await client.setData('/app/b', Buffer.from(''));
    await client.setData('/app/c', null);
    await build({ '/app/extra': 'new', '/app/extra/below': 'new' });
  });

  it('makes the target equal: null and empty data differ, extras go', async () => {
    const { done } = await restoreFromMemory(source, point, equal);
    expect(done.map(describeDone)).toEqual([
      'remove /app/extra/below: applied',
      'remove /app/extra: applied',
      'change /app: applied',
      'create /app/a: applied',
      'create /app/a/deep: applied',
      'change /app/b: applied',
      'change /app/c: applied',
    ]);
    expect(await seen('/app')).toEqual(before);
    expect((await planToMemory(source, point, equal)).steps).toEqual([]);
    expect(await compareInMemory(source, point, equal)).toEqual([]);
  });

  it('only adds and changes when merging', async () => {
    await restoreFromMemory(source, point, merge);
    expect(await seen('/app')).toEqual({ ...before, '/app/extra': 'new', '/app/extra/below': 'new' });
    expect(await compareInMemory(source, point, merge)).toEqual([]);
    const left = await compareInMemory(source, point, equal);
    expect(left.map(({ change, key }) => `${change} ${key.join('/')}`)).toEqual([
      'added app/extra',
      'added app/extra/below',
    ]);
  });

  it('tells every difference', async () => {
    const differences = await compareInMemory(source, point, equal);
    expect(
      differences.map(({ change, key, members }) => `${change} ${key.join('/')} ${members.join()}`),
    ).toEqual([
      'changed app data',
      'removed app/a ',
      'removed app/a/deep ',
      'changed app/b data',
      'changed app/c data',
      'added app/extra ',
      'added app/extra/below ',
    ]);
  });

  it.each<[string, RestoreRequest, Record<string, string | null>]>([
    ['one node alone', { select: ['/app/b/.'], mode: 'equal' }, { '/app/b': null }],
    ['a subtree', { select: ['/app/a'], mode: 'equal' }, { '/app/a': '1', '/app/a/deep': 'd' }],
    [
      'a pattern, with the node above it',
      { select: ['/app/**/deep'], mode: 'equal' },
      { '/app/a': '1', '/app/a/deep': 'd' },
    ],
    [
      'nodes by a wildcard',
      { select: ['/app/?/.'], mode: 'equal' },
      { '/app/a': '1', '/app/b': null, '/app/c': '', '/app/e': 'x' },
    ],
  ])('restores %s and nothing else', async (_, request, changed) => {
    const live = await seen('/app');
    const { done } = await restoreFromMemory(source, point, request);
    expect(done.every(({ outcome }) => outcome.outcome === 'applied')).toBe(true);
    expect(await seen('/app')).toEqual({ ...live, ...changed });
  });

  it('puts a subtree elsewhere, and leaves nothing of it when undone', async () => {
    const request: RestoreRequest = { select: ['/app'], into: '/copies/today/app', mode: 'equal' };
    const live = await seen('/');
    const undo = await captureToMemory(source, source.affected(point, request));
    expect(undo.missing).toEqual([]);
    const { notes } = await restoreFromMemory(source, point, request);
    expect(codes(notes)).toEqual(['parent-made /copies', 'parent-made /copies/today']);
    const moved = Object.fromEntries(
      Object.entries(before).map(([path, data]) => [`/copies/today${path}`, data]),
    );
    expect(await seen('/copies')).toEqual({ '/copies': null, '/copies/today': null, ...moved });
    expect(await compareInMemory(source, point, request)).toEqual([]);

    await restoreFromMemory(source, undo, equal);
    expect(await seen('/')).toEqual(live);
  });

  it('takes back a restore by its undo point', async () => {
    const live = await dumpWithJava(server, '/app');
    const undo = await captureToMemory(source, source.affected(point, equal));
    await restoreFromMemory(source, point, equal);
    await restoreFromMemory(source, undo, equal);
    const content = ({ path, data, acl }: (typeof live)[number]) => ({ path, data, acl });
    expect((await dumpWithJava(server, '/app')).map(content)).toEqual(live.map(content));
    expect(await compareInMemory(source, undo, equal)).toEqual([]);
  });

  it('leaves alone what changed after the plan, and does the rest', async () => {
    const { steps } = await planToMemory(source, point, equal);
    await client.setData('/app/b', Buffer.from('by another'));
    await build({ '/app/a': 'by another' });
    await client.create('/app/extra/late', null);
    const done = await applyFromMemory(source, point, equal, steps);
    expect(results(done)).toEqual([
      'change /app/b: conflict',
      'change /app/c: applied',
      'change /app: applied',
      'create /app/a/deep: applied',
      'create /app/a: conflict',
      'remove /app/extra/below: applied',
      'remove /app/extra: conflict',
    ]);
    expect(await seen('/app')).toEqual({
      ...before,
      '/app/a': 'by another',
      '/app/b': 'by another',
      '/app/extra': 'new',
      '/app/extra/late': null,
    });
  });

  it('does not take a node that was created again for the one it planned on', async () => {
    const { steps } = await planToMemory(source, point, equal);
    await client.delete('/app/extra/below');
    await client.delete('/app/extra');
    await build({ '/app/extra': 'somebody’s', '/app/extra/below': 'somebody’s' });
    const done = await applyFromMemory(source, point, equal, steps);
    expect(done.map(describeDone).filter((line) => line.includes('extra'))).toEqual([
      expect.stringContaining('remove /app/extra/below: conflict'),
      expect.stringContaining('remove /app/extra: conflict'),
    ]);
    expect(await seen('/app/extra')).toEqual({
      '/app/extra': 'somebody’s',
      '/app/extra/below': 'somebody’s',
    });
  });

  it('is done once: applying the same steps again changes nothing', async () => {
    const { steps } = await planToMemory(source, point, equal);
    await applyFromMemory(source, point, equal, steps);
    const dump = await dumpWithJava(server, '/app');
    const again = await applyFromMemory(source, point, equal, steps);
    expect(again.map(({ outcome }) => outcome.outcome)).toEqual(steps.map(() => 'already'));
    expect(await dumpWithJava(server, '/app')).toEqual(dump);
  });
});

/** Outcomes without details, sorted. */
function results(done: readonly Done[]): string[] {
  return done.map((each) => describeDone(each).replace(/ \(.*/, '')).sort();
}

describe('what has its own rules', () => {
  it('keeps ephemeral nodes, and the nodes above them', async () => {
    await build({ '/svc': 'x' });
    const point = await captureToMemory(source, selectionOf('/svc'));
    await build({ '/svc/members': null });
    await client.create('/svc/members/1', Buffer.from('alive'), { mode: 'ephemeral' });
    await build({ '/svc/members/old': null });
    const { done, notes } = await restoreFromMemory(source, point, equal);
    expect(done.map(describeDone)).toEqual(['remove /svc/members/old: applied']);
    expect(codes(notes)).toEqual(['ephemeral-stays /svc/members/1', 'parent-stays /svc/members']);
    expect(await seen('/svc')).toEqual({ '/svc': 'x', '/svc/members': null, '/svc/members/1': 'alive' });
  });

  it('records ephemeral nodes and does not restore them', async () => {
    await build({ '/svc': null });
    await client.create('/svc/me', Buffer.from('alive'), { mode: 'ephemeral' });
    const point = await captureToMemory(source, selectionOf('/svc'));
    expect(point.content.map(({ kind, key }) => `${kind} ${key.join('/')}`)).toEqual([
      'znode ',
      'znode svc',
      'ephemeral svc/me',
    ]);
    expect(point.content[2]?.observed.ephemeralOwner).toBe(`0x${client.sessionId.toString(16)}`);
    expect(point.warnings.map(({ code }) => code)).toEqual(['ephemeral-not-restored']);
    await client.delete('/svc/me');
    const { done, notes } = await restoreFromMemory(source, point, equal);
    expect(done).toEqual([]);
    expect(codes(notes)).toEqual(['ephemeral-not-restored /svc/me']);
    expect(await compareInMemory(source, point, equal)).toEqual([]);
  });

  it('restores values over 64 KiB, and gives a value the server refuses its own failure', async () => {
    await build({
      '/big': null,
      '/big/a': 'x'.repeat(65_536),
      '/big/b': 'y'.repeat(65_537),
      '/big/c': 'z'.repeat(1_000_000),
    });
    const point = await captureToMemory(source, selectionOf('/big'));
    const data = point.content.slice(2).map(({ content }) => typeof content.data);
    expect(data).toEqual(['string', 'object', 'object']);
    const before = await seen('/big');
    await removeAll('/big');

    const small = await startZooKeeper({ maxBuffer: 600_000 });
    const narrow = await openSource(small);
    const { done } = await restoreFromMemory(narrow, point, equal);
    expect(done.map(describeDone)).toEqual([
      'create /big: applied',
      'create /big/a: applied',
      'create /big/b: applied',
      expect.stringMatching(/^create \/big\/c: failed .*jute\.maxbuffer/),
    ]);
    await narrow.close();
    await small[Symbol.asyncDispose]();

    const { done: here } = await restoreFromMemory(source, point, equal);
    expect(here.map(({ outcome }) => outcome.outcome)).toEqual(here.map(() => 'applied'));
    expect(await seen('/big')).toEqual(before);
    expect(await compareInMemory(source, point, equal)).toEqual([]);
  });

  it('raises counters to what they were, never lowers them, and says when one is too far off', async () => {
    await build({ '/queue': null });
    for (let i = 0; i < 25; i++) {
      const { path } = await client.create('/queue/job-', null, { mode: 'persistentSequential' });
      if (i % 3 > 0) await client.delete(path);
    }
    const point = await captureToMemory(source, selectionOf('/queue'));
    await removeAll('/queue');
    const careful = await openSource(server, { counterLimit: 5 });
    const { notes } = await planToMemory(careful, point, equal);
    expect(codes(notes)).toEqual(['counter-not-raised /queue']);
    await careful.close();

    await restoreFromMemory(source, point, equal);
    expect((await client.create('/queue/job-', null, { mode: 'persistentSequential' })).path).toBe(
      '/queue/job-0000000025',
    );
    await client.delete('/queue/job-0000000025');
    expect(await compareInMemory(source, point, equal)).toEqual([]);
    expect((await planToMemory(source, point, equal)).steps).toEqual([]);
  });

  it('raises a counter by tens of thousands while others create children', async () => {
    await build({ '/queue': null });
    const origin = await captureToMemory(source, selectionOf('/queue'));
    const point = withSequence(origin, 'queue', 30_000);
    const { steps } = await planToMemory(source, point, equal);
    const creating = Array.from({ length: 20 }, () =>
      client.create('/queue/by-another-', null, { mode: 'persistentSequential' }),
    );
    const [done] = await Promise.all([applyFromMemory(source, point, equal, steps), ...creating]);
    expect(done.map(describeDone)).toEqual(['raise /queue: applied']);
    const next = Number(
      (await client.create('/queue/n-', null, { mode: 'persistentSequential' })).path.slice(-10),
    );
    expect(next).toBeGreaterThanOrEqual(30_000);
    expect(next).toBeLessThanOrEqual(30_020);
  });
});

/** The same point, with another sequence counter for one node. */
function withSequence(point: MemoryPoint, path: string, nextSequence: number): MemoryPoint {
  const copy: MemoryPoint = Object.create(point) as MemoryPoint;
  const content = point.content.map((entry) =>
    entry.key.join('/') === path ? { ...entry, observed: { ...entry.observed, nextSequence } } : entry,
  );
  return Object.assign(copy, {
    content,
    entry: async (key: readonly string[]) => content.find((entry) => entry.key.join('/') === key.join('/')),
    entries: async function* (prefix: readonly string[] = []) {
      yield content.filter((entry) => prefix.every((component, i) => entry.key[i] === component));
    },
  });
}

describe('ACLs', () => {
  const alice = 'alice:wonder';
  const aliceOnly: Acl[] = [{ perms: 31, scheme: 'digest', id: 'alice:+KfRZrQ4gKNkqSFClR60mCsN7MI=' }];
  const readOnly: Acl[] = [{ perms: 1, scheme: 'world', id: 'anyone' }];

  async function buildGuarded(): Promise<void> {
    const own = await connect({
      connectString: server.connectString,
      auth: [{ scheme: 'digest', auth: alice }],
    });
    await own.create('/safe', Buffer.from('s'), { acl: [{ perms: 31, scheme: 'auth', id: '' }] });
    await own.create('/safe/public', Buffer.from('p'), { acl: openAcl });
    await own.create('/safe/public/kept', Buffer.from('k'), { acl: openAcl });
    await own.setAcl('/safe/public', readOnly);
    await own.create('/safe/secret', Buffer.from('t'), { acl: [{ perms: 31, scheme: 'auth', id: '' }] });
    await own.close();
  }

  async function aclOf(path: string): Promise<readonly Acl[]> {
    return (await client.getAcl(path)).acl;
  }

  it('come back as they were, without a moment in which a node is open to others', async () => {
    await buildGuarded();
    const owner = await openSource(server, { auth: 'digest', user: 'alice', password: 'wonder' });
    const point = await captureToMemory(owner, selectionOf('/safe'));
    expect(point.missing).toEqual([]);
    const acls = await Promise.all(['/safe', '/safe/public', '/safe/public/kept', '/safe/secret'].map(aclOf));
    await removeAll('/safe');

    const { steps } = await planToMemory(owner, point, equal);
    expect(steps.map(({ action, key, members }) => `${action} ${key.join('/')} ${members.join()}`)).toEqual([
      'create safe data,acl',
      'create safe/public data',
      'create safe/public/kept data,acl',
      'create safe/secret data,acl',
      'protect safe/public acl',
    ]);
    const written = steps.filter(({ phase }) => phase === 'write');
    await applyFromMemory(owner, point, equal, written);
    // Between the phases the node that could not get its ACL yet is its creator's alone.
    expect((await aclOf('/safe/public')).map(({ scheme, perms }) => ({ scheme, perms }))).toEqual([
      { scheme: 'digest', perms: 31 },
    ]);
    const rest = steps.filter(({ phase }) => phase !== 'write');
    const done = await applyFromMemory(owner, point, equal, rest);
    expect(done.map(describeDone)).toEqual(['protect /safe/public: applied']);
    expect(
      await Promise.all(['/safe', '/safe/public', '/safe/public/kept', '/safe/secret'].map(aclOf)),
    ).toEqual(acls);
    expect(await compareInMemory(owner, point, equal)).toEqual([]);
    await owner.close();
  });

  it('that were changed are set back, and one changed after the plan is left alone', async () => {
    await build({ '/n': null, '/n/a': '1', '/n/b': '2' });
    const point = await captureToMemory(source, selectionOf('/n'));
    for (const path of ['/n/a', '/n/b']) await client.setAcl(path, [...openAcl, ...aliceOnly]);
    const { steps } = await planToMemory(source, point, equal);
    await client.setAcl('/n/b', aliceOnly);
    const done = await applyFromMemory(source, point, equal, steps);
    expect(results(done)).toEqual(['protect /n/a: applied', 'protect /n/b: failed']);
    const superSource = await openSource(server, asSuper);
    const again = await applyFromMemory(superSource, point, equal, steps);
    expect(results(again)).toEqual(['protect /n/a: already', 'protect /n/b: conflict']);
    expect(await aclOf('/n/b')).toEqual(aliceOnly);
    await superSource.close();
  });

  it('that hide a subtree make the capture incomplete, and the rest is captured', async () => {
    await buildGuarded();
    await build({ '/seen': 'yes' });
    const point = await captureToMemory(source, selectionOf('/safe', '/seen'));
    expect(codes(point.missing)).toEqual(['unreadable /safe']);
    expect(point.content.map(({ key }) => key.join('/'))).toEqual(['', 'seen']);
    const below = await captureToMemory(source, selectionOf('/safe/public'));
    expect(below.missing).toEqual([]);
    expect(below.content.map(({ key }) => key.join('/'))).toEqual(['', 'safe/public', 'safe/public/kept']);
  });

  it('that hid a subtree from the capture keep it from being removed by who may see it', async () => {
    await buildGuarded();
    await build({ '/seen': 'yes' });
    const point = await captureToMemory(source, selectionOf('/'));
    expect(codes(point.missing)).toEqual(['unreadable /safe']);
    await client.create('/extra', Buffer.from('new'));
    const before = await seen('/safe');
    const superSource = await openSource(server, asSuper);
    const { done, notes } = await restoreFromMemory(superSource, point, equal);
    expect(done.map(describeDone)).toEqual(['remove /extra: applied']);
    expect(codes(notes)).toEqual(['unseen-left-alone /safe']);
    expect(await seen('/safe')).toEqual(before);
    expect(await compareInMemory(superSource, point, equal)).toEqual([]);
    await superSource.close();
  });

  it('whose hashes are hidden are not passed off as captured, nor restored more open', async () => {
    await build({ '/m': 'x' }, [...aliceOnly, ...readOnly]);
    const point = await captureToMemory(source, selectionOf('/m'));
    expect(codes(point.missing)).toEqual(['acl-masked /m']);
    await removeAll('/m');
    const { done, notes } = await restoreFromMemory(source, point, equal);
    expect(done.map(describeDone)).toEqual(['create /m: applied']);
    expect(codes(notes)).toEqual(['acl-masked /m']);
    expect(await aclOf('/m')).toEqual(readOnly);
  });

  it('that the servers made of the account’s own identity are no conflict when the restore goes on', async () => {
    const named = await openSource(server, { auth: 'digest', user: 'operator', password: 'secret' });
    await build({ '/m': 'x', '/m/n': 'y' }, [...aliceOnly, ...readOnly]);
    const point = await captureToMemory(named, selectionOf('/m/n'));
    expect(codes(point.missing)).toEqual(['acl-masked /m/n']);
    await removeAll('/m');
    const { steps } = await planToMemory(named, point, equal);
    const first = await applyFromMemory(named, point, equal, steps);
    const again = await applyFromMemory(named, point, equal, steps);
    expect(first.map(describeDone)).toEqual(['create /m: applied', 'create /m/n: applied']);
    expect(again.map(describeDone)).toEqual(['create /m: already', 'create /m/n: already']);
    await named.close();
  });

  it('that would lock out an account without identity are told beforehand and fail where they do', async () => {
    await build({ '/n': null, '/n/a': '1' });
    await client.setAcl('/n', readOnly);
    const point = await captureToMemory(source, selectionOf('/n'));
    await removeAll('/n');
    const { done, notes } = await restoreFromMemory(source, point, equal);
    expect(codes(notes)).toEqual(['acl-locks-out /n']);
    expect(done.map(describeDone).sort()).toEqual([
      'create /n/a: failed (the account is not allowed to)',
      'create /n: applied',
    ]);
    expect(await aclOf('/n')).toEqual(readOnly);

    const named = await openSource(server, { auth: 'digest', user: 'anybody', password: 'at all' });
    await removeAll('/n');
    const { done: whole } = await restoreFromMemory(named, point, equal);
    expect(whole.map(describeDone)).toEqual([
      'create /n: applied',
      'create /n/a: applied',
      'protect /n: applied',
    ]);
    expect(await compareInMemory(named, point, equal)).toEqual([]);
    await named.close();
  });
});
