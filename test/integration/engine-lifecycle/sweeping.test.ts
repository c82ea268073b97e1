import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCatalog } from '../../../main/catalog/open.ts';
import type { EngineContext } from '../../../main/engine/context.ts';
import { sweepUndoPoints } from '../../../main/engine/restore/sweep-undo-points.ts';
import { systemClock } from '../../../main/engine/system-clock.ts';
import type { Run } from '../../../shared/model/run.ts';
import { ownEngine, ownFolder } from './own-engine.ts';

const DAY = 24 * 60 * 60_000;

function id(number: number): string {
  return number.toString(16).padStart(16, '0');
}

function run(number: number, facts: Partial<Run> = {}): Run {
  const started = '2026-01-01T00:00:00.000Z';
  return {
    id: id(number),
    kind: 'restore',
    state: 'succeeded',
    reason: 'person',
    started,
    steps: [],
    counts: {},
    ...facts,
  };
}

/** A directory with a file in it, so many days old. */
async function directory(parent: string, number: number, days: number): Promise<void> {
  const path = join(parent, id(number));
  await mkdir(path);
  await writeFile(join(path, 'file'), 'x');
  const at = new Date(Date.now() - days * DAY);
  await utimes(path, at, at);
}

describe('what piles up in a data directory', () => {
  it('plans that nobody carried out go after a day, as the engine starts', async () => {
    const data = join(await ownFolder(), 'data');
    await (await ownEngine(data)).engine.close();
    const catalog = openCatalog(join(data, 'catalog.sqlite'));
    catalog.runs.add(run(1));
    catalog.close();
    await directory(join(data, 'runs'), 1, 90);
    await directory(join(data, 'runs'), 2, 2);
    await directory(join(data, 'runs'), 3, 0.5);
    await ownEngine(data);
    expect((await readdir(join(data, 'runs'))).sort()).toEqual([id(1), id(3)]);
  });

  it('undo points go when they are older than a month and not of the last twenty restores', async () => {
    const context = await bareContext();
    for (let i = 0; i < 15; i++) await directory(context.paths.undo, i, i);
    for (let i = 15; i < 30; i++) await directory(context.paths.undo, i, 100 + i);
    await sweep(context);
    expect((await readdir(context.paths.undo)).sort()).toEqual(numbers(20));
  });

  it('undo points of a busy month all stay', async () => {
    const context = await bareContext();
    for (let i = 0; i < 40; i++) await directory(context.paths.undo, i, i / 2);
    await sweep(context);
    expect(await readdir(context.paths.undo)).toHaveLength(40);
  });

  it('undo points that a running restore needs stay, however old', async () => {
    const context = await bareContext();
    for (let i = 0; i < 30; i++) await directory(context.paths.undo, i, 100 + i);
    context.catalog.runs.add(run(25, { state: 'running', kind: 'undo', undoes: id(28) }));
    await sweep(context);
    expect((await readdir(context.paths.undo)).sort()).toEqual([...numbers(20), id(25), id(28)]);
  });
});

/** What the sweep looks at of an engine's context. */
async function bareContext() {
  const folder = await ownFolder();
  const undo = join(folder, 'undo');
  await mkdir(undo);
  const catalog = openCatalog(join(folder, 'catalog.sqlite'));
  onTestFinished(() => catalog.close());
  return { paths: { undo }, catalog, surroundings: { clock: systemClock } } as unknown as EngineContext;
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, i) => id(i));
}

async function sweep(context: EngineContext): Promise<void> {
  await sweepUndoPoints(context, { log: () => {} });
}
