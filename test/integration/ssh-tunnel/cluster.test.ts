import { readdirSync, readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dial } from '../../../main/protocols/dialer.ts';
import { connect as connectKafka } from '../../../main/protocols/kafka/index.ts';
import {
  connect as connectZooKeeper,
  type ZooKeeperClient,
} from '../../../main/protocols/zookeeper/index.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { Run } from '../../../shared/model/run.ts';
import { until } from '../../servers/condition.ts';
import { type KafkaCluster, kafkaAccounts, startKafka } from '../../servers/kafka.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { newSshKey, type SshServer, startSshd } from '../../servers/sshd.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from '../engine-backup/codes.ts';
import { Workstation } from '../engine-backup/workstation.ts';

// Only the SSH host knows these names; the brokers advertise theirs.
const ZK = 'zk.far.test';
const KAFKA = 'kafka.far.test';
// Another name for both, which their certificates do not have.
const UNCERTIFIED = 'impostor.test';
const PASSPHRASE = 'passphrase-of-the-ssh-key';

let zookeeper: ZooKeeperServer;
let kafka: KafkaCluster;
let sshd: SshServer;
let station: Workstation;
let folder: string;
let client: ZooKeeperClient;
let tunnel: Record<string, unknown>;

beforeAll(async () => {
  folder = workFolder('ssh-tunnel');
  sshd = await startSshd({ names: { [ZK]: '127.0.0.1', [KAFKA]: '127.0.0.1', [UNCERTIFIED]: '127.0.0.1' } });
  zookeeper = await startZooKeeper({ tls: true });
  kafka = await startKafka({ tls: true, sasl: true, advertisedHost: KAFKA });
  client = await connectZooKeeper({ connectString: zookeeper.connectString });
  await client.create('/app', Buffer.from('first'));
  await Promise.all(Array.from({ length: 1500 }, (_, i) => client.create(`/app/n${i}`, Buffer.from(`${i}`))));
  await usingKafka((admin) =>
    admin.createTopics([{ name: 'orders', replicas: [[1], [1], [1]], configs: {} }]),
  );
  const key = await newSshKey('ed25519', PASSPHRASE);
  sshd.admit(key);
  tunnel = {
    host: sshd.host,
    port: sshd.port,
    user: sshd.user,
    privateKey: key.privateKey,
    passphrase: PASSPHRASE,
    hostKey: await sshd.fingerprint(),
  };
  station = await Workstation.open();
  await station.initVault();
  await station.addStorage('disk', join(folder, 'disk'));
  await station.client.clusters.add({ name: 'far', ...plain, tunnel, services: services() });
});

afterAll(async () => {
  await client?.close();
  await station?.[Symbol.asyncDispose]();
  await Promise.all([sshd, zookeeper, kafka].map((server) => server?.[Symbol.asyncDispose]()));
  removeWorkFolder(folder);
});

const plain = { environment: 'test', readOnly: false } as const;

function services(patience = 60) {
  const { username: user, password } = kafkaAccounts.admin;
  const [, saslPort] = kafka.bootstrap.saslTls?.split(':') ?? [];
  return [
    {
      source: 'zookeeper',
      service: 'ZooKeeper',
      options: {
        connectString: `${ZK}:${zookeeper.securePort}`,
        tls: true,
        ...zookeeper.tls,
        patience,
      },
    },
    {
      source: 'kafka',
      service: 'Kafka',
      options: {
        bootstrapServers: `${KAFKA}:${saslPort}`,
        auth: 'scram-sha-512',
        user,
        password,
        tls: true,
        ca: kafka.tls?.ca,
        patience,
      },
    },
  ];
}

/** Kafka's own listener, whatever it advertises. */
const nearby: Dial = ({ port }) => Promise.resolve(connectTcp({ port, host: '127.0.0.1' }));

