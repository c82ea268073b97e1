import { afterEach, describe, expect, it } from 'vitest';
import type { MultiOp } from '../../../main/protocols/zookeeper/index.ts';
import type { CaptureOutput } from '../../../main/sources/contract.ts';
import { reportError } from '../../../shared/errors/error.ts';
import { dumpWithJava } from '../../foreign/zookeeper.ts';
import { until } from '../../servers/condition.ts';
import { startProxy } from '../../servers/proxy.ts';
import { startEnsemble, startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { captureToMemory, MemoryCapture } from '../../support/point-memory.ts';
import { applyFromMemory, compareInMemory, planToMemory } from '../../support/restore-memory.ts';
import { equal, openClient, openSource, restorable, selectionOf } from './connections.ts';

const nodes = 12_000;
const servers: AsyncDisposable[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function kept<T extends AsyncDisposable>(server: Promise<T>): Promise<T> {
  const started = await server;
  servers.push(started);
  return started;
}

/** A tree of 40 folders. */
async function fill(target: { readonly connectString: string }): Promise<void> {
  const client = await openClient(target);
  await client.create('/tree', Buffer.from('root'));
  const batches: Promise<unknown>[] = [];
  for (let folder = 0; folder < 40; folder++) {
    const ops: MultiOp[] = [{ op: 'create', path: `/tree/f${folder}`, data: null }];
    for (let i = 0; i < nodes / 40; i++) {
      ops.push({ op: 'create', path: `/tree/f${folder}/n${i}`, data: Buffer.alloc(200, i) });
    }
    batches.push(client.multi(ops));
  }
  await Promise.all(batches);
  await client.close();
}

/** Takes a capture, and does something once so many entries are there. */
class InterruptedCapture extends MemoryCapture {
  #left: number;
  readonly #interrupt: () => Promise<void>;

  constructor(after: number, interrupt: () => Promise<void>) {
    super();
    this.#left = after;
    this.#interrupt = interrupt;
  }

  override put(...line: Parameters<CaptureOutput['put']>): void | Promise<void> {
    super.put(...line);
    if (--this.#left === 0) return this.#interrupt();
  }
}

describe('a capture', () => {
  async function captureThrough(target: { readonly connectString: string }, interrupt: () => Promise<void>) {
    const source = await openSource(target, { sessionTimeout: 4 });
    const output = new InterruptedCapture(nodes / 3, interrupt);
    const selection = selectionOf('/tree');
    const point = output.finish(selection, await source.capture(selection, output));
    await source.close();
    return point;
  }

  it('goes on after the server was killed and started again', async () => {
    const server = await kept(startZooKeeper());
    await fill(server);
    const point = await captureThrough(server, async () => {
      await server.kill();
      await server.restart();
    });
    expect(point.missing).toEqual([]);
    expect(point.position).toMatchObject({ consistent: true });
    expect(point.content).toHaveLength(nodes + 42);
  });

  it('goes on in a new session after its own expired, and is still of one moment', async () => {
    const server = await kept(startZooKeeper());
    await fill(server);
    const proxy = await startProxy({ host: server.host, port: server.port });
    const client = await openClient(server);
    const point = await captureThrough(proxy, async () => {
      proxy.stall();
      // What happens while nobody listens must not be missed.
      await client.setData('/tree/f0', Buffer.from('changed unseen'));
      await client.delete('/tree/f39/n1');
      await client.create('/tree/f1/new', Buffer.from('made unseen'));
      await expiry(server);
      proxy.resume();
      proxy.cut();
    });
    await proxy[Symbol.asyncDispose]();
    await client.close();
    expect(point.position).toMatchObject({ consistent: true });
    const data = new Map(point.content.map(({ key, content }) => [`/${key.join('/')}`, content.data]));
    expect(data.get('/tree/f0')).toBe(Buffer.from('changed unseen').toString('base64'));
    expect(data.has('/tree/f39/n1')).toBe(false);
    expect(data.get('/tree/f1/new')).toBe(Buffer.from('made unseen').toString('base64'));
  });

  it('goes on with the others when its member of an ensemble is killed', async () => {
    const members = await startEnsemble(3);
    servers.push(...members);
    const connectString = members.map((member) => member.connectString).join(',');
    await fill({ connectString });
    const source = await openSource({ connectString });
    const output = new InterruptedCapture(nodes / 3, async () => {
      const facts = (await source.probe()).facts.map(({ value }) => value);
      const used = members.find(({ host, port }) => facts.includes(`${host}:${port}`));
      expect(used).toBeDefined();
      await used?.kill();
    });
    const selection = selectionOf('/tree');
    const point = output.finish(selection, await source.capture(selection, output));
    expect(point.content).toHaveLength(nodes + 42);
    expect(point.position).toMatchObject({ consistent: true });
    const quorum = (await Array.fromAsync(source.check('capture'))).find(
      ({ check }) => check === 'zookeeper.quorum',
    );
    expect(quorum).toMatchObject({
      result: 'warning',
      finding: {
        en: expect.stringMatching(/^No answer from 127/),
        zh: expect.stringMatching(/127.* 没有应答/),
      },
    });
    await source.close();
  });

  it('fails when the cluster stays away, and says so', async () => {
    const server = await kept(startZooKeeper());
    await fill(server);
    const source = await openSource(server, { sessionTimeout: 2, patience: 1 });
    const output = new InterruptedCapture(nodes / 3, () => server.kill());
    const failure = await source.capture(selectionOf('/tree'), output).catch((error: unknown) => error);
    expect(reportError(failure).code).toBe('source.unreachable');
    await source.close();
  });

  it('stops when it is told to', async () => {
    const server = await kept(startZooKeeper());
    await fill(server);
    const source = await openSource(server);
    const stop = new AbortController();
    const reason = new Error('enough');
    const output = new InterruptedCapture(nodes / 3, async () => stop.abort(reason));
    await expect(source.capture(selectionOf('/tree'), output, stop.signal)).rejects.toBe(reason);
    await source.close();
  });
});

/** Waits until the server has given up the source's session: only the test's own client is left. */
async function expiry(server: ZooKeeperServer): Promise<void> {
  await until('the session to expire', async () => {
    const sessions = /zk_global_sessions\s+(\d+)/.exec(await server.ask('mntr'))?.[1];
    return sessions === '1' ? true : undefined;
  });
}

describe('a restore', () => {
  async function pointOf(server: ZooKeeperServer) {
    const source = await openSource(server);
    const point = await captureToMemory(source, selectionOf('/tree'));
    await source.close();
    return point;
  }

  it('ends as if nothing had happened when the server is killed and started again', async () => {
    const origin = await kept(startZooKeeper());
    const target = await kept(startZooKeeper());
    await fill(origin);
    const point = await pointOf(origin);
    const source = await openSource(target, { sessionTimeout: 4 });
    const { steps } = await planToMemory(source, point, equal);
    let count = 0;
    let restarted: Promise<void> | undefined;
    const done = await applyFromMemory(source, point, equal, steps, {
      onDone() {
        if (++count === nodes / 3) restarted = target.kill().then(() => target.restart());
      },
    });
    await restarted;
    const outcomes = new Set(done.map(({ outcome }) => outcome.outcome));
    expect(outcomes.difference(new Set(['applied', 'already'])).size).toBe(0);
    expect(restorable(await dumpWithJava(target, '/tree'))).toEqual(
      restorable(await dumpWithJava(origin, '/tree')),
    );
    expect(await compareInMemory(source, point, equal)).toEqual([]);
    await source.close();
  });

  it('stopped in the middle is planned again for the rest alone', async () => {
    const server = await kept(startZooKeeper());
    await fill(server);
    const point = await pointOf(server);
    const client = await openClient(server);
    for (let folder = 0; folder < 40; folder++) {
      const ops: MultiOp[] = [];
      for (let i = 0; i < nodes / 40; i++) ops.push({ op: 'delete', path: `/tree/f${folder}/n${i}` });
      await client.multi(ops);
    }
    const source = await openSource(server);
    const { steps } = await planToMemory(source, point, equal);
    const stop = new AbortController();
    let settled = 0;
    const applying = applyFromMemory(source, point, equal, steps, {
      signal: stop.signal,
      onDone() {
        if (++settled === nodes / 3) stop.abort();
      },
    });
    await expect(applying).rejects.toThrow(/abort/i);

    const rest = await planToMemory(source, point, equal);
    const created = steps.filter(({ action }) => action === 'create');
    const left = rest.steps.filter(({ action }) => action === 'create');
    expect(left.length).toBeLessThanOrEqual(created.length - settled);
    expect(left.length).toBeGreaterThan(0);
    // The old plan, applied once more, knows what was done already.
    const again = await applyFromMemory(source, point, equal, steps);
    expect(new Set(again.map(({ outcome }) => outcome.outcome))).toEqual(new Set(['applied', 'already']));
    expect(await compareInMemory(source, point, equal)).toEqual([]);
    await Promise.all([source.close(), client.close()]);
  });
});
