import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, Perms, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { until } from '../../servers/condition.ts';
import { reservePort } from '../../servers/ports.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startEnsemble, startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { archivesIn, filesIn } from './storage-folder.ts';
import { OPTIONS, SUPER, Workstation } from './workstation.ts';

/** Slow enough for something to happen meanwhile. */
const SLOW = { requestsInFlight: 2, objectsPerSecond: 400 };

/** The nodes, `/app` and the way there. */
const CAPTURED = 1202;

let server: ZooKeeperServer;
let client: ZooKeeperClient;

beforeAll(async () => {
  server = await startZooKeeper({ superPassword: OPTIONS.password, sasl: true });
  client = await plant(server);
});

afterAll(async () => {
  await client?.close();
  await server?.[Symbol.asyncDispose]();
});

/** 1,200 nodes below /app. */
async function plant(target: { connectString: string }): Promise<ZooKeeperClient> {
  const planted = await connect({ connectString: target.connectString });
  await planted.create('/app', null);
  const creations = Array.from({ length: 1200 }, (_, i) => planted.create(`/app/n${i}`, Buffer.from(`${i}`)));
  await Promise.all(creations);
  return planted;
}

describe('a backup', () => {
  let station: Workstation;
  let storage: string;

  beforeEach(async () => {
    station = await Workstation.open();
    storage = workFolder('storage');
    await station.initVault();
    await station.addStorage('disk', storage);
    return async () => {
      await station[Symbol.asyncDispose]();
      removeWorkFolder(storage);
    };
  });

  async function untilCaptured(run: string, nodes: number): Promise<void> {
    await until(`${nodes} nodes captured`, async () => {
      const { steps, state } = await station.client.runs.show({ run });
      if (state !== 'running') throw new Error(`the run ended as ${state}`);
      return steps.some(({ done }) => done >= nodes) || undefined;
    });
  }

  async function remove(path: string): Promise<void> {
    const superUser = await connect({
      connectString: server.connectString,
      auth: [{ scheme: 'digest', auth: SUPER }],
    });
    await superUser.delete(path);
    await superUser.close();
  }

  it('of two sources of which one fails is incomplete and keeps the other', async () => {
    const nobody = await reservePort();
    const unreachable = { connectString: `127.0.0.1:${nobody.port}` };
    await station.addCluster('zk', [server, unreachable], { connectTimeout: 2 });
    await station.createTask('both', { sources: [{ roots: ['/app'] }, { service: 'ZooKeeper-2' }] });
    const { run, log } = await station.run('both');
    nobody.release();
    expect(run.state).toBe('incomplete');
    expect(log).toContainEqual(expect.stringMatching(/^error: ZooKeeper-2: /));
    const point = await station.client.points.show({ point: run.id });
    expect(point.complete).toBe(false);
    expect(point.archives.map(({ service, complete }) => [service, complete])).toEqual([['ZooKeeper', true]]);
    expect(archivesIn(storage)).toHaveLength(1);
  });

  it('of which every source fails fails, names each, and leaves neither point nor file', async () => {
    const ports = await Promise.all([reservePort(), reservePort()]);
    const targets = ports.map(({ port }) => ({ connectString: `127.0.0.1:${port}` }));
    await station.addCluster('zk', targets, { connectTimeout: 2 });
    await station.createTask('both', { sources: [{}, { service: 'ZooKeeper-2' }] });
    const { run, log } = await station.run('both');
    for (const port of ports) port.release();
    expect(run).toMatchObject({ state: 'failed', error: { code: 'source.unreachable' } });
    for (const service of ['ZooKeeper', 'ZooKeeper-2'])
      expect(log).toContainEqual(expect.stringMatching(`^error: ${service}: ZooKeeper does not answer`));
    expect(filesIn(storage, { hidden: true })).toEqual([]);
  });

  it('with a wrong password fails by its own code', async () => {
    await station.addCluster('zk', [server], { auth: 'sasl', user: 'nobody', password: 'wrong-password' });
    await station.createTask('t');
    const { run } = await station.run('t');
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'source.sign-in-failed', category: 'auth' },
    });
    expect(filesIn(storage, { hidden: true })).toEqual([]);
  });

  it('that misses unreadable nodes is incomplete, names them, and never costs a complete set', async () => {
    await station.addCluster('zk', [server]);
    await station.createTask('t', { sources: [{ roots: ['/app'], maximumCopies: 2 }] });
    const whole = [await station.backup('t'), await station.backup('t')];
    const forbidden = [{ perms: Perms.read, scheme: 'digest', id: 'owner:hash' }];
    await client.create('/app/secret', Buffer.from('x'), { acl: forbidden });
    const lacking: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { run, log } = await station.run('t');
      expect(run.state).toBe('incomplete');
      expect(log).toContainEqual(expect.stringMatching(/^warning: .*\/app\/secret/));
      lacking.push(run.id);
    }
    expect(await station.points()).toEqual([...lacking.toReversed(), whole[1]?.id, whole[0]?.id]);
    expect((await station.client.points.show({ point: lacking[0] ?? '' })).complete).toBe(false);
    await remove('/app/secret');
    const third = await station.backup('t');
    // The older whole set goes for the new one, and so do incomplete ones older than what is kept: none here.
    expect(await station.points()).toEqual([third.id, ...lacking.toReversed(), whole[1]?.id]);
    const fourth = await station.backup('t');
    expect(await station.points()).toEqual([fourth.id, third.id]);
    expect(archivesIn(storage)).toHaveLength(2);
  });

  it('goes on when the server is killed mid-capture and comes back within its patience', async () => {
    await station.addCluster('zk', [server], { patience: 60 }, SLOW);
    await station.createTask('t', { sources: [{ roots: ['/app'] }] });
    const { id } = await station.client.tasks.run({ name: 't' });
    await untilCaptured(id, 200);
    await server.kill();
    await server.restart();
    const { run } = await station.ended(id);
    expect(run.state).toBe('succeeded');
    expect(run.counts.captured).toBe(CAPTURED);
  });

  it('fails cleanly when the server is killed mid-capture and stays away', async () => {
    await station.addCluster('zk', [server], { patience: 1, connectTimeout: 1, sessionTimeout: 2 }, SLOW);
    await station.createTask('t', { sources: [{ roots: ['/app'] }] });
    const { id } = await station.client.tasks.run({ name: 't' });
    await untilCaptured(id, 200);
    await server.kill();
    const { run } = await station.ended(id);
    await server.restart();
    expect(run).toMatchObject({ state: 'failed', error: { code: 'source.unreachable', retryable: true } });
    expect(filesIn(storage, { hidden: true })).toEqual([]);
    expect(await station.points()).toEqual([]);
    await station.backup('t');
  });
});

