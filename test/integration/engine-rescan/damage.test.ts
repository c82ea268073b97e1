import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { saying } from '../../support/saying.ts';
import { id } from '../../unit/catalog/sample.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import { DIRECTORY, ForgedFolder } from './forged.ts';

let folder: ForgedFolder;
let station: Workstation;

beforeEach(async () => {
  folder = new ForgedFolder(workFolder('storage'));
  station = await Workstation.open();
  await station.addStorage('disk', folder.root);
});

afterEach(async () => {
  await station[Symbol.asyncDispose]();
  removeWorkFolder(folder.root);
});

const rescan = () => station.client.storages.rescan({ name: 'disk' });

describe('a rescan', () => {
  it('keeps an archive whose end is gone, and its entry in the control file', async () => {
    const [first, second] = [await folder.archive(1), await folder.archive(2)];
    folder.control([first, second], { pins: [id(2)] });
    expect(await rescan()).toMatchObject({ points: 2, archives: 2, damaged: [] });
    truncateSync(join(folder.root, second.path), second.size - 10);
    expect((await rescan()).damaged).toEqual([saying(second.path)]);
    expect(await station.points()).toEqual([id(2), id(1)]);
    expect(folder.readControl().points).toHaveLength(2);
    folder.remove(second.path);
    expect((await rescan()).damaged).toEqual([]);
    expect(await station.points()).toEqual([id(1)]);
    expect(folder.readControl().points).toHaveLength(1);
  });

  it('does not take a damaged archive out of the control file that a fresh catalog finds', async () => {
    const archive = await folder.archive(1);
    folder.control([archive], { pins: [id(1)] });
    truncateSync(join(folder.root, archive.path), 5000);
    expect(await rescan()).toMatchObject({ points: 0, damaged: [saying(archive.path)] });
    expect(folder.readControl()).toMatchObject({ pins: [id(1)], points: [{ id: id(1) }] });
  });

  it('gives no checksums to bytes that the control file knows otherwise', async () => {
    const archive = await folder.archive(1);
    folder.control([archive]);
    folder.corrupt(archive.path);
    folder.remove(`${archive.path}.sha256`, `${archive.path}.md5`);
    expect((await rescan()).damaged).toEqual([saying('not those that were written')]);
    expect(folder.names()).toHaveLength(2);
    const [point] = await station.client.points.list({ limit: 1 });
    expect(point?.archives[0]?.sha256).toBe(archive.sha256);
  });

  it('gives no checksums to bytes that the catalog knows otherwise', async () => {
    const archive = await folder.archive(1);
    await rescan();
    folder.corrupt(archive.path);
    folder.remove(`${archive.path}.sha256`, `${archive.path}.md5`);
    expect((await rescan()).damaged).toHaveLength(1);
    expect(folder.names()).toHaveLength(1);
  });

  it('asks the archive itself where nobody knows its digest', async () => {
    const [sound, spoilt] = [await folder.archive(1), await folder.archive(2)];
    folder.corrupt(spoilt.path);
    for (const { path } of [sound, spoilt]) folder.remove(`${path}.sha256`, `${path}.md5`);
    const { repaired, damaged } = await rescan();
    expect(repaired).toEqual([saying(sound.path)]);
    expect(damaged).toEqual([saying(spoilt.path)]);
    expect(folder.text(`${sound.path}.sha256`)).toContain(sound.sha256);
    expect(folder.names()).toHaveLength(4);
  });

  it('names a checksum file that says otherwise and leaves it', async () => {
    const archive = await folder.archive(1);
    folder.control([archive]);
    const wrong = `${'0'.repeat(64)}  x\n`;
    folder.put(`${archive.path}.sha256`, wrong);
    folder.remove(`${archive.path}.md5`);
    expect((await rescan()).damaged).toEqual([saying('checksum file')]);
    expect(folder.text(`${archive.path}.sha256`)).toBe(wrong);
    const [point] = await station.client.points.list({ limit: 1 });
    expect(point?.archives[0]?.sha256).toBe(archive.sha256);
  });

  it('removes checksum files only when their archive is gone', async () => {
    const [kept, gone] = [await folder.archive(1), await folder.archive(2)];
    folder.control([kept, gone]);
    folder.remove(gone.path);
    const { repaired } = await rescan();
    expect(repaired.filter((what) => what.text.includes('had no archive'))).toHaveLength(2);
    expect(folder.names()).toHaveLength(4);
  });

  it('leaves files of others alone', async () => {
    folder.put('elsewhere/photos.tar.gz', 'not ours');
    const { notes, damaged, repaired } = await rescan();
    expect(notes).toEqual([saying('elsewhere/photos.tar.gz')]);
    expect([...damaged, ...repaired]).toEqual([]);
    expect(folder.names('elsewhere')).toEqual(['photos.tar.gz']);
  });

  it('knows each archive at one place, whatever copies there are', async () => {
    const archive = await folder.archive(1);
    folder.control([archive]);
    folder.put('copy/other.tar.gz', readFileSync(join(folder.root, archive.path)));
    const { notes, archives } = await rescan();
    expect(archives).toBe(1);
    expect(notes.filter((note) => note.text.includes('copy'))).toHaveLength(1);
    await rescan();
    const [point] = await station.client.points.list({ limit: 1 });
    expect(point?.archives).toHaveLength(1);
  });

  it('follows a folder that was moved', async () => {
    const archive = await folder.archive(1);
    await rescan();
    const moved = archive.path.replace(DIRECTORY, 'moved');
    folder.put(moved, readFileSync(join(folder.root, archive.path)));
    folder.remove(archive.path, `${archive.path}.sha256`, `${archive.path}.md5`);
    await rescan();
    const [point] = await station.client.points.list({ limit: 1 });
    expect(point?.archives.map(({ path }) => path)).toEqual([moved]);
  });
});

describe('an archive that says odd things of itself', () => {
  it.each([
    ['a run that is no id', { run: { id: '../../etc' } }],
    ['a task that is no id', { task: { id: 'x', name: 'nightly' } }],
    ['a cluster that is no id', { cluster: { id: 'c1', name: 'c', identity: {} } }],
    ['a position that is none', { position: 'here' }],
    ['the run of another task', { run: { id: id(1) }, task: { id: id(9), name: 'other' } }],
  ])('(%s) is named and left out', async (_, odd) => {
    const [sound, misfit] = [await folder.archive(1), await folder.archive(2, odd)];
    expect((await rescan()).damaged).toEqual([saying(misfit.path)]);
    const points = await station.client.points.list({ limit: 10 });
    expect(points.map((point) => point.archives.map(({ path }) => path))).toEqual([[sound.path]]);
  });
});
