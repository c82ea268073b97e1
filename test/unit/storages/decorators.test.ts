import { describe, expect, test } from 'vitest';
import { validateStorage } from '../../../main/storages/validate.ts';
import { type LoggedCall, withLog } from '../../../main/storages/with/log.ts';
import { withPrefix } from '../../../main/storages/with/prefix.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { all, collect, someBytes, stream } from '../../storages/bytes.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { replacing } from '../../storages/replacing.ts';
import { type FaultScript, firstCalls, withFaults } from '../../storages/with-faults.ts';

const bytes = someBytes(200_000);

async function faulty(script: FaultScript, sleep: (milliseconds: number) => Promise<void> = async () => {}) {
  const memory = new MemoryStorage();
  await memory.write('o', stream(bytes));
  return { memory, storage: withFaults(memory, script, sleep) };
}

describe('withFaults', () => {
  test('cuts a read at the byte', async () => {
    const { storage } = await faulty(firstCalls('read', 1, { kind: 'cut', atByte: 100_001 }));
    let got = 0;
    const reading = (async () => {
      for await (const chunk of storage.read('o')) got += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'storage.unreachable' });
    expect(got).toBe(100_001);
    expect((await collect(storage.read('o'))).equals(bytes)).toBe(true);
  });

  test('ends a read early without an error', async () => {
    const { storage } = await faulty(firstCalls('read', 1, { kind: 'short', bytes: 77_777 }));
    expect((await collect(storage.read('o'))).equals(bytes.subarray(0, 77_777))).toBe(true);
  });

  test('flips one bit in what is read, or in what is stored', async () => {
    const flip = { kind: 'flip', atByte: 150_000, bit: 3 } as const;
    const { storage, memory } = await faulty(({ call }) =>
      call === 'read' || call === 'write' ? flip : undefined,
    );
    const expected = Buffer.from(bytes);
    expected[150_000] = (expected[150_000] ?? 0) ^ 8;
    expect((await collect(storage.read('o'))).equals(expected)).toBe(true);
    await storage.write('p', stream(bytes));
    expect((await collect(memory.read('p'))).equals(expected)).toBe(true);
  });

  test('fills up over several writes, and leaves no half object', async () => {
    const room = { bytes: 250_000 };
    const { storage } = await faulty(({ call }) => (call === 'write' ? { kind: 'full', room } : undefined));
    await storage.write('first', stream(bytes));
    await expect(storage.write('second', stream(bytes))).rejects.toMatchObject({ code: 'storage.full' });
    expect((await all(storage.list(''))).map(({ path }) => path)).toEqual(['o', 'first']);
  });

  test('delays the call and every chunk', async () => {
    const delays: number[] = [];
    const { storage } = await faulty(
      ({ call }) => (call === 'read' ? { kind: 'delay', milliseconds: 7 } : undefined),
      async (milliseconds) => void delays.push(milliseconds),
    );
    await collect(storage.read('o'));
    expect(delays).toEqual([7, 7, 7, 7, 7]);
  });

  test('hangs until the signal fires', async () => {
    const { storage } = await faulty(() => ({ kind: 'hang' }));
    const abort = new AbortController();
    const reason = new Error('enough');
    const calls = [storage.stat('o', abort.signal), collect(storage.read('o', undefined, abort.signal))];
    abort.abort(reason);
    for (const call of calls) await expect(call).rejects.toBe(reason);
  });

  test('tells the script which call it is', async () => {
    const seen: unknown[] = [];
    const { storage } = await faulty((call) => void seen.push(call));
    await storage.stat('a');
    await storage.stat('b');
    await all(storage.list('d'));
    expect(seen).toEqual([
      { call: 'stat', path: 'a', nth: 0 },
      { call: 'stat', path: 'b', nth: 1 },
      { call: 'list', path: 'd', nth: 0 },
    ]);
  });
});

