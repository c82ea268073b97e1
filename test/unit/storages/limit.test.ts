import { describe, expect, test } from 'vitest';
import { withLimit } from '../../../main/storages/with/limit.ts';
import { collect, someBytes, stalling, stream } from '../../storages/bytes.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { replacing } from '../../storages/replacing.ts';
import { withFaults } from '../../storages/with-faults.ts';

/** A storage whose `stat` waits until it is let go, and that counts how many are waiting. */
function gated() {
  const waiting: (() => void)[] = [];
  let most = 0;
  const storage = replacing(new MemoryStorage(), {
    stat: () =>
      new Promise<undefined>((resolve) => {
        waiting.push(() => resolve(undefined));
        most = Math.max(most, waiting.length);
      }),
  });
  return { storage, waiting, most: () => most };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('withLimit', () => {
  test('never has more requests in flight, and loses none', async () => {
    const { storage, waiting, most } = gated();
    const limited = withLimit(storage, 3);
    const calls = Array.from({ length: 10 }, () => limited.stat('o'));
    for (let left = 10; left > 0; left -= 1) {
      await turn();
      expect(waiting).toHaveLength(Math.min(3, left));
      waiting.shift()?.();
    }
    await Promise.all(calls);
    expect(most()).toBe(3);
  });

  test('a call that is aborted in the queue leaves it without using a slot', async () => {
    const { storage, waiting } = gated();
    const limited = withLimit(storage, 1);
    const abort = new AbortController();
    const first = limited.stat('o');
    const second = limited.stat('o', abort.signal);
    const third = limited.stat('o');
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(second).rejects.toBe(reason);
    for (const call of [first, third]) {
      await turn();
      expect(waiting).toHaveLength(1);
      waiting.shift()?.();
      await call;
    }
  });

  test('one slot is enough to copy within the storage and to read many objects side by side', async () => {
    const limited = withLimit(new MemoryStorage(), 1);
    const bytes = someBytes(500_000);
    await limited.write('a', stream(bytes));
    await limited.write('b', limited.read('a'));
    const readers = ['a', 'b', 'a'].map((path) => limited.read(path)[Symbol.asyncIterator]());
    const first = await Promise.all(readers.map((reader) => reader.next()));
    expect(first.map(({ done }) => done)).toEqual([false, false, false]);
    await Promise.all(readers.map((reader) => reader.return?.()));
    expect((await collect(limited.read('b'))).equals(bytes)).toBe(true);
  });

  test('a slot is given back after a failed read, a failed source and an aborted stalling write', async () => {
    const memory = new MemoryStorage();
    await memory.write('o', stream(someBytes(200_000)));
    const script = ({ nth }: { nth: number }) =>
      nth === 0 ? ({ kind: 'cut', atByte: 5 } as const) : undefined;
    const limited = withLimit(
      withFaults(memory, script, async () => {}),
      1,
    );
    await expect(collect(limited.read('o'))).rejects.toMatchObject({ code: 'storage.unreachable' });
    const broke = new Error('broke');
    const broken = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(broke) }) };
    await expect(limited.write('p', stream(someBytes(10)))).rejects.toMatchObject({
      code: 'storage.unreachable',
    });
    await expect(limited.write('p', broken)).rejects.toBe(broke);
    const abort = new AbortController();
    const stalled = limited.write('p', stalling(someBytes(10)), { signal: abort.signal });
    await turn();
    abort.abort(broke);
    await expect(stalled).rejects.toBe(broke);
    const gate = await Promise.all([limited.stat('o'), limited.stat('o')]);
    expect(gate.map((found) => found?.size)).toEqual([200_000, 200_000]);
  });

  test('an aborted write whose source comes late does not add a slot', async () => {
    const { storage, waiting, most } = gated();
    const limited = withLimit(storage, 1);
    const abort = new AbortController();
    const late = Promise.withResolvers<IteratorResult<Uint8Array>>();
    const data = { [Symbol.asyncIterator]: () => ({ next: () => late.promise }) };
    const write = limited.write('o', data, { signal: abort.signal });
    await turn();
    abort.abort(new Error('enough'));
    await expect(write).rejects.toThrow('enough');
    late.resolve({ done: false, value: someBytes(1) });
    await turn();
    const calls = [limited.stat('o'), limited.stat('o')];
    for (const call of calls) {
      await turn();
      expect(waiting).toHaveLength(1);
      waiting.shift()?.();
      await call;
    }
    expect(most()).toBe(1);
  });
});
