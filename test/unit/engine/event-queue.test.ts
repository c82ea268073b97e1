import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../../main/engine/streams/event-queue.ts';

describe('an event queue', () => {
  it('gives every added event in order and ends with the work', async () => {
    const queue = new EventQueue<number>();
    const seen: number[] = [];
    const events = queue.during(undefined, async () => {
      for (let i = 0; i < 5000; i++) await queue.add(i);
    });
    for await (const event of events) seen.push(event);
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  });

  it('keeps only the latest of what replaces itself', async () => {
    const queue = new EventQueue<string>();
    const seen: string[] = [];
    const events = queue.during(undefined, async () => {
      for (let i = 0; i <= 100; i++) queue.latest(`progress ${i}`);
    });
    for await (const event of events) seen.push(event);
    expect(seen).toEqual(['progress 100']);
  });

  it('throws what the work throws, after its events', async () => {
    const queue = new EventQueue<number>();
    const seen: number[] = [];
    const read = async () => {
      const events = queue.during(undefined, async () => {
        await queue.add(1);
        throw new Error('broken');
      });
      for await (const event of events) seen.push(event);
    };
    await expect(read()).rejects.toThrow('broken');
    expect(seen).toEqual([1]);
  });

  it('aborts the work when the reader leaves, and does not deadlock a work that waits for room', async () => {
    const queue = new EventQueue<number>();
    let aborted = false;
    const events = queue.during(undefined, async (signal) => {
      for (let i = 0; !signal.aborted; i++) await queue.add(i);
      aborted = true;
    });
    for await (const event of events) if (event === 10) break;
    expect(aborted).toBe(true);
  });

  it('holds a fast work back while nobody reads', async () => {
    const queue = new EventQueue<number>();
    let added = 0;
    const events = queue.during(undefined, async (signal) => {
      while (!signal.aborted && added < 100_000) {
        await queue.add(added);
        added++;
      }
    });
    await events.next();
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(added).toBeLessThan(3000);
    await events.return(undefined);
  });

  it('lets a work end that goes on adding after the reader has left', async () => {
    const queue = new EventQueue<number>();
    let added = 0;
    const events = queue.during(undefined, async () => {
      for (; added < 5000; added++) await queue.add(added);
    });
    for await (const event of events) if (event === 10) break;
    expect(added).toBe(5000);
  });

  it('lets everybody go on who waits for room', async () => {
    const queue = new EventQueue<number>();
    const seen: number[] = [];
    const add = async (from: number) => {
      for (let i = from; i < 3000; i += 2) await queue.add(i);
    };
    const events = queue.during(undefined, async () => {
      await Promise.all([add(0), add(1)]);
    });
    for await (const event of events) seen.push(event);
    expect(seen).toHaveLength(3000);
  });
});