describe('withLog', () => {
  function logging(script: FaultScript = () => undefined) {
    const log: LoggedCall[] = [];
    let time = 0;
    const faultyStorage = withFaults(new MemoryStorage(), script, async () => {});
    const clock = () => (time += 5);
    return { log, storage: withLog(faultyStorage, 'here', (call) => log.push(call), clock) };
  }

  test('has one line for each call, with duration and amount', async () => {
    const { log, storage } = logging();
    await storage.write('d/o', stream(bytes));
    await collect(storage.read('d/o', { offset: 5, length: 100 }));
    await all(storage.list('d'));
    await storage.remove('d/o');
    const line = { storage: 'here', outcome: 'ok', milliseconds: 5 };
    expect(log).toEqual([
      { ...line, call: 'write', path: 'd/o', amount: 200_000 },
      { ...line, call: 'read', path: 'd/o', amount: 100 },
      { ...line, call: 'list', path: 'd', amount: 1 },
      { ...line, call: 'remove', path: 'd/o' },
    ]);
  });

  test('tells failed, aborted and stopped apart', async () => {
    const error = new HoldfastError('storage.denied', { path: 'o', problem: 'no' });
    const { log, storage } = logging(firstCalls('stat', 1, { kind: 'error', error }));
    await expect(storage.stat('o')).rejects.toBe(error);
    await expect(storage.stat('o', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await storage.write('o', stream(bytes));
    for await (const _ of storage.read('o')) break;
    expect(log.map(({ call, outcome, code }) => [call, outcome, code])).toEqual([
      ['stat', 'failed', 'storage.denied'],
      ['stat', 'aborted', undefined],
      ['write', 'ok', undefined],
      ['read', 'stopped', undefined],
    ]);
  });
});

describe('withPrefix', () => {
  test('is a view of one directory that cannot be left', async () => {
    const memory = new MemoryStorage();
    await memory.write('a/b/o', stream(bytes));
    await memory.write('a/bb/p', stream(bytes));
    await memory.write('q', stream(bytes));
    const view = withPrefix(memory, 'a/b');
    await view.write('d/r', stream(someBytes(3)));
    expect((await all(view.list(''))).map(({ path }) => path)).toEqual(['o', 'd/r']);
    expect(await all(view.directories(''))).toEqual(['d']);
    expect((await memory.stat('a/b/d/r'))?.size).toBe(3);
    await expect(view.stat('../bb/p')).rejects.toMatchObject({ code: 'storage.bad-path' });
    await expect(collect(view.read('/q'))).rejects.toMatchObject({ code: 'storage.bad-path' });
    expect(() => withPrefix(memory, '../a')).toThrowError(
      expect.objectContaining({ code: 'storage.bad-path' }),
    );
  });
});

describe('validateStorage', () => {
  const context = { randomHex: () => 'f00d' };
  const named = async (script: FaultScript) => {
    const { storage, memory } = await faulty(script);
    const results = await all(validateStorage(storage, context));
    return { results, left: (await all(memory.list(''))).map(({ path }) => path) };
  };
  const outcome = (results: Awaited<ReturnType<typeof named>>['results'], name: string) =>
    results.find((result) => result.name === name);

  test('passes a sound storage, says what it cannot know, and leaves nothing', async () => {
    const { results, left } = await named(() => undefined);
    expect(
      results.filter(({ result }) => result !== 'passed').map(({ name, result }) => [name, result]),
    ).toEqual([['usage', 'unknown']]);
    expect(left).toEqual(['o']);
  });

  test('fails what cannot be written, and does not guess about the rest', async () => {
    const error = new HoldfastError('storage.denied', { path: 'write', problem: 'no' });
    const { results } = await named(({ call }) => (call === 'write' ? { kind: 'error', error } : undefined));
    expect(outcome(results, 'write')).toMatchObject({
      result: 'failed',
      error: { message: { en: 'The storage refuses access to write: no' } },
    });
    const others = results.filter(({ name }) => name !== 'write').map(({ result }) => result);
    expect(new Set(others)).toEqual(new Set(['unknown']));
  });

  test.each([
    [
      'read',
      { kind: 'flip', atByte: 3 },
      ['read', 'range', 'overwrite', 'exclusive', 'late', 'large', 'names'],
    ],
    [
      'read',
      { kind: 'short', bytes: 5 },
      ['read', 'range', 'overwrite', 'exclusive', 'late', 'large', 'names'],
    ],
    ['remove', { kind: 'error', error: new Error('stuck') }, ['remove']],
    ['usage', { kind: 'error', error: new Error('stuck') }, ['usage']],
  ] as const)('notices that %s has the fault %j', async (call, fault, failed) => {
    const { results } = await named((made) => (made.call === call ? fault : undefined));
    expect(results.filter(({ result }) => result === 'failed').map(({ name }) => name)).toEqual(failed);
  });

  test('notices a storage where two writers both create', async () => {
    const memory = new MemoryStorage();
    const careless = replacing(memory, {
      write: (path, data) => memory.write(path, data),
    });
    const results = await all(validateStorage(careless, context));
    expect(outcome(results, 'exclusive')).toMatchObject({
      result: 'failed',
      error: {
        message: { en: expect.stringContaining('4 of 4 writers believe that they created the object') },
      },
    });
  });

  test.each([
    ['that takes no parts', false, ['late', 'large']],
    ['whose parts replace what has appeared meanwhile', true, ['late']],
  ])('notices a storage %s', async (_, takesParts, failed) => {
    const memory = new MemoryStorage();
    const inParts = replacing(memory, {
      partSize: 8 * 1024 * 1024,
      write: async (path, data, options) => {
        const bytes = await collect(data);
        if (bytes.length <= 8 * 1024 * 1024) return memory.write(path, stream(bytes), options);
        if (!takesParts) throw new HoldfastError('storage.denied', { path, problem: 'no parts' });
        return memory.write(path, stream(bytes));
      },
    });
    const results = await all(validateStorage(inParts, context));
    expect(results.filter(({ result }) => result === 'failed').map(({ name }) => name)).toEqual(failed);
  });

  test('cleans up when it is aborted', async () => {
    const { memory } = await faulty(() => undefined);
    const abort = new AbortController();
    const reason = new Error('enough');
    const validating = (async () => {
      for await (const { name } of validateStorage(memory, { ...context, signal: abort.signal })) {
        if (name === 'list') abort.abort(reason);
      }
    })();
    await expect(validating).rejects.toBe(reason);
    expect((await all(memory.list(''))).map(({ path }) => path)).toEqual(['o']);
  });
});
