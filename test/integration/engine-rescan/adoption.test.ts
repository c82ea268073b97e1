import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { Task } from '../../../shared/model/task.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { saying } from '../../support/saying.ts';
import { cluster, id, source, storage, task } from '../../unit/catalog/sample.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import { CLUSTER, controlOf, DIRECTORY, ForgedFolder, STORAGE, TASK } from './forged.ts';

let station: Workstation;
let disk: ForgedFolder;
let other: ForgedFolder;

beforeEach(async () => {
  station = await Workstation.open();
  disk = new ForgedFolder(workFolder('disk'));
  other = new ForgedFolder(workFolder('other'));
  await station.addStorage('here', disk.root);
});

afterEach(async () => {
  await station[Symbol.asyncDispose]();
  removeWorkFolder(disk.root);
  removeWorkFolder(other.root);
});

const rescan = (name = 'here') => station.client.storages.rescan({ name });
const putControl = (folder: ForgedFolder, control: object) =>
  folder.put(`${DIRECTORY}/control.json`, JSON.stringify(control));
const adopted = async (): Promise<Task> => (await station.client.tasks.show({ name: 'nightly' })).task;

describe('a task whose sources lie in two storages', () => {
  const OTHER = storage(2);
  const both: Task = { ...TASK, sources: [source(1), { ...source(2), service: 'ZooKeeper-2' }] };
  const its = cluster(1, {
    services: ['ZooKeeper', 'ZooKeeper-2'].map((service) => ({
      source: 'zookeeper',
      service,
      options: { connectString: 'zk:1' },
    })),
  });

  beforeEach(() => {
    putControl(disk, controlOf(both, its, STORAGE, [OTHER]));
    putControl(other, controlOf(both, its, OTHER, [STORAGE]));
  });

  const storageIds = async () =>
    new Map((await station.client.storages.list({})).map(({ name, id: found }) => [name, found]));

  it('knows each only when that storage was rescanned', async () => {
    const { tasks, notes } = await rescan();
    expect(tasks).toBe(1);
    expect(notes).toContainEqual(saying(/ZooKeeper-2 goes to the storage storage 2 \(local\)/));
    const [here, unknown] = (await adopted()).sources;
    expect(here).toMatchObject({ storage: (await storageIds()).get('here') });
    expect(here).not.toHaveProperty('unknownStorage');
    expect(unknown).toMatchObject({
      storage: OTHER.id,
      unknownStorage: { name: OTHER.name, driver: 'local' },
    });

    await station.addStorage('there', other.root);
    expect(await rescan('there')).toMatchObject({ tasks: 0 });
    const ids = await storageIds();
    const sources = (await adopted()).sources;
    expect(sources.map((each) => each.storage)).toEqual([ids.get('here'), ids.get('there')]);
    expect(sources.some((each) => 'unknownStorage' in each)).toBe(false);
    await expect(station.client.storages.remove({ name: 'there' })).rejects.toThrow('is used by');
  });

  it('says what it lacks when it is checked or run', async () => {
    await rescan();
    const checks: CheckResult[] = [];
    for await (const check of await station.client.tasks.check({ name: 'nightly' })) checks.push(check);
    const failed = checks.find((check) => check.subject === OTHER.name);
    expect(failed).toMatchObject({ check: 'storage.access', result: 'failed' });
    expect(failed?.finding.en).toContain('not known here');
    const { log } = await station.run('nightly');
    expect(log).toContainEqual(
      expect.stringMatching(/ZooKeeper-2: .*"storage 2" \(local\), which is not known/),
    );
  });

  it('keeps the name of the unknown storage in the control file of the other', async () => {
    const archive = await disk.archive(1);
    await rescan();
    await station.client.points.pin({ point: id(1), pinned: true });
    expect(archive.path).toContain(DIRECTORY);
    const control: ControlFile = disk.readControl();
    expect(control.task.sources.map((each) => each.storage.name)).toEqual(['here', OTHER.name]);
    expect(control.storage?.name).toBe('here');
  });

  it('is not taken for another one by a file that does not say where it lies', async () => {
    const { storage: _, ...silent } = controlOf(both, its, OTHER, [STORAGE]);
    putControl(disk, silent);
    await rescan();
    expect((await adopted()).sources.every((each) => each.unknownStorage !== undefined)).toBe(true);
  });
});

describe('a control file that nobody vouches for', () => {
  const control = controlOf(TASK, CLUSTER, STORAGE);

  it('brings a task without its schedule when the zone is unknown, and the scheduler starts', async () => {
    const schedule = { start: '2026-06-01T00:00:00.000Z', every: 1, unit: 'days', timeZone: 'Mars/Olympus' };
    putControl(disk, { ...control, task: { ...control.task, schedule } });
    expect((await rescan()).notes).toContainEqual(saying('Mars/Olympus'));
    expect(await adopted()).not.toHaveProperty('schedule');
    await station.client.tasks.pause({ name: 'nightly', paused: false });
    await station.reopen();
    station.startScheduler();
    expect((await station.client.tasks.list({})).map((view) => view.next)).toEqual([[]]);
  });

  it('brings no reference into the vault: it would send somebody what it stands for', async () => {
    const services = control.cluster.services.map((service) => ({
      ...service,
      options: { ...service.options, password: { secret: 'archive-key-of-somebody' } },
    }));
    putControl(disk, { ...control, cluster: { ...control.cluster, services } });
    expect(await rescan()).toMatchObject({ tasks: 1 });
    const [cluster] = await station.client.clusters.list({});
    expect(cluster?.services[0]?.options).not.toHaveProperty('password');
  });

  it('brings what people know the cluster by', async () => {
    const marks = { colour: 'teal', folder: 'east', description: 'The lab.' } as const;
    putControl(disk, { ...control, cluster: { ...control.cluster, ...marks } });
    await rescan();
    expect(await station.client.clusters.list({})).toMatchObject([marks]);
  });

  it('brings nothing when its cluster is of a kind that is not known', async () => {
    const services = control.cluster.services.map((service) => ({ ...service, source: 'oracle' }));
    putControl(disk, { ...control, cluster: { ...control.cluster, services } });
    expect(await rescan()).toMatchObject({ tasks: 0, notes: [saying('"oracle"')] });
    expect(await station.client.clusters.list({})).toEqual([]);
    expect(await station.client.tasks.list({})).toEqual([]);
  });

  it('brings nothing when its task is beyond what the catalog takes', async () => {
    const sources = control.task.sources.map((each) => ({ ...each, maximumCopies: 1_000_000 }));
    putControl(disk, { ...control, task: { ...control.task, sources } });
    expect(await rescan()).toMatchObject({ tasks: 0, notes: [saying('maximumCopies')] });
    expect(await station.client.tasks.list({})).toEqual([]);
  });
});

describe('an adopted cluster', () => {
  it('says which secrets it lacks and is complete once they are given', async () => {
    await station.initVault();
    const services = [
      {
        source: 'zookeeper',
        service: 'ZooKeeper',
        options: { connectString: 'zk:1', auth: 'digest', user: 'u', password: { secret: 'gone' } },
      },
    ];
    putControl(disk, controlOf(task(1, { name: 'nightly' }), cluster(1, { services }), STORAGE));
    expect((await rescan()).notes).toEqual([saying(/secrets of ZooKeeper again \(password\)/)]);
    const change = [{ service: 'ZooKeeper', options: { password: 'entered again' } }];
    const complete = await station.client.clusters.update({ name: 'cluster 1', services: change });
    expect(complete.services[0]?.options).toMatchObject({ user: 'u', password: '***' });
  });
});
