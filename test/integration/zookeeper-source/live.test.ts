import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MultiOp, openAcl, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { ensembleIdentity } from '../../../main/sources/zookeeper/ensemble-identity.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { compareKeys } from '../../../shared/order/key.ts';
import { startEnsemble, startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { captureToMemory } from '../../support/point-memory.ts';
import { restoreFromMemory } from '../../support/restore-memory.ts';
import {
  asSuper,
  equal,
  everything,
  openClient,
  openSource,
  selectionOf,
  superPassword,
} from './connections.ts';

describe('a live ZooKeeper', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let source: SourceConnection;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    client = await openClient(server);
    source = await openSource(server);
    await client.create('/wide', Buffer.from('w'));
    const pages: Promise<unknown>[] = [];
    for (let page = 0; page < 20; page++) {
      const ops: MultiOp[] = [];
      for (let i = 0; i < 250; i++)
        ops.push({ op: 'create', path: `/wide/n${page * 250 + i}`, data: Buffer.alloc(i) });
      pages.push(client.multi(ops));
    }
    await Promise.all(pages);
    let deep = '/deep';
    for (let i = 0; i < 150; i++, deep += `/${i}`) await client.create(deep, null);
    for (const name of ['a', 'a-b', 'a.b', 'a b', 'ä', '节点', '\u{f900}', '%2F', 'é']) {
      await client.create(`/odd-${name}`, null);
      await client.create(`/odd-${name}/below`, Buffer.from(name));
    }
  });

  afterAll(async () => {
    await Promise.all([client?.close(), source?.close()]);
    await server?.[Symbol.asyncDispose]();
  });

  it('is scanned in key order, wide, deep and with odd names, each node once', async () => {
    const entries: Entry[] = [];
    for await (const batch of source.scan(everything)) entries.push(...batch);
    const order = entries.slice(1).filter((entry, i) => compareKeys(entries[i]?.key ?? [], entry.key) >= 0);
    expect(order).toEqual([]);
    const { children } = await client.getChildren('/');
    expect(entries).toHaveLength(1 + 5001 + 150 + 18 + 2);
    expect(new Set(entries.map(({ key }) => key[0])).size).toBe(children.length + 1);
  });

  it('is scanned within limits on requests and pace', async () => {
    const gentle = await openSource(server, {}, { requestsInFlight: 1, objectsPerSecond: 2000 });
    const start = performance.now();
    let count = 0;
    for await (const batch of gentle.scan(selectionOf('/wide'))) count += batch.length;
    expect(count).toBe(5002);
    // 5,000 objects at 2,000 a second, of which the first burst is free.
    expect(performance.now() - start).toBeGreaterThan(2000);
    await gentle.close();
  });

  it('is paged by names in order, after any name', async () => {
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await source.children(['wide'], { limit: 777, ...(after === undefined ? {} : { after }) });
      names.push(...page.children.map(({ name }) => name));
      after = page.next;
    } while (after !== undefined);
    expect(names).toEqual(Array.from({ length: 5000 }, (_, i) => `n${i}`).sort());
    const { children } = await source.children(['wide'], { limit: 2, after: 'n1000x' });
    expect(children).toEqual([
      expect.objectContaining({ name: 'n1001', kind: 'znode', hasChildren: false, bytes: 1 }),
      expect.objectContaining({ name: 'n1002' }),
    ]);
    await client.create('/wide/n1001a', null);
    expect((await source.children(['wide'], { limit: 1, after: 'n1001' })).children).toEqual([
      expect.objectContaining({ name: 'n1001a', bytes: 0 }),
    ]);
    await client.delete('/wide/n1001a');
    expect(await source.children(['none'], { limit: 5 })).toEqual({ children: [], total: 0 });
  });

  it('shows entries, and the bytes of large ones', async () => {
    expect(await source.entry(['none'])).toBeUndefined();
    expect(await source.entry(['wide', 'n3'])).toMatchObject({
      kind: 'znode',
      key: ['wide', 'n3'],
      content: { data: Buffer.alloc(3).toString('base64'), acl: [...openAcl] },
    });
    const large = Buffer.alloc(100_000, 'large');
    await client.create('/large', large);
    const entry = await source.entry(['large']);
    expect(entry?.content.data).toMatchObject({ size: 100_000 });
    const chunks = await Array.fromAsync(source.value(['large']));
    expect(Buffer.concat(chunks).equals(large)).toBe(true);
    await client.delete('/large');
  });

  it('is counted, whole or as far as patterns select', async () => {
    const [whole] = await source.inventory(selectionOf('/wide'));
    expect(whole).toEqual({ kind: 'znode', entries: 5001 });
    await client.create('/wide/mine', null, { mode: 'ephemeral' });
    const some = await source.inventory({
      roots: ['/wide'],
      include: ['/wide/n49?', '/wide/mine'],
      exclude: ['/wide/n499'],
    });
    expect(some).toEqual([
      { kind: 'znode', entries: 9, bytes: 9 * 244 },
      { kind: 'ephemeral', entries: 1, bytes: 0 },
    ]);
    await client.delete('/wide/mine');
  });

  it('names a subtree that is not there', async () => {
    const point = await captureToMemory(source, selectionOf('/wide', '/wied'));
    expect(point.absent.map(({ code, params }) => [code, params.path])).toEqual([
      ['root-not-found', '/wied'],
    ]);
    expect(point.missing).toEqual([]);
    expect(point.content).toHaveLength(5002);
  });

  it('is captured and restored below a chroot', async () => {
    await client.create('/root', null);
    await client.create('/root/zookeeper', Buffer.from('an ordinary name here'));
    const below = await openSource({ connectString: `${server.connectString}/root` });
    const point = await captureToMemory(below, everything);
    expect(point.content.map(({ key }) => key)).toEqual([[], ['zookeeper']]);
    await client.delete('/root/zookeeper');
    await restoreFromMemory(below, point, equal);
    expect((await client.getData('/root/zookeeper')).data?.toString()).toBe('an ordinary name here');
    expect((await below.probe()).identity).toMatchObject({ chroot: '/root' });
    await below.close();
  });

  it('restores quotas, whose usage the servers count themselves', async () => {
    await client.create('/zookeeper/quota/deep', null);
    await client.create('/zookeeper/quota/deep/zookeeper_limits', Buffer.from('count=1000,bytes=-1'));
    await client.create('/zookeeper/quota/deep/zookeeper_stats', Buffer.from('count=0,bytes=0'));
    const point = await captureToMemory(source, selectionOf('/zookeeper'));
    expect(point.content.map(({ key }) => key.join('/'))).toEqual([
      '',
      'zookeeper',
      'zookeeper/quota',
      'zookeeper/quota/deep',
      'zookeeper/quota/deep/zookeeper_limits',
      'zookeeper/quota/deep/zookeeper_stats',
    ]);
    await client.create('/deep/more', null);
    for (const name of ['/zookeeper_stats', '/zookeeper_limits', ''])
      await client.delete(`/zookeeper/quota/deep${name}`);
    const { done } = await restoreFromMemory(source, point, equal);
    expect(done.map(({ outcome }) => outcome.outcome)).toEqual(['applied', 'applied', 'applied']);
    expect((await client.getData('/zookeeper/quota/deep/zookeeper_stats')).data?.toString()).toContain(
      'count=151',
    );
    expect((await restoreFromMemory(source, point, equal)).done).toEqual([]);
    await client.delete('/deep/more');
  });

  it('is checked before a run', async () => {
    const checks = await Array.fromAsync(source.check('restore'));
    expect(Object.fromEntries(checks.map(({ check, result }) => [check, result]))).toEqual({
      'zookeeper.reachable': 'passed',
      'zookeeper.version': 'passed',
      'zookeeper.quorum': 'passed',
      'zookeeper.access': 'passed',
      'zookeeper.consistency': 'passed',
      'zookeeper.identity': 'warning',
      'zookeeper.clock': 'unknown',
    });
    expect(
      checks.filter(
        ({ result, remedy }) => result !== 'passed' && result !== 'unknown' && remedy === undefined,
      ),
    ).toEqual([]);
  });

  it('tells its version and who it is', async () => {
    const probe = await source.probe();
    expect(probe).toMatchObject({
      version: '3.9.4',
      identity: { members: [server.connectString], chroot: '/' },
    });
  });
});

