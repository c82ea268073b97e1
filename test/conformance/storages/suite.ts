import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../../../main/storages/contract.ts';
import { validateStorage } from '../../../main/storages/validate.ts';
import { withPrefix } from '../../../main/storages/with/prefix.ts';
import { all, collect, sha256, someBytes, stalling, stream } from '../../storages/bytes.ts';

/** A storage under test, and how to get rid of it. */
export interface OpenedStorage {
  readonly storage: Storage;
  cleanup(): Promise<void>;
}

export interface StorageUnderTest {
  readonly name: string;
  /** Opens an empty storage. */
  open(): Promise<OpenedStorage>;
}

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;
const FAR_FUTURE = new Date('2999-01-01T00:00:00Z');

/** Holds a storage to everything that main/storages/contract.ts promises. Each test has a directory of its own. */
export function storageConformance({ name, open }: StorageUnderTest): void {
  describe(`${name} keeps the storage contract`, () => {
    let opened: OpenedStorage;
    let root: Storage;
    let count = 0;
    const fresh = () => {
      count += 1;
      return withPrefix(root, `test-${count}`);
    };
    beforeAll(async () => {
      opened = await open();
      root = opened.storage;
    });
    afterAll(async () => {
      await root.close();
      await opened.cleanup();
    });

    describe('write and read', () => {
      test.each([0, 1, 65_535, 65_536, 65_537, 3 * MEBIBYTE + 7])('%i bytes come back', async (length) => {
        const storage = fresh();
        const bytes = someBytes(length, length);
        const written = await storage.write('an/object', stream(bytes));
        expect(written).toMatchObject({ path: 'an/object', size: length });
        expect(sha256(await collect(storage.read('an/object')))).toBe(sha256(bytes));
      });

      test('chunks of any size, empty ones too, are joined in order', async () => {
        const storage = fresh();
        const parts = [0, 1, 0, 7, 70_000, 0, 3].map((length, seed) => someBytes(length, seed + 1));
        await storage.write('o', stream(...parts));
        expect(sha256(await collect(storage.read('o')))).toBe(sha256(Buffer.concat(parts)));
      });

      test('the consumer owns the chunks: later ones do not change earlier ones', async () => {
        const storage = fresh();
        const bytes = someBytes(2 * MEBIBYTE);
        await storage.write('o', stream(bytes));
        const chunks = await all(storage.read('o'));
        for (const chunk of chunks.slice(1)) chunk.fill(0);
        const first = chunks[0] ?? Buffer.alloc(0);
        expect(Buffer.compare(first, bytes.subarray(0, first.length))).toBe(0);
      });

      test('32 MiB stream through', async () => {
        const storage = fresh();
        const written = createHash('sha256');
        async function* data() {
          for (let seed = 1; seed <= 32; seed += 1) {
            const chunk = someBytes(MEBIBYTE, seed);
            written.update(chunk);
            yield chunk;
          }
        }
        const { size } = await storage.write('large', data());
        const read = createHash('sha256');
        for await (const chunk of storage.read('large')) read.update(chunk);
        expect(size).toBe(32 * MEBIBYTE);
        expect(read.digest('hex')).toBe(written.digest('hex'));
      });

      test('the source is pulled with backpressure, never far ahead', async () => {
        const storage = fresh();
        let inUse = 0;
        let most = 0;
        const data: AsyncIterable<Uint8Array> = {
          [Symbol.asyncIterator]: () => {
            let left = 50;
            return {
              async next() {
                inUse += 1;
                most = Math.max(most, inUse);
                await new Promise(setImmediate);
                inUse -= 1;
                left -= 1;
                return left < 0
                  ? { done: true, value: undefined }
                  : { done: false, value: someBytes(KIBIBYTE) };
              },
            };
          },
        };
        await storage.write('o', data);
        expect(most).toBe(1);
      });

      test('a missing object is storage.missing', async () => {
        const storage = fresh();
        await storage.write('there', stream(someBytes(3)));
        await expect(collect(storage.read('gone'))).rejects.toMatchObject({ code: 'storage.missing' });
        await expect(collect(storage.read('no/directory/either'))).rejects.toMatchObject({
          code: 'storage.missing',
        });
      });

      test('a read that ends early leaves the storage usable', async () => {
        const storage = fresh();
        await storage.write('o', stream(someBytes(4 * MEBIBYTE)));
        for (let time = 0; time < 20; time += 1) {
          for await (const chunk of storage.read('o')) {
            expect(chunk.length).toBeGreaterThan(0);
            break;
          }
        }
        expect((await collect(storage.read('o'))).length).toBe(4 * MEBIBYTE);
      });

      test('many objects can be read at once', async () => {
        const storage = fresh();
        const bytes = someBytes(MEBIBYTE);
        await storage.write('o', stream(bytes));
        const ranges = Array.from({ length: 16 }, (_, at) => ({ offset: at * 1000, length: 60_000 }));
        const read = await Promise.all(ranges.map((range) => collect(storage.read('o', range))));
        for (const [at, range] of ranges.entries()) {
          const expected = bytes.subarray(range.offset, range.offset + range.length);
          expect(read[at]?.equals(expected)).toBe(true);
        }
      });
    });

    describe('ranges', () => {
      const bytes = someBytes(200_000);
      test.each([
        [0, 1],
        [0, 200_000],
        [199_999, 1],
        [65_535, 2],
        [123, 131_072],
      ])('offset %i, length %i', async (offset, length) => {
        const storage = fresh();
        await storage.write('o', stream(bytes));
        const read = await collect(storage.read('o', { offset, length }));
        expect(read.equals(bytes.subarray(offset, offset + length))).toBe(true);
      });

      test.each([
        [200_000, 1],
        [199_999, 2],
        [0, 200_001],
        [1_000_000, 5],
      ])('past the end, offset %i, length %i: storage.truncated', async (offset, length) => {
        const storage = fresh();
        await storage.write('o', stream(bytes));
        const actual = Math.max(0, bytes.length - offset);
        await expect(collect(storage.read('o', { offset, length }))).rejects.toMatchObject({
          code: 'storage.truncated',
          params: { expected: length, actual },
        });
      });

      test.each([
        [-1, 1],
        [0, 0],
        [0.5, 1],
        [0, Number.NaN],
      ])('a range that makes no sense, offset %d, length %d, is refused', async (offset, length) => {
        const storage = fresh();
        await storage.write('o', stream(bytes));
        await expect(collect(storage.read('o', { offset, length }))).rejects.toMatchObject({
          code: 'general.invalid-input',
        });
      });
    });

    describe('atomicity', () => {
      test('while a write is under way, and after it failed, the old object is there', async () => {
        const storage = fresh();
        const old = someBytes(1000, 5);
        await storage.write('o', stream(old));
        const before = await storage.stat('o');
        const seen: unknown[] = [];
        async function* data() {
          yield someBytes(MEBIBYTE);
          seen.push(await storage.stat('o'), sha256(await collect(storage.read('o'))));
          throw new Error('the source broke');
        }
        await expect(storage.write('o', data())).rejects.toThrow('the source broke');
        expect(seen).toEqual([before, sha256(old)]);
        expect(await storage.stat('o')).toEqual(before);
        expect((await collect(storage.read('o'))).equals(old)).toBe(true);
      });

      test('while a write is under way, and after it failed, a new object is not there', async () => {
        const storage = fresh();
        const seen: unknown[] = [];
        async function* data() {
          yield someBytes(MEBIBYTE);
          seen.push(await storage.stat('d/new'), await all(storage.list('')));
          throw new Error('the source broke');
        }
        await expect(storage.write('d/new', data())).rejects.toThrow('the source broke');
        expect(seen).toEqual([undefined, []]);
        expect(await storage.stat('d/new')).toBeUndefined();
        expect(await all(storage.list(''))).toEqual([]);
        await expect(collect(storage.read('d/new'))).rejects.toMatchObject({ code: 'storage.missing' });
      });

      test('the very error of the source is passed on', async () => {
        const storage = fresh();
        const broke = new Error('the source broke');
        const data = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(broke) }) };
        await expect(storage.write('o', data)).rejects.toBe(broke);
      });

      test('a reader that began before a replacement gets the old bytes or an error, never a mixture', async () => {
        const storage = fresh();
        const old = someBytes(4 * MEBIBYTE, 1);
        await storage.write('o', stream(old));
        const chunks: Uint8Array[] = [];
        let failed = false;
        try {
          for await (const chunk of storage.read('o')) {
            if (chunks.length === 0) await storage.write('o', stream(someBytes(4 * MEBIBYTE, 2)));
            chunks.push(chunk);
          }
        } catch {
          failed = true;
        }
        if (!failed) expect(sha256(Buffer.concat(chunks))).toBe(sha256(old));
        expect(sha256(await collect(storage.read('o')))).toBe(sha256(someBytes(4 * MEBIBYTE, 2)));
      });

      test('a replacement that is shorter leaves nothing of the old object', async () => {
        const storage = fresh();
        await storage.write('o', stream(someBytes(100_000)));
        const { size } = await storage.write('o', stream(someBytes(10, 9)));
        expect(size).toBe(10);
        expect((await collect(storage.read('o'))).equals(someBytes(10, 9))).toBe(true);
      });

      test('of two writers at once the object is one of theirs, whole', async () => {
        const storage = fresh();
        const contents = [1, 2, 3, 4].map((seed) => someBytes(300_000, seed));
        await Promise.all(contents.map((bytes) => storage.write('o', stream(bytes))));
        expect(contents.map(sha256)).toContain(sha256(await collect(storage.read('o'))));
        expect(await all(storage.list(''))).toHaveLength(1);
      });
    });

    describe('exclusive creation', () => {
      test('creates what is absent and refuses what is there, without changing it', async () => {
        const storage = fresh();
        await storage.write('o', stream(someBytes(10, 1)), { ifAbsent: true });
        await expect(storage.write('o', stream(someBytes(20, 2)), { ifAbsent: true })).rejects.toMatchObject({
          code: 'storage.exists',
        });
        expect((await collect(storage.read('o'))).equals(someBytes(10, 1))).toBe(true);
        expect(await all(storage.list(''))).toHaveLength(1);
      });

      test('creates again what was removed', async () => {
        const storage = fresh();
        await storage.write('o', stream(someBytes(10)), { ifAbsent: true });
        await storage.remove('o');
        await storage.write('o', stream(someBytes(11)), { ifAbsent: true });
        expect((await storage.stat('o'))?.size).toBe(11);
      });

      test('of eight writers at once exactly one succeeds, and its bytes are there', async () => {
        const storage = fresh();
        for (let round = 0; round < 10; round += 1) {
          const path = `round/${round}`;
          const contents = Array.from({ length: 8 }, (_, seed) => someBytes(5000, seed + 1));
          const outcomes = await Promise.allSettled(
            contents.map((bytes) => storage.write(path, stream(bytes), { ifAbsent: true })),
          );
          const winners = contents.filter((_, at) => outcomes[at]?.status === 'fulfilled');
          expect(winners).toHaveLength(1);
          for (const outcome of outcomes) {
            if (outcome.status === 'rejected')
              expect(outcome.reason).toMatchObject({ code: 'storage.exists' });
          }
          expect(winners.map(sha256)).toEqual([sha256(await collect(storage.read(path)))]);
        }
      });
    });

    describe('stat, list, directories, remove', () => {
      test('stat gives size and time; nothing for what is not there', async () => {
        const storage = fresh();
        const written = await storage.write('d/o', stream(someBytes(77)));
        const found = await storage.stat('d/o');
        expect(found).toEqual(written);
        expect(found?.modified.getTime()).toBeGreaterThan(new Date('2020-01-01').getTime());
        for (const path of ['d', 'd/o/x', 'd/p', 'e']) expect(await storage.stat(path)).toBeUndefined();
      });

      test('list finds every object below a directory, at any depth, and nothing else', async () => {
        const storage = fresh();
        const paths = ['a', 'b/c', 'b/cc', 'b/d/e', 'b/d/f/g', 'bb/h', 'b.x'];
        for (const [at, path] of paths.entries()) await storage.write(path, stream(someBytes(at + 1)));
        const below = async (prefix: string) =>
          (await all(storage.list(prefix))).map(({ path, size }) => `${path}:${size}`).sort();
        expect(await below('')).toEqual(paths.map((path, at) => `${path}:${at + 1}`).sort());
        expect(await below('b')).toEqual(['b/c:2', 'b/cc:3', 'b/d/e:4', 'b/d/f/g:5']);
        expect(await below('b/d')).toEqual(['b/d/e:4', 'b/d/f/g:5']);
        expect(await below('b/c')).toEqual([]);
        expect(await below('nowhere/at/all')).toEqual([]);
      });

      test('directories are the names directly below', async () => {
        const storage = fresh();
        for (const path of ['a', 'b/c', 'b/d/e', 'b/f/g/h', 'bb/i']) {
          await storage.write(path, stream(someBytes(1)));
        }
        const below = async (prefix: string) => (await all(storage.directories(prefix))).sort();
        expect(await below('')).toEqual(['b', 'bb']);
        expect(await below('b')).toEqual(['d', 'f']);
        expect(await below('b/d')).toEqual([]);
        expect(await below('missing')).toEqual([]);
      });

      test('300 objects in one directory are listed once each', async () => {
        const storage = fresh();
        const paths = Array.from({ length: 300 }, (_, at) => `many/${at}`);
        for (let at = 0; at < paths.length; at += 20) {
          const some = paths.slice(at, at + 20);
          await Promise.all(some.map((path) => storage.write(path, stream(someBytes(1)))));
        }
        const listed = (await all(storage.list('many'))).map(({ path }) => path);
        expect(listed.sort()).toEqual(paths.sort());
      });

      test('objects may be removed while they are listed', async () => {
        const storage = fresh();
        for (let at = 0; at < 30; at += 1) await storage.write(`d/${at}/o`, stream(someBytes(1)));
        for await (const { path } of storage.list('')) await storage.remove(path);
        expect(await all(storage.list(''))).toEqual([]);
      });

      test('remove removes, also what is not there', async () => {
        const storage = fresh();
        await storage.write('d/o', stream(someBytes(5)));
        await storage.write('d/p', stream(someBytes(5)));
        await storage.remove('d/o');
        await storage.remove('d/o');
        await storage.remove('never/was');
        expect(await storage.stat('d/o')).toBeUndefined();
        expect((await all(storage.list(''))).map(({ path }) => path)).toEqual(['d/p']);
        await expect(collect(storage.read('d/o'))).rejects.toMatchObject({ code: 'storage.missing' });
      });

      test('a directory can be filled again after its last object was removed', async () => {
        const storage = fresh();
        for (let round = 0; round < 3; round += 1) {
          await storage.write('deep/er/o', stream(someBytes(round + 1)));
          await storage.remove('deep/er/o');
        }
        await Promise.all(
          Array.from({ length: 10 }, async (_, at) => {
            await storage.write(`deep/er/${at}`, stream(someBytes(1)));
            await storage.remove(`deep/er/${at}`);
          }),
        );
        expect(await all(storage.list(''))).toEqual([]);
      });
    });

    describe('names', () => {
      const difficult = [
        'with space',
        ' leading',
        'trailing ',
        'dot.',
        '.hidden',
        '...',
        'CON',
        'nul.tar.gz',
        'COM1',
        'a:b',
        'a\\b',
        'q?*"<>|',
        '100%',
        '%2F',
        '%25',
        '=3A',
        'a=b',
        '备份',
        'ä',
        'a\u0308',
        '가',
        '\u1100\u1161',
        '🗄️',
        '#frag',
        'a&b=c;d',
        "it's",
        '+plus+',
        '~tilde',
        '$HOME',
        '[x]',
        '{y}',
        '\u202ertl',
        'é'.repeat(60),
      ];

      test('whatever is not a control character comes back as it was written', async () => {
        const storage = fresh();
        for (const name of difficult) await storage.write(`dir ${name}/${name}`, stream(Buffer.from(name)));
        const expected = difficult.map((name) => `dir ${name}/${name}`).sort();
        expect((await all(storage.list(''))).map(({ path }) => path).sort()).toEqual(expected);
        const directories = difficult.map((name) => `dir ${name}`).sort();
        expect((await all(storage.directories(''))).sort()).toEqual(directories);
        for (const name of difficult) {
          const path = `dir ${name}/${name}`;
          expect((await collect(storage.read(path))).toString()).toBe(name);
          expect((await storage.stat(path))?.path).toBe(path);
          await storage.remove(path);
        }
        expect(await all(storage.list(''))).toEqual([]);
      });

      test('case is kept apart, or the second name is refused; nothing is overwritten silently', async () => {
        const storage = fresh();
        await storage.write('Name', stream(Buffer.from('upper')));
        const second = await storage.write('name', stream(Buffer.from('lower'))).then(
          () => 'kept apart',
          (error: unknown) => error,
        );
        if (second !== 'kept apart') expect(second).toMatchObject({ code: 'storage.bad-path' });
        expect((await collect(storage.read('Name'))).toString()).toBe('upper');
      });

      test.each(['', '/a', 'a/', 'a//b', '.', '..', 'a/../b', '../a', './a', 'a\0b', 'a\nb', '\ud800'])(
        'the path %j is refused by every call',
        async (path) => {
          const refused = { code: 'storage.bad-path' };
          await expect(root.stat(path)).rejects.toMatchObject(refused);
          await expect(collect(root.read(path))).rejects.toMatchObject(refused);
          await expect(root.write(path, stream(someBytes(1)))).rejects.toMatchObject(refused);
          await expect(root.remove(path)).rejects.toMatchObject(refused);
          if (path !== '') await expect(all(root.list(path))).rejects.toMatchObject(refused);
          if (path !== '') await expect(all(root.directories(path))).rejects.toMatchObject(refused);
        },
      );
    });

    describe('abort', () => {
      const reason = new Error('enough');
      const aborted = AbortSignal.abort(reason);

      test('a signal that has fired stops every call with its reason', async () => {
        const storage = fresh();
        await storage.write('o', stream(someBytes(10)));
        await expect(storage.stat('o', aborted)).rejects.toBe(reason);
        await expect(all(storage.list('', aborted))).rejects.toBe(reason);
        await expect(all(storage.directories('', aborted))).rejects.toBe(reason);
        await expect(collect(storage.read('o', undefined, aborted))).rejects.toBe(reason);
        await expect(storage.write('p', stream(someBytes(1)), { signal: aborted })).rejects.toBe(reason);
        await expect(storage.remove('o', aborted)).rejects.toBe(reason);
        await expect(storage.usage(aborted)).rejects.toBe(reason);
        await expect(storage.sweep(new Date(0), { signal: aborted })).rejects.toBe(reason);
        expect((await all(storage.list(''))).map(({ path }) => path)).toEqual(['o']);
      });

      test.each([true, false])('a write ends while its source stalls (ifAbsent %s)', async (ifAbsent) => {
        const storage = fresh();
        const abort = new AbortController();
        async function* data() {
          yield* stream(someBytes(MEBIBYTE));
          queueMicrotask(() => abort.abort(reason));
          yield* stalling(someBytes(10));
        }
        await expect(storage.write('o', data(), { ifAbsent, signal: abort.signal })).rejects.toBe(reason);
        expect(await storage.stat('o')).toBeUndefined();
        expect(await all(storage.list(''))).toEqual([]);
        await storage.write('o', stream(someBytes(3)), { ifAbsent });
        expect((await storage.stat('o'))?.size).toBe(3);
      });

      test('a read stops between chunks', async () => {
        const storage = fresh();
        await storage.write('o', stream(someBytes(8 * MEBIBYTE)));
        const abort = new AbortController();
        const reading = (async () => {
          for await (const _ of storage.read('o', undefined, abort.signal)) abort.abort(reason);
        })();
        await expect(reading).rejects.toBe(reason);
      });

      test('a list stops between objects', async () => {
        const storage = fresh();
        for (let at = 0; at < 5; at += 1) await storage.write(`${at}`, stream(someBytes(1)));
        const abort = new AbortController();
        const listing = (async () => {
          for await (const _ of storage.list('', abort.signal)) abort.abort(reason);
        })();
        await expect(listing).rejects.toBe(reason);
      });
    });

    describe('the storage as a whole', () => {
      test('usage is plausible where it is known', async () => {
        const { total, free } = await root.usage();
        if (total !== undefined) expect(total).toBeGreaterThan(0);
        if (free !== undefined) expect(free).toBeGreaterThanOrEqual(0);
        if (total !== undefined && free !== undefined) expect(free).toBeLessThanOrEqual(total);
      });

      test('sweep never takes objects', async () => {
        const storage = fresh();
        await storage.write('d/o', stream(someBytes(100)));
        await root.sweep(FAR_FUTURE);
        expect((await collect(storage.read('d/o'))).equals(someBytes(100))).toBe(true);
      });

      test('nothing is left for sweep after a failed write', async () => {
        const storage = fresh();
        async function* data() {
          yield someBytes(1000);
          throw new Error('broke');
        }
        await expect(storage.write('o', data())).rejects.toThrow('broke');
        expect(await root.sweep(FAR_FUTURE)).toBe(0);
      });

      test('validate passes and cleans up after itself', async () => {
        const before = (await all(root.list(''))).length;
        const results = await all(validateStorage(root, { randomHex: () => 'f00d' }));
        const notPassed = results.filter(({ result }) => result !== 'passed');
        expect(notPassed.filter(({ name }) => name !== 'usage')).toEqual([]);
        expect(notPassed.filter(({ result }) => result === 'failed')).toEqual([]);
        expect((await all(root.list(''))).length).toBe(before);
      });
    });
  });
}