it('a backup of an ensemble goes on when the member that it reads is killed', async () => {
  const members = await startEnsemble(3);
  const connectString = members.map((member) => member.connectString).join(',');
  const planted = await plant({ connectString });
  await planted.close();
  const station = await Workstation.open();
  const storage = workFolder('storage');
  await station.addStorage('disk', storage);
  await station.addCluster('zk', [{ connectString }], {}, SLOW);
  await station.createTask('t', { sources: [{ roots: ['/app'] }] });
  const { id } = await station.client.tasks.run({ name: 't' });
  for (const nodes of [100, 500]) {
    const reading = await until(`${nodes} nodes captured`, async () => {
      const { steps } = await station.client.runs.show({ run: id });
      if (!steps.some(({ done }) => done >= nodes)) return undefined;
      return findReader(members);
    });
    await reading.kill();
    await reading.restart();
  }
  const { run } = await station.ended(id);
  expect(run).toMatchObject({ state: 'succeeded', counts: { captured: CAPTURED } });
  await station[Symbol.asyncDispose]();
  await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
  removeWorkFolder(storage);
});

/** The member that has a client's connection beside the one that asks. */
async function findReader(members: readonly ZooKeeperServer[]): Promise<ZooKeeperServer | undefined> {
  for (const member of members) {
    const connections = /zk_num_alive_connections\t(\d+)/.exec(await member.ask('mntr'))?.[1];
    if (Number(connections) > 1) return member;
  }
  return undefined;
}