describe('checks that fail or cannot tell', () => {
  it('say so for a server that is gone', async () => {
    const server = await startZooKeeper();
    const source = await openSource(server, { sessionTimeout: 2, patience: 1, connectTimeout: 1 });
    await server.kill();
    const checks = await Array.fromAsync(source.check('capture'));
    expect(Object.fromEntries(checks.map(({ check, result }) => [check, result]))).toEqual({
      'zookeeper.reachable': 'failed',
      'zookeeper.version': 'unknown',
      'zookeeper.quorum': 'failed',
      'zookeeper.access': 'unknown',
      'zookeeper.consistency': 'unknown',
      'zookeeper.clock': 'unknown',
    });
    await source.close();
    await server[Symbol.asyncDispose]();
  });

  it('say so for a 3.5 whose root is closed and that tells nothing', async () => {
    const server = await startZooKeeper({
      version: '3.5',
      superPassword,
      properties: { 'zookeeper.4lw.commands.whitelist': 'ruok' },
    }).catch((error: unknown) => error);
    if (server instanceof Error) throw server;
    const started = server as ZooKeeperServer;
    const owner = await openClient(started, `super:${superPassword}`);
    await owner.setAcl('/', [{ perms: 31, scheme: 'digest', id: 'nobody:hash' }]);
    const source = await openSource(started);
    const checks = await Array.fromAsync(source.check('restore'));
    const results = Object.fromEntries(checks.map(({ check, result }) => [check, result]));
    expect(results).toMatchObject({
      'zookeeper.reachable': 'passed',
      'zookeeper.access': 'failed',
      'zookeeper.consistency': 'warning',
    });
    const asOwner = await openSource(started, asSuper);
    const again = await Array.fromAsync(asOwner.check('restore'));
    expect(again.find(({ check }) => check === 'zookeeper.access')).toMatchObject({ result: 'unknown' });
    expect(again.find(({ check }) => check === 'zookeeper.identity')).toMatchObject({ result: 'passed' });
    await Promise.all([source.close(), asOwner.close(), owner.close()]);
    await started[Symbol.asyncDispose]();
  });
});

