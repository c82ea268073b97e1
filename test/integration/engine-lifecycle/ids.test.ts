import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../../main/catalog/open.ts';
import type { Run } from '../../../shared/model/run.ts';
import { ownEngine, ownFolder } from './own-engine.ts';

const RUN: Run = {
  id: 'abcd000000000000',
  kind: 'backup',
  state: 'succeeded',
  reason: 'person',
  started: '2026-01-01T00:00:00.000Z',
  steps: [],
  counts: {},
};

async function withRuns() {
  const data = join(await ownFolder(), 'data');
  await (await ownEngine(data)).engine.close();
  const catalog = openCatalog(join(data, 'catalog.sqlite'));
  catalog.runs.add(RUN);
  const lines = ['one', 'two', 'three', 'four'];
  catalog.runs.appendLog(
    RUN.id,
    lines.map((text) => ({ at: RUN.started, level: 'info' as const, text })),
  );
  catalog.close();
  return (await ownEngine(data)).client;
}

describe('ids of runs and points', () => {
  it('may be begun where one only looks', async () => {
    const client = await withRuns();
    expect(await client.runs.show({ run: 'abcd' })).toMatchObject({ id: RUN.id });
    expect(await client.runs.log({ run: 'abcd' })).toHaveLength(4);
    for await (const event of await client.runs.watch({ run: 'abcd' })) {
      expect(event).toMatchObject({ event: 'ended', run: { id: RUN.id } });
    }
  });

  it.each(['', 'abc', 'ABCD', 'zzzz'])('are not looked for by "%s"', async (text) => {
    const client = await withRuns();
    await expect(client.runs.show({ run: text })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(client.runs.log({ run: text })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(client.points.show({ point: text })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('are needed in full where something changes', async () => {
    const client = await withRuns();
    const short = { code: 'BAD_REQUEST' };
    await expect(client.runs.cancel({ run: 'abcd' })).rejects.toMatchObject(short);
    await expect(client.restores.resume({ run: 'abcd' })).rejects.toMatchObject(short);
    await expect(client.points.remove({ point: 'abcd' })).rejects.toMatchObject(short);
    await expect(client.points.pin({ point: 'abcd', pinned: true })).rejects.toMatchObject(short);
    expect(await client.runs.cancel({ run: RUN.id })).toEqual({});
  });

  it('lead to a log in pages', async () => {
    const client = await withRuns();
    const page = await client.runs.log({ run: RUN.id, after: 1, limit: 2 });
    expect(page.map(({ text }) => text)).toEqual(['two', 'three']);
    expect((await client.runs.log({ run: RUN.id, after: 3 })).map(({ text }) => text)).toEqual(['four']);
  });
});
