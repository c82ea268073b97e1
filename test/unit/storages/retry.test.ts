import { describe, expect, test } from 'vitest';
import type { Storage } from '../../../main/storages/contract.ts';
import { withRetry } from '../../../main/storages/with/retry.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { all, collect, someBytes, stream } from '../../storages/bytes.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { replacing } from '../../storages/replacing.ts';
import { type Fault, type FaultScript, firstCalls, withFaults } from '../../storages/with-faults.ts';

const unreachable = new HoldfastError('storage.unreachable', { problem: 'gone' });
const denied = new HoldfastError('storage.denied', { path: 'o', problem: 'no' });
const failing = (error: Error): Fault => ({ kind: 'error', error });

/** A retrying storage over a faulty one; records the delays instead of waiting for them. */
function retrying(inner: Storage, script: FaultScript, patience = 400) {
  const delays: number[] = [];
  const faulty = withFaults(inner, script, async () => {});
  const storage = withRetry(
    faulty,
    { patience, firstDelay: 100, longestDelay: 350 },
    {
      random: () => 0.5,
      elapsed: () => delays.reduce((sum, each) => sum + each, 0),
      sleep: async (milliseconds, signal) => {
        delays.push(milliseconds);
        signal?.throwIfAborted();
      },
    },
  );
  return { storage, delays };
}

async function filled(length = 300_000): Promise<MemoryStorage> {
  const memory = new MemoryStorage();
  await memory.write('o', stream(someBytes(length)));
  return memory;
}

describe('withRetry', () => {
  test('tries again what is retryable, waiting longer each time up to the limit, with jitter', async () => {
    const { storage, delays } = retrying(await filled(), firstCalls('stat', 3, failing(unreachable)));
    expect((await storage.stat('o'))?.size).toBe(300_000);
    expect(delays).toEqual([75, 150, 262.5]);
  });

  test('gives up with the last error when its patience is at an end', async () => {
    const { storage, delays } = retrying(await filled(), firstCalls('remove', 9, failing(unreachable)));
    await expect(storage.remove('o')).rejects.toBe(unreachable);
    expect(delays).toHaveLength(3);
  });

  test('has a second try however long the first one took', async () => {
    let now = 0;
    const memory = await filled();
    const slow = replacing(memory, {
      stat: async (path) => {
        now += 60_000;
        if (now < 120_000) throw unreachable;
        return memory.stat(path);
      },
    });
    const policy = { patience: 60_000, firstDelay: 1, longestDelay: 1 };
    const storage = withRetry(slow, policy, { random: () => 0, elapsed: () => now, sleep: async () => {} });
    expect(await storage.stat('o')).toMatchObject({ size: 300_000 });
  });

  test.each([denied, new Error('not ours')])('does not try again after %s', async (error) => {
    const { storage, delays } = retrying(await filled(), firstCalls('usage', 1, failing(error)));
    await expect(storage.usage()).rejects.toBe(error);
    expect(delays).toEqual([]);
  });

  test('does not wait once the signal has fired', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const { storage, delays } = retrying(await filled(), () => {
      abort.abort(reason);
      return failing(unreachable);
    });
    await expect(storage.stat('o', abort.signal)).rejects.toBe(reason);
    expect(delays).toEqual([]);
  });

  test('a read goes on at the byte where it stopped', async () => {
    const asked: unknown[] = [];
    const memory = await filled();
    const spied = replacing(memory, {
      read: (path, range) => {
        asked.push(range);
        return memory.read(path, range);
      },
    });
    const script: FaultScript = ({ call, nth }) =>
      call === 'read' && nth < 3 ? { kind: 'cut', atByte: 70_001 } : undefined;
    for (const range of [undefined, { offset: 11, length: 299_000 }]) {
      asked.length = 0;
      const { storage } = retrying(spied, script);
      const start = range?.offset ?? 0;
      const length = range?.length ?? 300_000;
      const read = await collect(storage.read('o', range));
      expect(read.equals(someBytes(300_000).subarray(start, start + length))).toBe(true);
      expect(asked).toEqual(
        [0, 1, 2, 3].map((time) => ({ offset: start + time * 70_001, length: length - time * 70_001 })),
      );
    }
  });

  test('progress makes the next failure a first one', async () => {
    const { storage, delays } = retrying(
      await filled(),
      ({ call }) => (call === 'read' ? { kind: 'cut', atByte: 40_000 } : undefined),
      1,
    );
    expect((await collect(storage.read('o'))).equals(someBytes(300_000))).toBe(true);
    expect(new Set(delays)).toEqual(new Set([75]));
  });

  test('a read without progress gives up', async () => {
    const { storage } = retrying(await filled(), ({ call }) =>
      call === 'read' ? { kind: 'cut', atByte: 0 } : undefined,
    );
    await expect(collect(storage.read('o'))).rejects.toMatchObject({ code: 'storage.unreachable' });
  });

  test('a short answer is noticed, and not tried again: the object may be damaged', async () => {
    const { storage, delays } = retrying(
      await filled(),
      firstCalls('read', 1, { kind: 'short', bytes: 100 }),
    );
    await expect(collect(storage.read('o'))).rejects.toMatchObject({
      code: 'storage.truncated',
      params: { expected: 300_000, actual: 100 },
    });
    expect(delays).toEqual([]);
  });

  test('an object that was replaced between two tries is not stitched together', async () => {
    const memory = await filled();
    const { storage } = retrying(memory, firstCalls('read', 1, { kind: 'cut', atByte: 100_000 }));
    const reading = (async () => {
      let replaced = false;
      for await (const _ of storage.read('o')) {
        if (!replaced) await memory.write('o', stream(someBytes(299_999, 2)));
        replaced = true;
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'storage.failed' });
  });

  test('a list gives each object once although it had to begin again', async () => {
    const memory = new MemoryStorage();
    for (let at = 0; at < 5; at += 1) await memory.write(`d${at}/o`, stream(someBytes(1)));
    let times = 0;
    const breaking = replacing(memory, {
      async *list(prefix) {
        times += 1;
        let given = 0;
        for await (const object of memory.list(prefix)) {
          if (times < 4 && given === times) throw unreachable;
          given += 1;
          yield object;
        }
      },
    });
    const { storage } = retrying(breaking, () => undefined, 1);
    expect((await all(storage.list(''))).map(({ path }) => path)).toEqual([
      'd0/o',
      'd1/o',
      'd2/o',
      'd3/o',
      'd4/o',
    ]);
    expect(times).toBe(4);
  });

  test('a write is made once: its data can be pulled only once', async () => {
    const memory = new MemoryStorage();
    const { storage, delays } = retrying(memory, firstCalls('write', 1, { kind: 'cut', atByte: 1000 }));
    await expect(storage.write('o', stream(someBytes(5000)))).rejects.toBeInstanceOf(HoldfastError);
    expect(delays).toEqual([]);
    expect(await memory.stat('o')).toBeUndefined();
  });
});