describe('an ensemble', () => {
  let members: ZooKeeperServer[];

  beforeAll(async () => {
    members = await startEnsemble(3, { tls: true, sasl: true });
  });

  afterAll(async () => {
    await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
  });

  it('is the same cluster whichever member is asked', async () => {
    const identities = await Promise.all(
      members.map(async (member) => {
        const source = await openSource(member);
        const { identity } = await source.probe();
        await source.close();
        return identity;
      }),
    );
    expect(identities[0]).toMatchObject({
      members: [expect.stringContaining('server.1='), expect.anything(), expect.anything()],
    });
    const [{ zxid: _, ...first } = {}, ...others] = identities;
    for (const identity of others) expect(identity).toMatchObject(first);
    const latest = identities.toSorted((a, b) => Number(b.zxid) - Number(a.zxid))[0] ?? {};
    for (const identity of identities) expect(ensembleIdentity.differs(identity, latest)).toBe(false);
  });

  it('is reached by TLS and SASL, and restored through another member than it was captured from', async () => {
    const [first, second] = members;
    if (first?.tls === undefined || first.sasl === undefined || second === undefined)
      throw new Error('no TLS or SASL');
    const { username: user, password } = first.sasl;
    const secure = { connectString: `localhost:${first.securePort}` };
    const source = await openSource(secure, { tls: true, ca: first.tls.ca, auth: 'sasl', user, password });
    const client = await openClient(second);
    await client.create('/e', null);
    await client.create('/e/own', Buffer.from('s'), { acl: [{ perms: 31, scheme: 'sasl', id: user }] });
    const point = await captureToMemory(source, selectionOf('/e'));
    expect(point.missing).toEqual([]);
    expect(point.content.at(-1)?.content).toEqual({
      data: 'cw==',
      acl: [{ perms: 31, scheme: 'sasl', id: user }],
    });
    await client.delete('/e/own');
    await client.delete('/e');
    const other = await openSource(second, { auth: 'sasl', user, password });
    const { done } = await restoreFromMemory(other, point, equal);
    expect(done.map(({ outcome }) => outcome.outcome)).toEqual(['applied', 'applied']);
    await Promise.all([source.close(), other.close(), client.close()]);
  });

  it('refuses a wrong password and an untrusted authority as a failed sign-in', async () => {
    const [first] = members;
    if (first?.tls === undefined || first.sasl === undefined) throw new Error('no TLS or SASL');
    const wrong = openSource(first, { auth: 'sasl', user: first.sasl.username, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ code: 'source.sign-in-failed' });
    const untrusted = openSource({ connectString: `localhost:${first.securePort}` }, { tls: true });
    await expect(untrusted).rejects.toMatchObject({ code: 'source.sign-in-failed' });
  });
});
