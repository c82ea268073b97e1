import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import {
  dumpWithNodeZookeeperClient,
  restoreWithNodeZookeeperClient,
} from '../../foreign/node-zookeeper-client.ts';
import {
  benchReadWithJava,
  dumpWithJava,
  fillAndHoldWithJava,
  fillWithJava,
  ownerAccount,
} from '../../foreign/zookeeper.ts';
import { until } from '../../servers/condition.ts';
import { isAlive } from '../../servers/processes.ts';
import { startEnsemble, startZooKeeper, type ZooKeeperVersion } from '../../servers/zookeeper.ts';
import { zooKeeperVersions } from '../../servers/zookeeper-config.ts';

const versions = Object.keys(zooKeeperVersions) as ZooKeeperVersion[];
const superUser = { superPassword: 'top', digest: 'super:top' };

test.each(versions)('ZooKeeper %s keeps its tree over SIGKILL, stop and pause', async (version) => {
  await using server = await startZooKeeper({ version, superPassword: superUser.superPassword });
  expect(await server.ask('srvr')).toContain(`Zookeeper version: ${zooKeeperVersions[version]}`);
  const filled = await fillWithJava(server, { path: '/data', count: 1000, largest: 900_000 });
  const before = await dumpWithJava(server, '/data', superUser);
  expect(before).toHaveLength(filled.created);
  expect(before.map(({ dataLength }) => dataLength)).toContain(900_000);
  expect(before.map(({ path }) => path)).toEqual(
    expect.arrayContaining([...filled.ttl, ...filled.containers]),
  );

  const { pid } = server;
  await server.kill();
  expect(isAlive(pid)).toBe(false);
  await server.restart();
  expect(await dumpWithJava(server, '/data', superUser)).toEqual(before);

  await server.stop();
  await expect(server.ask('ruok')).rejects.toThrow('ECONNREFUSED');
  await server.restart();
  server.pause();
  await until('the server to stand still', () => processState(server.pid) === 'T' || undefined);
  const answer = server.ask('ruok');
  server.resume();
  expect(await answer).toBe('imok');
  expect(await dumpWithJava(server, '/data', superUser)).toEqual(before);
});

test('the same seed fills the same tree, another seed another one', async () => {
  await using server = await startZooKeeper({ superPassword: superUser.superPassword });
  const contents = async (path: string, seed: number) => {
    await fillWithJava(server, { path, count: 800, seed });
    const nodes = await dumpWithJava(server, path, superUser);
    return nodes.map(({ path: full, data, acl, version }) => ({
      path: full.slice(path.length),
      data,
      acl,
      version,
    }));
  };
  const first = await contents('/first', 7);
  expect(await contents('/second', 7)).toEqual(first);
  expect(await contents('/third', 8)).not.toEqual(first);
});

test('ephemeral nodes live as long as they are held', async () => {
  await using server = await startZooKeeper({ superPassword: superUser.superPassword });
  const ephemerals = async () => {
    const nodes = await dumpWithJava(server, '/held', superUser);
    return nodes.filter(({ ephemeralOwner }) => ephemeralOwner !== '0').map(({ path }) => path);
  };
  {
    await using held = await fillAndHoldWithJava(server, { path: '/held', count: 300 });
    expect(held.ephemerals).toHaveLength(5);
    expect(await ephemerals()).toEqual(held.ephemerals);
  }
  expect(await ephemerals()).toEqual([]);
});

test('a node that may not be read fails a dump instead of missing from it', async () => {
  await using server = await startZooKeeper();
  await fillWithJava(server, { path: '/data', count: 1000 });
  await expect(dumpWithJava(server, '/data')).rejects.toThrow('NoAuth');
  expect(await dumpWithJava(server, '/data/queue', { digest: ownerAccount })).toHaveLength(21);
});

test('Java and node-zookeeper-client see the same tree, and a restore by the latter equals its source', async () => {
  await using source = await startZooKeeper({ superPassword: superUser.superPassword });
  await using target = await startZooKeeper({ superPassword: superUser.superPassword });
  await fillWithJava(source, { path: '/data', count: 1500 });
  const original = await dumpWithJava(source, '/data', superUser);
  const seen = await dumpWithNodeZookeeperClient(source, '/data', superUser.digest);
  const byPath = new Map(seen.map((node) => [node.path, node]));
  expect(byPath.size).toBe(original.length);
  for (const { path, data, acl, version, numChildren } of original) {
    expect(byPath.get(path)).toEqual({ path, data, acl, version, numChildren });
  }

  const znodes = original.map(({ path, data, acl }) => ({
    path,
    data: data === null ? null : Buffer.from(data, 'base64'),
    acl,
  }));
  expect(await restoreWithNodeZookeeperClient(target, znodes, { digest: superUser.digest })).toBeGreaterThan(
    0,
  );
  const content = ({ path, data, acl }: (typeof original)[number]) => ({ path, data, acl });
  expect((await dumpWithJava(target, '/data', superUser)).map(content)).toEqual(original.map(content));

  const rounds = await benchReadWithJava(source, '/data', { ...superUser, rounds: 2 });
  expect(rounds.map(({ round, znodes: count }) => [round, count])).toEqual([
    [1, original.length],
    [2, original.length],
  ]);
});