async function usingKafka<T>(
  work: (admin: Awaited<ReturnType<typeof connectKafka>>) => Promise<T>,
): Promise<T> {
  const [host = '', port] = kafka.bootstrap.plain.split(':');
  const admin = await connectKafka({ bootstrap: [{ host, port: Number(port) }], dial: nearby });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

/** How many partitions the topic has; undefined: it is not there. */
const partitionsOf = (name: string) =>
  usingKafka(async (admin) => {
    const [topic] = await admin.describeTopics([name]);
    return topic !== undefined && 'partitions' in topic ? topic.partitions.length : undefined;
  });

async function createTask(name: string, cluster: string): Promise<void> {
  const { services: all } = await station.client.clusters.show({ name: cluster });
  await station.client.tasks.create({
    name,
    cluster,
    policy: { kind: 'full' },
    sources: all.map(({ service, source }) => ({
      service,
      selection: source === 'zookeeper' ? { roots: ['/app'] } : {},
      storage: 'disk',
      directory: '',
      maximumCopies: 5,
      consent: true,
    })),
  });
}

async function restored(point: string): Promise<Run> {
  let plan: RestorePlan | undefined;
  const from = { of: 'point', point } as const;
  for await (const event of await station.client.restores.plan({
    from,
    services: [],
    select: [],
    mode: 'equal',
  }))
    if (event.event === 'planned') plan = event.plan;
  if (plan === undefined) throw new Error('planning ended without a plan');
  const { id } = await station.client.restores.start({ plan: plan.id, confirm: plan.clusterName });
  return (await station.ended(id)).run;
}

async function checksOf(stream: Promise<AsyncIterable<{ check: string; result: string }>>) {
  return (await Array.fromAsync(await stream)).map(({ check, result }) => `${check} ${result}`);
}

describe('a cluster that only an SSH host reaches', () => {
  it('is checked from the tunnel on, service by service', async () => {
    const checks = await checksOf(station.client.clusters.test({ name: 'far' }));
    expect(checks.slice(0, 3)).toEqual([
      'tunnel.reachable passed',
      'tunnel.host-key passed',
      'tunnel.sign-in passed',
    ]);
    expect(checks).toEqual(expect.arrayContaining(['zookeeper.reachable passed', 'kafka.reachable passed']));
    expect(checks.filter((line) => line.endsWith('failed'))).toEqual([]);
  });

  it('is backed up, looked at and restored', async () => {
    await createTask('all', 'far');
    const point = await station.backup('all');
    await client.setData('/app', Buffer.from('broken'));
    await client.delete('/app/n7');
    await usingKafka((admin) => admin.deleteTopics(['orders']));
    expect(await partitionsOf('orders')).toBeUndefined();
    const live = { of: 'cluster', cluster: 'far', service: 'ZooKeeper' } as const;
    const { children } = await station.client.explore.place({ target: live, key: ['app'], limit: 2000 });
    expect(children).toHaveLength(1499);
    const run = await restored(point.id);
    expect(run).toMatchObject({ state: 'succeeded', counts: { differences: 0 } });
    expect((await client.getData('/app')).data?.toString()).toBe('first');
    expect((await client.getData('/app/n7')).data?.toString()).toBe('7');
    expect(await partitionsOf('orders')).toBe(3);
  });

  it('keeps its secrets in the vault, and takes them along only under a passphrase', async () => {
    const shown = await station.client.clusters.show({ name: 'far' });
    expect(shown.tunnel).toMatchObject({ user: sshd.user, privateKey: '***', passphrase: '***' });
    const bare = await station.client.clusters.export({ names: ['far'] });
    expect(bare.clusters[0]?.tunnel?.secrets.toSorted()).toEqual(['passphrase', 'privateKey']);
    const sealed = await station.client.clusters.export({ names: ['far'], passphrase: 'under this one' });
    for (const text of [JSON.stringify([shown, bare, sealed]), ...filesBelow(station.dataDirectory)]) {
      expect(text).not.toContain(PASSPHRASE);
      expect(text).not.toContain('OPENSSH PRIVATE KEY');
    }
    const { needed } = await station.client.clusters.import({ clusters: bare });
    expect(needed).toContainEqual({
      cluster: 'far-2',
      service: 'SSH tunnel',
      secrets: expect.arrayContaining(['privateKey', 'passphrase']),
    });
    await station.client.clusters.import({ clusters: sealed, passphrase: 'under this one' });
    const checks = await checksOf(station.client.clusters.test({ name: 'far-3' }));
    expect(checks).toContain('kafka.reachable passed');
    for (const name of ['far-2', 'far-3']) await station.client.clusters.remove({ name });
  });

  it('comes back from a storage without secrets, and without the key that somebody else accepted', async () => {
    for (const text of filesBelow(join(folder, 'disk'))) {
      expect(text).not.toContain(PASSPHRASE);
      expect(text).not.toContain('OPENSSH PRIVATE KEY');
    }
    await using other = await Workstation.open();
    await other.addStorage('disk', join(folder, 'disk'));
    const { notes } = await other.client.storages.rescan({ name: 'disk' });
    expect(notes.map(({ text }) => text).filter((text) => text.includes('SSH tunnel'))).toHaveLength(1);
    const adopted = await other.client.clusters.show({ name: 'far' });
    expect(adopted.tunnel).toMatchObject({ host: sshd.host, port: sshd.port, user: sshd.user });
    expect(Object.keys(adopted.tunnel ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/hostKey|privateKey|passphrase/)]),
    );
    const { hostKey } = tunnel;
    const accepted = await other.client.clusters.update({ name: 'far', tunnel: { hostKey } });
    expect(accepted.tunnel).toMatchObject({ hostKey });
  });

  it('is looked at further when its tunnel was cut between two looks', async () => {
    for (const service of ['Kafka', 'ZooKeeper']) {
      const target = { of: 'cluster', cluster: 'far', service } as const;
      const look = () => station.client.explore.place({ target, key: [], limit: 20 });
      const before = await look();
      await sshd.cut();
      expect((await look()).children, service).toEqual(before.children);
    }
  });

  it('goes on where a tunnel that was cut in the middle of a capture is there again', async () => {
    const limits = { requestsInFlight: 1, objectsPerSecond: 600 };
    await station.client.clusters.add({
      name: 'slow',
      ...plain,
      limits,
      tunnel,
      services: services().slice(0, 1),
    });
    await createTask('slow', 'slow');
    const { id } = await station.client.tasks.run({ name: 'slow' });
    await untilCaptured(id);
    await sshd.cut();
    const { run } = await station.ended(id);
    expect(run.state).toBe('succeeded');
    const target = { of: 'point', point: id } as const;
    const { children } = await station.client.explore.place({ target, key: ['app'], limit: 2000 });
    expect(children).toHaveLength(1500);
  });

  it('fails with what happened to the tunnel where it stays away', async () => {
    const limits = { requestsInFlight: 1, objectsPerSecond: 600 };
    const lost = services(2)
      .slice(0, 1)
      .map((each) => ({ ...each, options: { ...each.options, sessionTimeout: 4 } }));
    await station.client.clusters.add({ name: 'lost', ...plain, limits, tunnel, services: lost });
    await createTask('lost', 'lost');
    const before = await station.points();
    const { id } = await station.client.tasks.run({ name: 'lost' });
    await untilCaptured(id);
    await sshd.stop();
    try {
      const { run } = await station.ended(id);
      expect(run).toMatchObject({ state: 'failed', error: { code: 'tunnel.unreachable' } });
      expect(await station.points()).toEqual(before);
    } finally {
      await sshd.start();
    }
  });

  it('is refused where the key of the host has changed, until somebody accepts the new one', async () => {
    const known = await sshd.fingerprint();
    await sshd.stop();
    await sshd.changeHostKey();
    await sshd.start();
    const shown = await sshd.fingerprint();
    const results = await Array.fromAsync(await station.client.clusters.test({ name: 'far' }));
    expect(results.map(({ check, result }) => `${check} ${result}`)).toEqual([
      'tunnel.reachable passed',
      'tunnel.host-key failed',
    ]);
    expect(results[1]?.finding.en).toContain(known);
    expect(results[1]?.finding.en).toContain(shown);
    const { run } = await station.run('all');
    expect(run).toMatchObject({ state: 'failed', error: { code: 'tunnel.host-key-changed' } });
    const { fingerprint } = await station.client.clusters.hostKey({ host: sshd.host, port: sshd.port });
    await station.client.clusters.update({ name: 'far', tunnel: { hostKey: fingerprint } });
    expect((await station.run('all')).run.state).toBe('succeeded');
  });

  it('is not saved without what its sign-in needs', async () => {
    const { privateKey: _, ...keyless } = tunnel;
    const add = (wish: Record<string, unknown>) =>
      codeOf(station.client.clusters.add({ name: 'keyless', ...plain, tunnel: wish, services: services() }));
    expect(await add(keyless)).toBe('general.invalid-input');
    expect(await add({ ...tunnel, hostKey: 'MD5:00' })).toBe('general.invalid-input');
    expect((await station.client.clusters.list({})).map(({ name }) => name)).not.toContain('keyless');
    const update = (name: string, wish: Record<string, unknown>) =>
      codeOf(station.client.clusters.update({ name, tunnel: wish }));
    await station.client.clusters.add({ name: 'near', ...plain, services: services() });
    expect(await update('near', keyless)).toBe('general.invalid-input');
    const before = await station.client.clusters.show({ name: 'far' });
    for (const wish of [{ privateKey: null }, { auth: 'password' }, { auth: 'password', password: null }]) {
      expect(await update('far', wish)).toBe('general.invalid-input');
    }
    expect(await station.client.clusters.show({ name: 'far' })).toEqual(before);
    await station.client.clusters.remove({ name: 'near' });
  });

  it('may be tried with another tunnel before that is saved', async () => {
    const tries = async (change: Record<string, unknown> | null) =>
      checksOf(
        station.client.clusters.probe({ cluster: 'far', tunnel: change, services: services().slice(0, 1) }),
      );
    expect((await tries({ passphrase: 'another' })).at(-1)).toBe('tunnel.options failed');
    expect((await tries({ auth: 'password', password: 'wrong' })).at(-1)).toBe('tunnel.sign-in failed');
    expect(await tries({ auth: 'password', password: sshd.password })).toContain(
      'zookeeper.reachable passed',
    );
    // Without a tunnel nobody here knows the name.
    expect(await tries(null)).toEqual(['source.reachable failed']);
  });

  it('is believed by the names in its certificates, not by the tunnel', async () => {
    for (const { source, service, options } of services()) {
      const renamed = Object.fromEntries(
        Object.entries(options).map(([field, value]) => [
          field,
          typeof value === 'string' ? value.replace(ZK, UNCERTIFIED).replace(KAFKA, UNCERTIFIED) : value,
        ]),
      );
      const wish = { cluster: 'far', services: [{ source, service, options: renamed }] };
      const checks = await Array.fromAsync(await station.client.clusters.probe(wish));
      expect(checks.at(-1)).toMatchObject({
        check: 'source.reachable',
        result: 'failed',
        finding: { en: expect.stringMatching(new RegExp(`TlsFailed.*${UNCERTIFIED}`)) },
      });
    }
  });

  it('does without its tunnel once that is taken away', async () => {
    await station.client.clusters.update({ name: 'far', tunnel: null });
    expect((await station.client.clusters.show({ name: 'far' })).tunnel).toBeUndefined();
    expect(
      await codeOf(
        station.client.explore.place({
          target: { of: 'cluster', cluster: 'far', service: 'ZooKeeper' },
          key: [],
          limit: 1,
        }),
      ),
    ).toBe('source.unreachable');
  });
});

async function untilCaptured(run: string): Promise<void> {
  await until('something to be captured', async () => {
    const { steps, state } = await station.client.runs.show({ run });
    if (state !== 'running') throw new Error(`the run ended as ${state}`);
    return (steps[0]?.done ?? 0) > 0 || undefined;
  });
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
