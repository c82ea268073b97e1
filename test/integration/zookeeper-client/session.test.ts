import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConnectOptions,
  connect,
  creatorAllAcl,
  type SessionState,
  type ZooKeeperClient,
} from '../../../main/protocols/zookeeper/index.ts';
import { until } from '../../servers/condition.ts';
import { startProxy, type TcpProxy } from '../../servers/proxy.ts';
import { startEnsemble, startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { failure } from './failure.ts';

/** Cuts the connection; resolves when the session has another one. */
async function reconnect(proxy: TcpProxy, zk: ZooKeeperClient): Promise<void> {
  const connected = new Promise<void>((resolve) => {
    zk.onState(({ state }) => {
      if (state === 'connected') resolve();
    });
  });
  proxy.cut();
  await connected;
}

function statesOf(zk: ZooKeeperClient): SessionState[] {
  const states: SessionState[] = [];
  zk.onState(({ state }) => states.push(state));
  return states;
}

describe('a session over a failing network', () => {
  let server: ZooKeeperServer;
  let direct: ZooKeeperClient;

  beforeAll(async () => {
    server = await startZooKeeper({ sasl: true });
    direct = await connect({ connectString: server.connectString });
    await direct.create('/large', Buffer.alloc(800_000, 'l'));
  });

  afterAll(async () => {
    await direct.close();
    await server[Symbol.asyncDispose]();
  });

  async function through(options: Partial<ConnectOptions> = {}) {
    const proxy = await startProxy({ host: server.host, port: server.port });
    return { proxy, zk: await connect({ connectString: proxy.connectString, ...options }) };
  }

  it('survives a cut: what was in flight fails, the session and its ephemeral nodes stay', async () => {
    const { proxy, zk } = await through();
    const { sessionId } = zk;
    const states = statesOf(zk);
    const { path } = await zk.create('/survivor', null, { mode: 'ephemeral' });
    proxy.stall();
    const read = failure(zk.exists('/'));
    const write = failure(zk.setData(path, Buffer.from('x')));
    proxy.cut();
    expect(await read).toMatchObject({ code: 'ConnectionLoss', outcomeUnknown: false });
    expect(await write).toMatchObject({ code: 'ConnectionLoss', op: 'setData', path, outcomeUnknown: true });
    expect(zk.state).toBe('suspended');
    const waiting = zk.exists(path);
    proxy.resume();
    expect((await waiting)?.ephemeralOwner).toBe(sessionId);
    expect(zk.sessionId).toBe(sessionId);
    expect(states).toEqual(['suspended', 'connected']);
    await zk.close();
    await proxy[Symbol.asyncDispose]();
  });

  it('survives a cut in the middle of a frame', async () => {
    const { proxy, zk } = await through();
    proxy.cutAfter(300_000, 'toClient');
    expect((await failure(zk.getData('/large'))).code).toBe('ConnectionLoss');
    expect((await zk.getData('/large')).data).toHaveLength(800_000);
    await zk.close();
    await proxy[Symbol.asyncDispose]();
  });

  it.each(['stall', 'halfOpen'] as const)(
    'notices a peer that is gone without a word (%s)',
    async (fault) => {
      const { proxy, zk } = await through({ sessionTimeoutMs: 6_000 });
      const { sessionId } = zk;
      proxy[fault]();
      expect((await failure(zk.exists('/'))).message).toContain('nothing was received');
      proxy.resume();
      expect(await zk.exists('/')).not.toBeNull();
      expect(zk.sessionId).toBe(sessionId);
      await zk.close();
      await proxy[Symbol.asyncDispose]();
    },
  );

  it('notices it without any request in flight', async () => {
    const { proxy, zk } = await through({ sessionTimeoutMs: 3_000 });
    proxy.stall();
    await until('the silence to be noticed', () => zk.state === 'suspended' || undefined);
    await zk.close();
    await proxy[Symbol.asyncDispose]();
  });

  it('stays alive by pings while nothing is asked', async () => {
    const zk = await connect({ connectString: server.connectString, sessionTimeoutMs: 1_000 });
    const states = statesOf(zk);
    const { path } = await zk.create('/idle', null, { mode: 'ephemeral' });
    // A session of the same timeout that does not ping shows that the server's clock has moved on.
    const { proxy, zk: mute } = await through({ sessionTimeoutMs: 1_000 });
    const muted = await mute.create('/mute', null, { mode: 'ephemeral' });
    proxy.stall();
    await until('the mute session to expire', async () =>
      (await direct.exists(muted.path)) ? undefined : true,
    );
    expect(await zk.exists(path)).not.toBeNull();
    expect(states).toEqual([]);
    await Promise.all([zk.close(), mute.close()]);
    await proxy[Symbol.asyncDispose]();
  });

  it('is expired where it could not be resumed in time', async () => {
    const { proxy, zk } = await through({ sessionTimeoutMs: 1_000 });
    const states = statesOf(zk);
    const { path } = await zk.create('/expiring', null, { mode: 'ephemeral' });
    proxy.refuse(true);
    proxy.cut();
    const waiting = failure(zk.exists('/'));
    await until('the server to expire it', async () => ((await direct.exists(path)) ? undefined : true));
    expect((await waiting).code).toBe('ConnectionLoss');
    proxy.refuse(false);
    await until('the client to know', () => zk.state === 'expired' || undefined);
    expect(states).toEqual(['suspended', 'expired']);
    expect((await failure(zk.exists('/'))).code).toBe('SessionExpired');
    await zk.close();
    await proxy[Symbol.asyncDispose]();
  });

  it('gives up requests, but not itself, after a session timeout without a server', async () => {
    const { proxy, zk } = await through({ sessionTimeoutMs: 1_000 });
    proxy.refuse(true);
    proxy.cut();
    const patient = await failure(zk.exists('/'));
    expect(patient).toMatchObject({ code: 'ConnectionLoss', outcomeUnknown: false });
    expect((await failure(zk.setData('/', null))).outcomeUnknown).toBe(false);
    expect(zk.state).toBe('suspended');
    await zk.close();
    expect(zk.state).toBe('closed');
    await proxy[Symbol.asyncDispose]();
  });

  it('proves its identities again after a reconnect', async () => {
    const { sasl } = server;
    const { proxy, zk } = await through({
      auth: [{ scheme: 'digest', auth: 'first:1' }],
      ...(sasl && { sasl }),
    });
    await zk.addAuth('digest', 'later:2');
    await zk.create('/mine', Buffer.from('m'), { acl: creatorAllAcl });
    const before = await zk.whoAmI();
    expect(before.map(({ scheme }) => scheme).sort()).toEqual(['digest', 'digest', 'ip', 'sasl']);
    await reconnect(proxy, zk);
    expect((await zk.whoAmI()).map(({ user }) => user).sort()).toEqual(before.map(({ user }) => user).sort());
    expect((await zk.getData('/mine')).data?.toString()).toBe('m');
    await zk.close();
    await proxy[Symbol.asyncDispose]();
  });

  it('closes in bounded time while its peer is silent', async () => {
    const { proxy, zk } = await through({ closeTimeoutMs: 200 });
    proxy.stall();
    await zk.close();
    expect(zk.state).toBe('closed');
    await proxy[Symbol.asyncDispose]();
  });

  it('probes again, and finds the same, after a reconnect', async () => {
    const { proxy, zk } = await through();
    const known = await zk.capabilities();
    await reconnect(proxy, zk);
    expect(await zk.readNodes(['/large', '/none'])).toMatchObject([{ acl: [{ scheme: 'world' }] }, null]);
    expect(await zk.capabilities()).toEqual(known);
    await zk.close();
    await proxy[Symbol.asyncDispose]();
  });

  it('reports a cut during the probe as ConnectionLoss or the right answer, never as a lack', async () => {
    for (let bytes = 20; bytes < 500; bytes += 40) {
      const { proxy, zk } = await through();
      proxy.cutAfter(bytes, 'toClient');
      const known = await zk.capabilities().catch((error: unknown) => error);
      if (known instanceof Error) expect(known).toMatchObject({ code: 'ConnectionLoss' });
      else expect(known).toMatchObject({ multiRead: true, addWatch: true, whoAmI: true });
      await zk.close();
      await proxy[Symbol.asyncDispose]();
    }
  });

  it('survives a restart of the server', async () => {
    await using own = await startZooKeeper({ version: '3.6' });
    const zk = await connect({ connectString: own.connectString });
    const { sessionId } = zk;
    const { path } = await zk.create('/kept', Buffer.from('k'), { mode: 'ephemeral' });
    await own.restart();
    await until('the session to go on', async () =>
      (await zk.exists(path).catch(() => null))?.ephemeralOwner === sessionId ? true : undefined,
    );
    await zk.close();
  });
});

describe('an ensemble', () => {
  it('goes on when the member in use is killed, with the same session, watches and data', async () => {
    const members = await startEnsemble(3);
    try {
      const connectString = members.map((member) => member.connectString).join(',');
      const zk = await connect({ connectString });
      const { sessionId } = zk;
      const events: string[] = [];
      await zk.addWatch('/', 'persistentRecursive', ({ type, path }) => events.push(`${type} ${path}`));
      const { path } = await zk.create('/before', Buffer.from('b'), { mode: 'ephemeral' });
      const used = zk.server;
      const pending = Promise.allSettled(
        Array.from({ length: 200 }, (_, i) => zk.create(`/during-${i}`, null)),
      );
      await members.find((member) => member.port === used.port)?.kill();
      for (const [i, outcome] of (await pending).entries()) {
        if (outcome.status === 'fulfilled') continue;
        expect(outcome.reason).toMatchObject({
          code: 'ConnectionLoss',
          path: `/during-${i}`,
          outcomeUnknown: true,
        });
      }
      await until('the session to go on', async () =>
        (await zk.exists(path).catch(() => null))?.ephemeralOwner === sessionId ? true : undefined,
      );
      expect(zk.server.port).not.toBe(used.port);
      expect(zk.sessionId).toBe(sessionId);
      expect(events).toContain('gap /');
      await zk.create('/after', null);
      await zk.sync();
      expect(events).toContain('created /after');
      await zk.close();
    } finally {
      await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
    }
  });
});