test('an ensemble replicates and outlives its leader', async () => {
  const members = await startEnsemble(3, { superPassword: superUser.superPassword });
  const modes = async () =>
    await Promise.all(
      members.map(async (member) => (/Mode: (\w+)/.exec(await member.ask('srvr').catch(() => '')) ?? [])[1]),
    );
  expect((await modes()).sort()).toEqual(['follower', 'follower', 'leader']);
  const [first] = members;
  if (!first) throw new Error('no members');
  await fillWithJava(first, { path: '/data', count: 500 });
  const leader = members[(await modes()).indexOf('leader')];
  const survivors = members.filter((member) => member !== leader);
  await leader?.kill();
  await until('a new leader', async () => (await modes()).includes('leader') || undefined);
  for (const survivor of survivors) {
    await until(
      'the survivor to serve',
      async () => (await survivor.ask('srvr')).includes('Mode:') || undefined,
    );
    expect(await dumpWithJava(survivor, '/data', superUser)).toHaveLength(500);
  }
  await leader?.restart();
  expect((await modes()).sort()).toEqual(['follower', 'follower', 'leader']);
  await Promise.all(members.map(async (member) => await member[Symbol.asyncDispose]()));
});

test.each(versions)(
  'ZooKeeper %s serves TLS, and wants a client certificate when told so',
  async (version) => {
    await using server = await startZooKeeper({
      version,
      tls: { clientAuth: 'need' },
      admin: true,
      sasl: true,
    });
    const { tls, certificates, securePort, adminPort } = server;
    if (!tls || !certificates || !securePort) throw new Error('the server has no TLS');
    expect(await overTls(securePort, tls)).toBe('imok');
    await expect(overTls(securePort, { ca: tls.ca })).rejects.toThrow();
    const { certificate: cert, key } = certificates.expiredClient;
    await expect(overTls(securePort, { ca: tls.ca, cert, key })).rejects.toThrow();
    const admin = await fetch(`http://127.0.0.1:${adminPort}/commands/ruok`);
    expect(await admin.json()).toMatchObject({ command: 'ruok', error: null });
  },
);

test.each(versions)(
  'ZooKeeper %s lets its SASL account in, but not with another password',
  async (version) => {
    await using server = await startZooKeeper({ version, sasl: true });
    if (!server.sasl) throw new Error('the server has no SASL');
    expect((await dumpWithJava(server, '/', { sasl: server.sasl })).map(({ path }) => path)).toContain(
      '/zookeeper',
    );
    await expect(dumpWithJava(server, '/', { sasl: { ...server.sasl, password: 'wrong' } })).rejects.toThrow(
      'AuthFailed',
    );
  },
);

test('a server with an expired certificate is refused', async () => {
  await using server = await startZooKeeper({ tls: { expired: true } });
  await expect(overTls(server.securePort ?? 0, { ca: server.tls?.ca ?? '' })).rejects.toThrow(
    'certificate has expired',
  );
});

test('an existing data folder is taken over and left in place', async () => {
  await using first = await startZooKeeper({ superPassword: superUser.superPassword });
  await fillWithJava(first, { path: '/data', count: 300 });
  const before = await dumpWithJava(first, '/data', superUser);
  await first.stop();
  const second = await startZooKeeper({ superPassword: superUser.superPassword, dataDir: first.dataDir });
  expect(await dumpWithJava(second, '/data', superUser)).toEqual(before);
  await second[Symbol.asyncDispose]();
  expect(existsSync(first.dataDir)).toBe(true);
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'a server does not outlive its starter, ended by %s',
  async (signal) => {
    const starter = runScript(`const server = await startZooKeeper();
    console.log(JSON.stringify({ pid: server.pid, dataDir: server.dataDir }));
    setInterval(() => {}, 1000);`);
    const [line] = await once(createInterface(starter.stdout), 'line');
    const { pid, dataDir } = JSON.parse(line) as { pid: number; dataDir: string };
    expect([isAlive(pid), existsSync(dataDir)]).toEqual([true, true]);
    starter.kill(signal);
    await once(starter, 'exit');
    await until('the server to be gone', () => !isAlive(pid) || undefined);
    if (signal === 'SIGKILL') await once(runScript("workFolder('next')"), 'exit');
    expect(existsSync(dataDir)).toBe(false);
  },
);

/** Runs a script that starts servers in a process of its own. */
function runScript(script: string) {
  const servers = new URL('../../servers/', import.meta.url);
  const imports = `import { startZooKeeper } from '${servers}zookeeper.ts';
    import { workFolder } from '${servers}processes.ts';`;
  const argv = ['--input-type=module', '--eval', `${imports}\n${script}`];
  return spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Linux's letter for what a process does: T is stopped. */
function processState(pid: number): string | undefined {
  return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
}

/** Asks `ruok` over TLS. */
async function overTls(port: number, tls: { ca: string; cert?: string; key?: string }): Promise<string> {
  return await new Promise((resolve, reject) => {
    let answer = '';
    const socket: TLSSocket = connectTls({ host: '127.0.0.1', port, ...tls }, () => socket.write('ruok'));
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', reject);
    socket.on('close', () => (answer ? resolve(answer) : reject(new Error('closed without an answer'))));
  });
}
