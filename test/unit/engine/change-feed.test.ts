import { describe, expect, it } from 'vitest';
import { ChangeFeed } from '../../../main/engine/changes/change-feed.ts';
import type { Change } from '../../../shared/model/change.ts';
import { ManualClock } from '../../clock/manual-clock.ts';

const id = (number: number) => number.toString(16).padStart(16, '0');

async function opened() {
  const clock = new ManualClock('2026-06-01T10:00:00Z');
  const feed = new ChangeFeed(clock);
  const leaving = new AbortController();
  const stream = feed.watch(leaving.signal);
  const next = async () => (await stream.next()).value as Change | undefined;
  expect(await next()).toEqual({ kind: 'all' });
  return { clock, feed, leaving, next };
}

describe('the stream of changes', () => {
  it('tells what changed after its first event, in order', async () => {
    const { feed, next } = await opened();
    feed.tell({ kind: 'task', id: id(1) });
    feed.tell({ kind: 'run', id: id(2) });
    expect([await next(), await next()]).toEqual([
      { kind: 'task', id: id(1) },
      { kind: 'run', id: id(2) },
    ]);
  });

  it('tells a thing once that changes many times while nobody asks', async () => {
    const { feed, next } = await opened();
    for (let i = 0; i < 500; i++) feed.tell({ kind: 'run', id: id(1) });
    feed.tell({ kind: 'vault' });
    expect([await next(), await next()]).toEqual([{ kind: 'run', id: id(1) }, { kind: 'vault' }]);
  });

  it('keeps a tenth of a second between batches', async () => {
    const { clock, feed, next } = await opened();
    feed.tell({ kind: 'vault' });
    await next();
    let told: Change | undefined;
    const second = next().then((change) => {
      told = change;
    });
    feed.tell({ kind: 'task', id: id(1) });
    await clock.pass(99);
    expect(told).toBeUndefined();
    await clock.pass(1);
    await second;
    expect(told).toEqual({ kind: 'task', id: id(1) });
  });

  it('tells a slow reader of kinds rather than let what waits grow', async () => {
    const { clock, feed, leaving, next } = await opened();
    for (let i = 0; i < 3000; i++) feed.tell({ kind: 'point', id: id(i) });
    feed.tell({ kind: 'cluster', id: id(1) });
    const told: (Change | undefined)[] = [await next(), await next()];
    expect(told).toEqual([{ kind: 'point' }, { kind: 'cluster', id: id(1) }]);
    const end = next();
    leaving.abort();
    await clock.pass(0);
    expect(await end).toBeUndefined();
  });

  it('ends when the reader leaves, also in the pause', async () => {
    const { feed, leaving, next, clock } = await opened();
    feed.tell({ kind: 'vault' });
    await next();
    const end = next();
    leaving.abort();
    expect(await end).toBeUndefined();
    expect(clock.timers).toBe(0);
  });
});
