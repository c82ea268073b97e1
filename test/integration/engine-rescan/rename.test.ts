import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { codeOf } from '../engine-backup/codes.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import { CLUSTER, DIRECTORY, ForgedFolder, TASK } from './forged.ts';

let folder: ForgedFolder;
let station: Workstation;

beforeEach(async () => {
  folder = new ForgedFolder(workFolder('storage'));
  station = await Workstation.open();
  await station.addStorage('disk', folder.root);
  folder.control([await folder.archive(1), await folder.archive(2)]);
  await station.client.storages.rescan({ name: 'disk' });
});

afterEach(async () => {
  await station[Symbol.asyncDispose]();
  removeWorkFolder(folder.root);
});

const client = () => station.client;

/** Archives that retention sees in the task's directory. */
async function seen(by: Workstation, task: string): Promise<number> {
  const [source] = await by.client.retention.preview({ task, copies: [] });
  return source?.archives.length ?? 0;
}

describe('a task that gets another name', () => {
  it('keeps its directory, its points and its place in a fresh installation', async () => {
    const before = await seen(station, 'nightly');
    expect(before).toBe(2);
    const { renamed, untold } = await client().tasks.rename({ name: 'nightly', as: 'hourly' });
    expect(renamed.task).toMatchObject({ id: TASK.id, name: 'hourly', folder: DIRECTORY });
    expect(untold).toEqual([]);
    expect(await codeOf(client().tasks.show({ name: 'nightly' }))).toBe('catalog.no-task');
    expect(await seen(station, 'hourly')).toBe(2);
    expect(folder.readControl()).toMatchObject({ task: { name: 'hourly', folder: DIRECTORY } });
    expect(folder.readControl().points).toHaveLength(2);

    await using fresh = await Workstation.open();
    await fresh.addStorage('elsewhere', folder.root);
    await fresh.client.storages.rescan({ name: 'elsewhere' });
    expect((await fresh.client.tasks.show({ name: 'hourly' })).task).toMatchObject({
      id: TASK.id,
      folder: DIRECTORY,
      sources: [{ storage: expect.any(String) }],
    });
    expect(
      (await fresh.client.tasks.show({ name: 'hourly' })).task.sources[0]?.unknownStorage,
    ).toBeUndefined();
    expect(await seen(fresh, 'hourly')).toBe(2);
  });

  it('and the old one again is as it was', async () => {
    const { task } = await client().tasks.show({ name: 'nightly' });
    await client().tasks.rename({ name: 'nightly', as: 'hourly' });
    const { renamed } = await client().tasks.rename({ name: 'hourly', as: 'nightly' });
    expect(renamed.task).toEqual(task);
  });

  it('gives way to a clone with directories of its own', async () => {
    await client().tasks.rename({ name: 'nightly', as: 'hourly' });
    const { task } = await client().tasks.clone({ name: 'hourly', as: 'nightly' });
    expect(task.folder).toBeUndefined();
    expect(await seen(station, 'nightly')).toBe(0);
  });

  it('does not take that of another one', async () => {
    await client().tasks.clone({ name: 'nightly', as: 'other' });
    expect(await codeOf(client().tasks.rename({ name: 'nightly', as: 'other' }))).toBe('catalog.name-taken');
    expect(folder.readControl().task.name).toBe('nightly');
  });
});

describe('a task whose name was taken where it is adopted', () => {
  it('goes on in its own directory', async () => {
    await using fresh = await Workstation.open();
    const other = new ForgedFolder(workFolder('storage'));
    await fresh.addStorage('disk', folder.root);
    await fresh.client.storages.rescan({ name: 'disk' });
    // The same files under other ids: another installation's task of the same name.
    other.control([], {
      task: { ...folder.readControl().task, id: 'feedfacefeedface' },
      cluster: { ...folder.readControl().cluster, id: 'feedfacefeedface' },
    });
    await fresh.addStorage('second', other.root);
    await fresh.client.storages.rescan({ name: 'second' });
    expect((await fresh.client.tasks.show({ name: 'nightly-2' })).task.folder).toBe(DIRECTORY);
    removeWorkFolder(other.root);
  });
});

describe('clusters and storages that get another name', () => {
  it('keep what refers to them, and control files tell it', async () => {
    const renamed = await client().clusters.rename({ name: CLUSTER.name, as: 'renamed' });
    expect(renamed).toMatchObject({ renamed: { id: CLUSTER.id, name: 'renamed' }, untold: [] });
    await client().storages.rename({ name: 'disk', as: 'shelf' });
    expect(await client().tasks.show({ name: 'nightly' })).toMatchObject({ clusterName: 'renamed' });
    expect(folder.readControl()).toMatchObject({
      cluster: { id: CLUSTER.id, name: 'renamed' },
      storage: { name: 'shelf' },
      task: { sources: [{ storage: { name: 'shelf' } }] },
    });
    expect(await station.points()).toHaveLength(2);
  });

  it('say which storage could not be told; the name counts all the same', async () => {
    const away = `${folder.root}-away`;
    renameSync(folder.root, away);
    // Where the folder was there is none, and none can be made.
    writeFileSync(folder.root, '');
    const renamed = await client().clusters.rename({ name: CLUSTER.name, as: 'renamed' });
    expect(renamed).toMatchObject({ renamed: { name: 'renamed' }, untold: ['disk'] });
    rmSync(folder.root);
    renameSync(away, folder.root);
    expect(folder.readControl().cluster.name).toBe(CLUSTER.name);
  });
});
