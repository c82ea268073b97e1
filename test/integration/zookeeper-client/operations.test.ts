import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Acl,
  connect,
  creatorAllAcl,
  isZooKeeperError,
  MultiError,
  openAcl,
  Perms,
  type ZooKeeperClient,
} from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { failure } from './failure.ts';

describe.each(['3.5', '3.6', '3.9'] as const)('ZooKeeper %s', (version) => {
  let server: ZooKeeperServer;
  let zk: ZooKeeperClient;
  let base: string;

  beforeAll(async () => {
    server = await startZooKeeper({ version });
    zk = await connect({ connectString: server.connectString });
    base = (await zk.create('/operations', null)).path;
  });

  afterAll(async () => {
    await zk.close();
    await server[Symbol.asyncDispose]();
  });

  it('keeps null, empty and binary data apart', async () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    await zk.create(`${base}/null`, null);
    await zk.create(`${base}/empty`, Buffer.alloc(0));
    await zk.create(`${base}/binary`, every);
    expect((await zk.getData(`${base}/null`)).data).toBeNull();
    expect((await zk.getData(`${base}/empty`)).data).toEqual(Buffer.alloc(0));
    expect((await zk.getData(`${base}/binary`)).data).toEqual(every);
    const stat = await zk.setData(`${base}/binary`, null, { version: 0 });
    expect(stat.version).toBe(1);
    expect((await zk.getData(`${base}/binary`)).data).toBeNull();
  });

  it('returns the stat of what it made', async () => {
    const before = Date.now();
    const { path, stat } = await zk.create(`${base}/stat`, Buffer.from('abc'));
    const read = await zk.exists(path);
    expect(read).toEqual(stat);
    expect(stat).toMatchObject({ version: 0, dataLength: 3, numChildren: 0, ephemeralOwner: 0n });
    expect(stat.czxid).toBe(stat.mzxid);
    expect(Math.abs(stat.ctime - before)).toBeLessThan(60_000);
    expect(await zk.exists(`${base}/nothing`)).toBeNull();
  });

  it('numbers sequential nodes and owns ephemeral ones', async () => {
    const names = await Promise.all(
      [1, 2, 3].map(() => zk.create(`${base}/seq-`, null, { mode: 'persistentSequential' })),
    );
    const [first = 0, ...rest] = names.map(({ path }) => Number(path.slice(-10)));
    expect(rest).toEqual([first + 1, first + 2]);
    const own = await zk.create(`${base}/own-`, null, { mode: 'ephemeralSequential' });
    expect(own.stat.ephemeralOwner).toBe(zk.sessionId);
    const unnamed = await zk.create(`${base}/`, null, { mode: 'persistentSequential' });
    expect(unnamed.path).toMatch(/\/\d{10}$/);
    expect((await failure(zk.create(`${own.path}/child`, null))).code).toBe('NoChildrenForEphemerals');
  });

  it('removes ephemeral nodes with the session that made them', async () => {
    const other = await connect({ connectString: server.connectString });
    const { path } = await other.create(`${base}/gone`, null, { mode: 'ephemeral' });
    await other.close();
    expect(other.state).toBe('closed');
    await zk.sync();
    expect(await zk.exists(path)).toBeNull();
    expect((await failure(other.exists('/'))).code).toBe('Closed');
  });

  it('makes TTL and container nodes', async () => {
    await zk.create(`${base}/container`, null, { mode: 'container' });
    await zk.create(`${base}/ttl`, null, { mode: 'persistentTtl', ttlMs: 3_600_000 });
    const sequential = await zk.create(`${base}/ttl-`, null, {
      mode: 'persistentSequentialTtl',
      ttlMs: 60_000,
    });
    expect(sequential.path).toMatch(/ttl-\d{10}$/);
    for (const ttlMs of [0, 1.5, 2 ** 40]) {
      expect((await failure(zk.create(`${base}/x`, null, { mode: 'persistentTtl', ttlMs }))).code).toBe(
        'BadArguments',
      );
    }
    expect((await failure(zk.create(`${base}/x`, null, { mode: 'persistentTtl' }))).code).toBe(
      'BadArguments',
    );
  });

  it('names what fails by code, operation and path', async () => {
    const path = `${base}/typed`;
    expect(await failure(zk.getData(path))).toMatchObject({ code: 'NoNode', op: 'getData', path });
    await zk.create(path, null);
    await zk.create(`${path}/child`, null);
    expect(await failure(zk.create(path, null))).toMatchObject({ code: 'NodeExists', op: 'create', path });
    expect(await failure(zk.delete(path))).toMatchObject({ code: 'NotEmpty', op: 'delete' });
    const stale = await failure(zk.setData(path, null, { version: 7 }));
    expect(stale).toMatchObject({ code: 'BadVersion', op: 'setData', outcomeUnknown: false });
    expect((await failure(zk.setAcl(path, []))).code).toBe('InvalidAcl');
    expect((await failure(zk.getChildren('relative'))).code).toBe('BadArguments');
    expect((await failure(zk.create(`${path}/\ud800`, null))).code).toBe('BadArguments');
    await zk.delete(`${path}/child`, { version: 0 });
    await zk.delete(path);
    expect(await zk.exists(path)).toBeNull();
  });

  it('sets and reads ACLs, checked by their own version', async () => {
    const path = `${base}/acl`;
    await zk.create(path, null);
    expect((await zk.getAcl(path)).acl).toEqual(openAcl);
    const acl: Acl[] = [
      { perms: Perms.read, scheme: 'world', id: 'anyone' },
      { perms: Perms.all, scheme: 'ip', id: '127.0.0.1' },
      { perms: Perms.read | Perms.admin, scheme: 'digest', id: 'ü雪😀:aGFzaA==' },
    ];
    const stat = await zk.setAcl(path, acl, { version: 0 });
    expect(stat.aversion).toBe(1);
    expect((await zk.getAcl(path)).acl).toEqual(acl);
    expect((await failure(zk.setAcl(path, acl, { version: 0 }))).code).toBe('BadVersion');
  });

  it('is refused without, and admitted with, a digest identity', async () => {
    const path = `${base}/private`;
    const owner = await connect({
      connectString: server.connectString,
      auth: [{ scheme: 'digest', auth: 'owner:secret' }],
    });
    await owner.create(path, Buffer.from('mine'), { acl: creatorAllAcl });
    expect(await failure(zk.getData(path))).toMatchObject({ code: 'NoAuth', path });
    const late = await connect({ connectString: server.connectString });
    expect((await failure(late.setData(path, null))).code).toBe('NoAuth');
    await late.addAuth('digest', Buffer.from('owner:secret'));
    expect((await late.getData(path)).data?.toString()).toBe('mine');
    await Promise.all([owner.close(), late.close()]);
  });

  it('lists children in any script, with the stat', async () => {
    const path = `${base}/names`;
    await zk.create(path, null);
    const names = ['plain', 'mit Leerzeichen', 'größe', '雪', 'x'.repeat(200)];
    await Promise.all(names.map((name) => zk.create(`${path}/${name}`, null)));
    const { children, stat } = await zk.getChildren(path);
    expect(children.sort()).toEqual([...names].sort());
    expect(stat.numChildren).toBe(names.length);
  });

  it('tells by sync how far the server is', async () => {
    const before = await zk.sync();
    const { stat } = await zk.create(`${base}/later`, null);
    const after = await zk.sync(base);
    expect(stat.czxid).toBeGreaterThan(before);
    expect(after).toBe(stat.czxid);
    expect(zk.lastZxid).toBe(after);
  });

  it('applies a transaction as a whole', async () => {
    const path = `${base}/multi`;
    await zk.create(path, null);
    await zk.create(`${path}/old`, null);
    const { results, zxid } = await zk.multi([
      { op: 'check', path, version: 0 },
      { op: 'create', path: `${path}/new`, data: null },
      { op: 'create', path: `${path}/seq-`, data: Buffer.from('1'), mode: 'persistentSequential' },
      { op: 'create', path: `${path}/ttl`, data: null, mode: 'persistentTtl', ttlMs: 60_000 },
      { op: 'create', path: `${path}/container`, data: null, mode: 'container' },
      { op: 'setData', path, data: Buffer.from('x') },
      { op: 'delete', path: `${path}/old` },
    ]);
    expect(results.map((result) => result.op)).toEqual([
      'check',
      'create',
      'create',
      'create',
      'create',
      'setData',
      'delete',
    ]);
    expect(results[2]).toMatchObject({ path: expect.stringMatching(/seq-\d{10}$/) });
    const node = await zk.getData(path);
    expect(node.data?.toString()).toBe('x');
    expect(node.stat.mzxid).toBe(zxid);
    expect((await zk.getData(`${path}/new`)).data).toBeNull();
    expect(await zk.multi([])).toMatchObject({ results: [] });
  });

  it('names the operation because of which a transaction was refused', async () => {
    const path = `${base}/refused`;
    await zk.create(path, null);
    const error = await failure(
      zk.multi([
        { op: 'create', path: `${path}/a`, data: null },
        { op: 'setData', path, data: null },
        { op: 'delete', path: `${path}/missing` },
        { op: 'create', path: `${path}/b`, data: null },
      ]),
    );
    expect(error).toBeInstanceOf(MultiError);
    expect(error).toMatchObject({ code: 'NoNode', index: 2, op: 'delete', path: `${path}/missing` });
    expect((await zk.getChildren(path)).children).toEqual([]);
  });

  it('commits a transaction of which nobody wants the results, with data given as base64', async () => {
    const path = `${base}/commit`;
    await zk.create(path, null);
    await zk.create(`${path}/old`, null);
    const zxid = await zk.commit([
      { op: 'check', path, version: 0 },
      { op: 'create', path: `${path}/new`, data: { base64: 'AAEC/w==' } },
      { op: 'create', path: `${path}/seq-`, data: Buffer.from('1'), mode: 'persistentSequential' },
      { op: 'create', path: `${path}/ttl`, data: null, mode: 'persistentTtl', ttlMs: 60_000 },
      { op: 'create', path: `${path}/container`, data: { base64: '' }, mode: 'container' },
      { op: 'setData', path, data: { base64: 'eA==' } },
      { op: 'delete', path: `${path}/old` },
    ]);
    const node = await zk.getData(path);
    expect(node.data?.toString()).toBe('x');
    expect(node.stat.mzxid).toBe(zxid);
    expect((await zk.getData(`${path}/new`)).data).toEqual(Buffer.from([0, 1, 2, 255]));
    expect((await zk.getData(`${path}/container`)).data).toEqual(Buffer.alloc(0));
    expect((await zk.getChildren(path)).children).toHaveLength(4);
    expect(await zk.commit([])).toEqual(expect.any(BigInt));
  });

  it('names the operation because of which a commit was refused', async () => {
    const path = `${base}/refused-commit`;
    await zk.create(path, null);
    const error = await failure(
      zk.commit([
        { op: 'create', path: `${path}/a`, data: null },
        { op: 'create', path: `${path}/missing/b`, data: null },
        { op: 'setData', path, data: null },
      ]),
    );
    expect(error).toBeInstanceOf(MultiError);
    expect(error).toMatchObject({ code: 'NoNode', index: 1, op: 'create', path: `${path}/missing/b` });
    expect((await zk.getChildren(path)).children).toEqual([]);
  });

  it('answers thousands of requests of one tick in order', async () => {
    const path = `${base}/many`;
    await zk.create(path, null);
    const made = await Promise.all(
      Array.from({ length: 3_000 }, (_, i) => zk.create(`${path}/${i}`, Buffer.from(String(i)))),
    );
    const zxids = made.map(({ stat }) => stat.czxid);
    expect(zxids).toEqual(zxids.toSorted((a, b) => (a < b ? -1 : 1)));
    const read = await Promise.all(made.map((node) => zk.getData(node.path)));
    expect(read.map(({ data }) => Number(data))).toEqual(made.map((_, i) => i));
  });

  it('reads replies far larger than a chunk of the socket', async () => {
    const data = Buffer.alloc(900_000, 'large');
    const path = `${base}/large`;
    await zk.create(path, data);
    const copies = await Promise.all([zk.getData(path), zk.getData(path), zk.getData(path)]);
    for (const copy of copies) expect(copy.data?.equals(data)).toBe(true);
  });

  it('says what may be wrong when a write was too large for the server', async () => {
    const other = await connect({ connectString: server.connectString });
    const error = await failure(other.create(`${base}/too-large`, Buffer.alloc(1_200_000)));
    expect(error).toMatchObject({ code: 'ConnectionLoss', outcomeUnknown: true });
    expect(error.message).toContain('jute.maxbuffer');
    // The session goes on with another connection.
    expect(await other.exists(`${base}/too-large`)).toBeNull();
    await other.close();
  });

  it('asks for later operations only where the server knows them', async () => {
    const known = await zk.capabilities();
    const later = version !== '3.5';
    expect(known).toEqual({
      multiRead: later,
      addWatch: later,
      getEphemerals: later,
      getAllChildrenNumber: later,
      whoAmI: version === '3.9',
    });
    const own = await zk.create(`${base}/eph`, null, { mode: 'ephemeral' });
    if (later) {
      expect(await zk.getEphemerals(base)).toContain(own.path);
      await zk.create(`${base}/counted`, null);
      await zk.create(`${base}/counted/one`, null);
      await zk.create(`${base}/counted/one/two`, null);
      expect(await zk.getAllChildrenNumber(`${base}/counted`)).toBe(2);
    } else {
      expect((await failure(zk.getEphemerals())).code).toBe('Unimplemented');
      expect((await failure(zk.getAllChildrenNumber('/'))).code).toBe('Unimplemented');
      expect((await failure(zk.addWatch('/', 'persistent', () => {}))).code).toBe('Unimplemented');
    }
    if (known.whoAmI) expect(await zk.whoAmI()).toContainEqual({ scheme: 'ip', user: '127.0.0.1' });
    else expect((await failure(zk.whoAmI())).code).toBe('Unimplemented');
    expect(zk.state).toBe('connected');
    expect((await zk.exists(own.path))?.ephemeralOwner).toBe(zk.sessionId);
  });

  it('keeps to its chroot in every direction', async () => {
    await zk.create(`${base}/root`, null);
    const inner = await connect({ connectString: `${server.connectString}${base}/root` });
    expect(inner.chroot).toBe(`${base}/root`);
    expect((await inner.create('/a', Buffer.from('in'))).path).toBe('/a');
    expect((await zk.getData(`${base}/root/a`)).data?.toString()).toBe('in');
    const { results } = await inner.multi([{ op: 'create', path: '/b', data: null }]);
    expect(results[0]).toMatchObject({ path: '/b' });
    expect((await inner.getChildren('/')).children.sort()).toEqual(['a', 'b']);
    expect((await inner.readNodes(['/a', '/', '/c']))[2]).toBeNull();
    expect(await failure(inner.getData('/c'))).toMatchObject({ path: '/c' });
    if (version !== '3.5') {
      await inner.create('/mine', null, { mode: 'ephemeral' });
      expect(await inner.getEphemerals()).toEqual(['/mine']);
    }
    await inner.close();
  });

  it('stops waiting when its signal aborts, without harm to the connection', async () => {
    const reason = new Error('changed my mind');
    const controller = new AbortController();
    const pending = zk.getData(base, { signal: controller.signal });
    const batch = zk.readNodes([base, '/'], { signal: controller.signal });
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    await expect(batch).rejects.toBe(reason);
    await expect(zk.exists('/', { signal: controller.signal })).rejects.toBe(reason);
    await expect(connect({ connectString: server.connectString, signal: controller.signal })).rejects.toBe(
      reason,
    );
    expect(isZooKeeperError(reason)).toBe(false);
    expect(await zk.exists('/')).not.toBeNull();
  });
});
