import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { saying } from '../../support/saying.ts';
import { id } from '../../unit/catalog/sample.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import { DIRECTORY, type Forged, ForgedFolder } from './forged.ts';

let folder: ForgedFolder;
let station: Workstation;
let archives: readonly Forged[];

const CONTROL = `${DIRECTORY}/control.json`;
const rescan = () => station.client.storages.rescan({ name: 'disk' });

/** A workstation that knows two points of task 1, the first of them pinned. */
beforeEach(async () => {
  folder = new ForgedFolder(workFolder('storage'));
  station = await Workstation.open();
  await station.addStorage('disk', folder.root);
  archives = [await folder.archive(1), await folder.archive(2)];
  folder.control(archives, { pins: [id(1)] });
  await rescan();
});

afterEach(async () => {
  await station[Symbol.asyncDispose]();
  removeWorkFolder(folder.root);
});

const pointsNoted = () => folder.readControl().points.map((point) => point.id);

describe('a control file', () => {
  it('that is damaged is written anew from catalog and archives, the old one kept', async () => {
    folder.put(CONTROL, '{"format": "holdfast-control/1.0"');
    expect(await rescan()).toMatchObject({ damaged: [], repaired: [saying('was damaged')] });
    expect(pointsNoted().sort()).toEqual([id(1), id(2)]);
    expect(folder.readControl()).toMatchObject({
      pins: [id(1)],
      task: { id: id(1) },
      cluster: { id: id(1) },
    });
    expect(folder.text(`${CONTROL}.damaged`)).toContain('{"format"');
    expect(await rescan()).toMatchObject({ repaired: [], damaged: [] });
  });

  it('is read when somebody says so, and the storage tells when that was', async () => {
    const [first] = await station.client.storages.list({});
    await rescan();
    const [second] = await station.client.storages.list({});
    expect(Date.parse(second?.rescanned ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.rescanned ?? ''));
    await station.addStorage('new', folder.root);
    const all = await station.client.storages.list({});
    expect(all.find(({ name }) => name === 'new')?.rescanned).toBeUndefined();
  });

  it('that is missing is written anew', async () => {
    folder.remove(CONTROL);
    expect((await rescan()).repaired).toEqual([saying('was missing')]);
    expect(pointsNoted().sort()).toEqual([id(1), id(2)]);
  });

  it('adds to the proofs that the catalog has, and takes none from it', async () => {
    const proofs = async () => (await station.client.points.show({ point: id(1) })).archives[0]?.verified;
    const noted = (...found: readonly object[]) => {
      const control = folder.readControl();
      const archive = control.points[0]?.archives[0]?.id;
      folder.put(
        CONTROL,
        JSON.stringify({ ...control, proofs: found.map((each) => ({ archive, ...each })) }),
      );
    };
    const damage = { at: '2026-06-02T10:00:00.000Z', level: 'content', sound: false } as const;
    noted(damage);
    await rescan();
    expect(await proofs()).toEqual(damage);
    noted();
    await rescan();
    expect(await proofs()).toEqual(damage);
    noted({ ...damage, at: '2026-06-01T10:00:00.000Z', sound: true });
    await rescan();
    expect(await proofs()).toEqual(damage);
    noted({ ...damage, at: '2026-06-03T10:00:00.000Z', level: 'file', sound: true });
    await rescan();
    expect(await proofs()).toEqual(damage);
    noted({ ...damage, at: '2026-06-03T10:00:00.000Z', sound: true });
    await rescan();
    expect(await proofs()).toMatchObject({ sound: true });
  });

  it('gets the points that a run which died left unnoted', async () => {
    await folder.archive(3);
    expect((await rescan()).repaired).toEqual([saying('brought up to date')]);
    expect(pointsNoted()).toContain(id(3));
    expect(await station.points()).toHaveLength(3);
  });

  it('that is damaged stays as it is where nobody knows its task', async () => {
    await using fresh = await Workstation.open();
    await fresh.addStorage('disk', folder.root);
    folder.put(CONTROL, 'spoilt');
    const { damaged } = await fresh.client.storages.rescan({ name: 'disk' });
    expect(damaged).toEqual([saying(CONTROL)]);
    expect(folder.text(CONTROL)).toBe('spoilt');
    expect(await fresh.points()).toHaveLength(2);
  });

  it('of a newer version is left to it, and the archives are read', async () => {
    await using fresh = await Workstation.open();
    await fresh.addStorage('disk', folder.root);
    const newer = JSON.stringify({ ...folder.readControl(), format: 'holdfast-control/2.0' });
    folder.put(CONTROL, newer);
    const { damaged, notes } = await fresh.client.storages.rescan({ name: 'disk' });
    expect(damaged).toEqual([]);
    expect(notes).toEqual([saying('newer Holdfast')]);
    expect(folder.text(CONTROL)).toBe(newer);
    expect(await fresh.points()).toHaveLength(2);
  });
});

describe('points of a task that was removed', () => {
  beforeEach(() => station.client.tasks.remove({ name: 'nightly' }));

  it('can be pinned and released, as the control file says then', async () => {
    await station.client.points.pin({ point: id(2), pinned: true });
    expect(folder.readControl().pins).toEqual([id(1), id(2)]);
    await station.client.points.pin({ point: id(1), pinned: false });
    expect(folder.readControl().pins).toEqual([id(2)]);
  });

  it('can be removed; the definitions stay as the control file has them', async () => {
    const { task, cluster } = folder.readControl();
    await station.client.points.remove({ point: id(2) });
    expect(await station.points()).toEqual([id(1)]);
    expect(folder.names()).not.toContain(archives[1]?.path.split('/').at(-1));
    expect(folder.readControl()).toMatchObject({ task, cluster, points: [{ id: id(1) }] });
  });

  it('can be removed without a control file too', async () => {
    folder.remove(CONTROL);
    await station.client.points.remove({ point: id(2) });
    expect(await station.points()).toEqual([id(1)]);
  });
});
