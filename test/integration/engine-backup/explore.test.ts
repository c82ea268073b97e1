import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, Perms, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { Place, ShownDifference } from '../../../shared/model/listing.ts';
import type { Target } from '../../../shared/model/target.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from './codes.ts';
import { Workstation } from './workstation.ts';

const LARGE = Buffer.alloc(300_000, 'large value ');
const NAMES = ['a b', 'data', 'ünï', '名', '%41', '.hidden', 'x'.repeat(200)];

let servers: ZooKeeperServer[];
let clients: ZooKeeperClient[];
let station: Workstation;
let storage: string;
let before: Target;
let after: Target;
let file: Target;
const live: Target = { of: 'cluster', cluster: 'zk' };
const other: Target = { of: 'cluster', cluster: 'other' };

beforeAll(async () => {
  servers = await Promise.all([startZooKeeper(), startZooKeeper()]);
  clients = await Promise.all(servers.map(({ connectString }) => connect({ connectString })));
  for (const client of clients) await plant(client);
  storage = workFolder('storage');
  station = await Workstation.open();
  await station.addStorage('disk', storage);
  await station.addCluster('zk', servers.slice(0, 1));
  await station.addCluster('other', servers.slice(1));
  await station.createTask('t', { sources: [{ roots: ['/app'] }] });
  before = { of: 'point', point: (await station.backup('t')).id };
  await change(clients[0] as ZooKeeperClient);
  const point = await station.backup('t');
  after = { of: 'point', point: point.id };
  file = { of: 'file', path: join(storage, point.archives[0]?.path ?? '') };
});

afterAll(async () => {
  await Promise.all(clients?.map((client) => client.close()));
  await station?.[Symbol.asyncDispose]();
  await Promise.all(servers?.map((server) => server[Symbol.asyncDispose]()));
  removeWorkFolder(storage);
});

async function plant(client: ZooKeeperClient): Promise<void> {
  await client.create('/app', null);
  for (const name of NAMES) await client.create(`/app/${name}`, Buffer.from(`data of ${name}`));
  await client.create('/app/large', LARGE);
  await client.create('/app/empty', Buffer.alloc(0));
  await client.create('/app/many', null);
  const many = Array.from({ length: 3000 }, (_, i) => `/app/many/n${i}`);
  await Promise.all(many.map((path) => client.create(path, Buffer.from(path))));
}

async function change(client: ZooKeeperClient): Promise<void> {
  await client.setData('/app/data', Buffer.from('changed'));
  await client.setAcl('/app/a b', [{ perms: Perms.read, scheme: 'world', id: 'anyone' }]);
  await client.delete('/app/many/n7');
  await client.create('/app/new', null);
  await client.create('/app/new/below', Buffer.from('x'));
  await client.setData('/app/large', Buffer.concat([LARGE, Buffer.from('!')]));
}

const CHANGES = [
  'changed /app/a b [acl]',
  'changed /app/data [data]',
  'changed /app/large [data]',
  'removed /app/many/n7 []',
  'added /app/new []',
  'added /app/new/below []',
];
const TURNED = CHANGES.map((text) =>
  text.replace(/^(added|removed)/, (word) => (word === 'added' ? 'removed' : 'added')),
);

async function diff(left: Target, right: Target, prefix: string[] = []): Promise<string[]> {
  const batches = await Array.fromAsync(await station.client.explore.diff({ left, right, prefix }));
  return batches.flat().map(describeDifference);
}

function describeDifference({ change: kind, key, members }: ShownDifference): string {
  return `${kind} /${key.join('/')} [${members.join()}]`;
}

describe('a place', () => {
  it('looks the same in a point, in its file and in the live cluster', async () => {
    const keys = [
      ['app'],
      ['app', 'new'],
      ...NAMES.map((name) => ['app', name]),
      ['app', 'large'],
      ['app', 'empty'],
    ];
    for (const key of keys) {
      const look = (target: Target) => station.client.explore.place({ target, key, limit: 100 });
      const [point, archive, cluster] = [await look(after), await look(file), await look(live)];
      expect(archive, key.join('/')).toEqual(point);
      expect(point.entry, key.join('/')).toEqual(cluster.entry);
      expect(namesOf(point), key.join('/')).toEqual(namesOf(cluster));
      expect(point.entry?.kind).toBe('znode');
    }
  });

  it('of 3,000 children comes in pages, in one order everywhere, none twice', async () => {
    const expected = Array.from({ length: 3000 }, (_, i) => `n${i}`)
      .filter((name) => name !== 'n7')
      .sort();
    for (const target of [after, file, live]) {
      const names: string[] = [];
      let next: string | undefined;
      do {
        const page = await station.client.explore.place({
          target,
          key: ['app', 'many'],
          limit: 700,
          ...(next === undefined ? {} : { after: next }),
        });
        names.push(...namesOf(page));
        next = page.next;
      } while (next !== undefined);
      expect(names, target.of).toEqual(expected);
    }
  });

  it('that is not there has no entry; a target that is not there is an error', async () => {
    for (const target of [after, file, live]) {
      const place = await station.client.explore.place({ target, key: ['app', 'none'], limit: 10 });
      expect(place, target.of).toEqual({ children: [], total: 0 });
    }
    const look = (target: Target) => codeOf(station.client.explore.place({ target, key: [], limit: 10 }));
    expect(await look({ of: 'point', point: '0'.repeat(16) })).toBe('engine.no-point');
    expect(await look({ of: 'cluster', cluster: 'none' })).toBe('catalog.no-cluster');
    expect(await look({ of: 'file', path: join(storage, 'none.tar.gz') })).toBe('storage.missing');
    expect(await look({ of: 'cluster', cluster: 'zk', service: 'none' })).toBe('engine.no-service');
  });
});

describe('a diff', () => {
  it('of two points says what happened between them, both ways', async () => {
    expect(await diff(before, after)).toEqual(CHANGES);
    expect(await diff(after, before)).toEqual(TURNED);
    expect(await diff(before, file)).toEqual(CHANGES);
    expect(await diff(after, file)).toEqual([]);
    expect(await diff(before, after, ['app', 'new'])).toEqual(CHANGES.slice(-2));
  });

  it('of a point and a live cluster says the same, both ways', async () => {
    expect(await diff(before, live)).toEqual(CHANGES);
    expect(await diff(live, before)).toEqual(TURNED);
    expect(await diff(after, live)).toEqual([]);
    expect(await diff(before, live, ['app', 'many'])).toEqual(['removed /app/many/n7 []']);
  });

  it('of two live clusters says the same', async () => {
    const changes = (await diff(other, live, ['app'])).sort();
    expect(changes).toEqual([...CHANGES].sort());
    expect(await diff(before, other)).toEqual([]);
    expect(await diff(live, live)).toEqual([]);
  });
});

function namesOf({ children }: Place): string[] {
  return children.map(({ name }) => name);
}
