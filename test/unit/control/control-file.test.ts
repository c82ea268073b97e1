import { describe, expect, it } from 'vitest';
import { describeCluster, describeTask, newControl, withPin } from '../../../main/engine/control/contents.ts';
import { readControl, updateControl, writeControl } from '../../../main/engine/control/control-file.ts';
import type { Lease } from '../../../main/engine/control/lease.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { cluster, id, storage, task } from '../catalog/sample.ts';

const owner = { hostName: 'ws1', dataDirectory: id(77) };
const control = newControl({
  owner: { hostName: 'ws0', dataDirectory: id(76) },
  task: describeTask(task(1), [storage(1)]),
  cluster: describeCluster(cluster(1), {}),
  written: new Date('2026-06-01T10:00:00.000Z'),
});

const lease: Lease = { owner, now: () => new Date('2026-06-02T00:00:00.000Z'), confirm: async () => {} };
const lost: Lease = {
  ...lease,
  confirm: async () => {
    throw new HoldfastError('engine.lease-lost', { directory: 't', problem: 'taken' });
  },
};

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function stored(text: string): Promise<MemoryStorage> {
  const memory = new MemoryStorage();
  await memory.write('t/control.json', bytes(text));
  return memory;
}

describe('the control file', () => {
  it('is undefined where there is none, and is made by the first change', async () => {
    const memory = new MemoryStorage();
    expect(await readControl(memory, 't')).toBeUndefined();
    await updateControl(memory, 't', lease, (old) => {
      expect(old).toBeUndefined();
      return control;
    });
    expect(await readControl(memory, 't')).toEqual({
      ...control,
      owner,
      written: '2026-06-02T00:00:00.000Z',
    });
  });

  it('is left alone by a change that gives nothing', async () => {
    const memory = new MemoryStorage();
    expect(await updateControl(memory, 't', lost, () => undefined)).toBeUndefined();
    expect(await memory.stat('t/control.json')).toBeUndefined();
  });

  it('keeps what a newer version added, at every depth', async () => {
    const newer = {
      ...control,
      format: 'holdfast-control/1.9',
      tags: ['a'],
      task: { ...control.task, window: { from: '01:00' } },
    };
    const memory = await stored(JSON.stringify(newer));
    await updateControl(memory, 't', lease, (old) => old && withPin(old, id(5), true));
    expect(await readControl(memory, 't')).toMatchObject({
      format: 'holdfast-control/1.9',
      tags: ['a'],
      task: { window: { from: '01:00' } },
      pins: [id(5)],
    });
  });

  it('of another major version is refused and not overwritten', async () => {
    const text = JSON.stringify({ format: 'holdfast-control/2.0', points: 'elsewhere' });
    const memory = await stored(text);
    const change = updateControl(memory, 't', lease, () => control);
    await expect(change).rejects.toMatchObject({
      code: 'engine.control-too-new',
      params: { path: 't/control.json', found: 'holdfast-control/2.0' },
    });
    expect((await memory.stat('t/control.json'))?.size).toBe(text.length);
  });

  it.each([
    ['cut off', JSON.stringify(control).slice(0, 100)],
    ['empty', ''],
    ['of something else', '[]'],
    ['without its points', JSON.stringify({ ...control, points: undefined })],
  ])('that is %s is damaged, says so and is not overwritten by a change', async (_, text) => {
    const memory = await stored(text);
    const damaged = { code: 'engine.control-damaged', params: { path: 't/control.json' } };
    await expect(readControl(memory, 't')).rejects.toMatchObject(damaged);
    await expect(updateControl(memory, 't', lease, () => control)).rejects.toMatchObject(damaged);
    await writeControl(memory, 't', lease, control);
    expect(await readControl(memory, 't')).toEqual(control);
  });

  it('is not written once the lease is lost', async () => {
    const memory = await stored(JSON.stringify(control));
    const change = updateControl(memory, 't', lost, (old) => old && withPin(old, id(5), true));
    await expect(change).rejects.toMatchObject({ code: 'engine.lease-lost' });
    expect(await readControl(memory, 't')).toEqual(control);
  });
});
