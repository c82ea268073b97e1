import { ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Storage, StorageContext } from '../../../main/storages/contract.ts';
import { type RetryContext, retryCalls, withRetry } from '../../../main/storages/with/retry.ts';
import { until } from '../../servers/condition.ts';
import { startProxy, type TcpProxy } from '../../servers/proxy.ts';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { all, collect, sha256, someBytes, stream } from '../../storages/bytes.ts';
import { nextLine, startChild } from '../../storages/child.ts';
import { obsOptions, openObs, rootClient } from '../../storages/obs-bucket.ts';
import { RACE_OBJECTS } from '../../storages/race.ts';
import { expectOneWinnerEach } from '../../storages/race-outcome.ts';

const MEBIBYTE = 1024 * 1024;
const FAR_FUTURE = new Date('2999-01-01');
/** Three tries: each wait takes half of it. */
const POLICY = { patience: 1, firstDelay: 1, longestDelay: 1 };
let waited = 0;
const AT_ONCE: RetryContext = {
  random: () => 0,
  elapsed: () => waited,
  sleep: async (milliseconds, signal) => {
    signal?.throwIfAborted();
    waited += milliseconds;
  },
};
/** Five parts, the last of them short. */
const LARGE = someBytes(22 * MEBIBYTE, 22);
const SMALL = someBytes(300_000, 3);

let server: VersitygwServer;
let admin: S3Client;
let proxy: TcpProxy;
let bucket: string;
let buckets = 0;

beforeAll(async () => {
  server = await startVersitygw();
  admin = rootClient(server);
});

afterAll(async () => {
  admin?.destroy();
  await server?.[Symbol.asyncDispose]();
});

beforeEach(async () => {
  buckets += 1;
  bucket = `bucket-${buckets}`;
  await server.createBucket(bucket);
  proxy = await startProxy({ host: server.host, port: server.port });
});

afterEach(async () => await proxy[Symbol.asyncDispose]());

const direct = () => obsOptions(server, bucket);
const options = () => ({
  ...direct(),
  endpoint: `http://${proxy.connectString}`,
  partSize: 5,
  silenceTimeout: 1,
});
const retrying: Partial<StorageContext> = { retry: retryCalls(POLICY, AT_ONCE) };

/** What another client sees of the bucket, what is under way included. */
async function seen(): Promise<{ objects: string[]; uploads: number }> {
  const storage = await openObs(direct());
  const objects = (await all(storage.list(''))).map(({ path }) => path).sort();
  const { Uploads } = await admin.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  await storage.close();
  return { objects, uploads: Uploads?.length ?? 0 };
}

async function expectStored(path: string, bytes: Uint8Array): Promise<void> {
  const storage = await openObs(direct());
  expect(sha256(await collect(storage.read(path)))).toBe(sha256(bytes));
  await storage.close();
}

/** A storage with an object `o`, whose next write that creates has nothing left to try before. */
async function warm(context: Partial<StorageContext> = {}): Promise<Storage> {
  const storage = await openObs(options(), context);
  await storage.write('o', stream(SMALL), { ifAbsent: true });
  return storage;
}

const unreachable = { code: 'storage.unreachable', retryable: true };
const inChunks = (bytes: Buffer) =>
  stream(
    ...Array.from({ length: Math.ceil(bytes.length / MEBIBYTE) }, (_, at) =>
      bytes.subarray(at * MEBIBYTE, (at + 1) * MEBIBYTE),
    ),
  );

describe('a connection that is cut', () => {
  test.each([
    ['in an object that is sent whole', SMALL, 150_000],
    ['in the first part', LARGE, 2 * MEBIBYTE],
    ['in a later part', LARGE, 18 * MEBIBYTE],
  ])('%s fails the write and leaves nothing', async (_, bytes, at) => {
    const storage = await warm();
    proxy.cutAfter(at, 'toServer');
    await expect(storage.write('p', inChunks(bytes))).rejects.toMatchObject(unreachable);
    await expect(storage.stat('p')).resolves.toBeUndefined();
    expect(await seen()).toEqual({ objects: ['o'], uploads: 0 });
    await storage.close();
  });

  test.each([
    ['whole', SMALL, 150_000],
    ['in parts', LARGE, 12 * MEBIBYTE],
  ])('is made good by the retry policy for what is still held (%s)', async (_, bytes, at) => {
    const storage = await warm(retrying);
    proxy.cutAfter(at, 'toServer');
    expect(await storage.write('p', inChunks(bytes), { ifAbsent: true })).toMatchObject({
      size: bytes.length,
    });
    await expectStored('p', bytes);
    expect(await seen()).toEqual({ objects: ['o', 'p'], uploads: 0 });
    await storage.close();
  });

  test('in a download fails the read, and a retrying one goes on at its byte', async () => {
    const storage = await warm();
    await storage.write('large', inChunks(LARGE));
    for (const range of [undefined, { offset: 1000, length: 20 * MEBIBYTE }]) {
      const whole = range === undefined ? LARGE : LARGE.subarray(1000, 1000 + 20 * MEBIBYTE);
      proxy.cutAfter(7 * MEBIBYTE);
      await expect(collect(storage.read('large', range))).rejects.toMatchObject(unreachable);
      proxy.cutAfter(7 * MEBIBYTE);
      const read = await collect(withRetry(storage, POLICY, AT_ONCE).read('large', range));
      expect(sha256(read)).toBe(sha256(whole));
    }
    await storage.close();
  });

  test.each([false, true])(
    'before the answer to a write that was done does not fail it (ifAbsent %s)',
    async (ifAbsent) => {
      const storage = await warm(retrying);
      proxy.cutAfter(20);
      expect(await storage.write('p', stream(SMALL), { ifAbsent })).toMatchObject({ size: SMALL.length });
      await expectStored('p', SMALL);
      await storage.close();
    },
  );

  test.each([false, true])(
    'before the answer to the completion of an upload does not fail it (ifAbsent %s)',
    async (ifAbsent) => {
      const storage = await openObs({ ...options(), parallelParts: 1 }, retrying);
      const written = async (path: string) => {
        const before = proxy.passed.toClient;
        await storage.write(path, inChunks(LARGE), { ifAbsent });
        return proxy.passed.toClient - before;
      };
      // What it proves first, it has proved then.
      await storage.write('o', inChunks(LARGE), { ifAbsent: true });
      const answers = await written('path-1');
      const before = proxy.passed.toClient;
      await storage.stat('path-1');
      const answerToHead = proxy.passed.toClient - before;
      const requests = server.requests().length;
      // In the answer to the completion, which comes last but one.
      proxy.cutAfter(answers - answerToHead - 50);
      await written('path-2');
      const completions = server
        .requests()
        .slice(requests)
        .filter((name) => name === 's3_CompleteMultipartUpload');
      expect(completions).toHaveLength(2);
      await expectStored('path-2', LARGE);
      await storage.close();
    },
  );
});

describe('what a write asks before and after is asked again', () => {
  /** Bytes of the answers to a call. */
  async function answersTo(call: () => Promise<unknown>): Promise<number> {
    const before = proxy.passed.toClient;
    await call();
    return proxy.passed.toClient - before;
  }

  test('when it is cut in the proofs of conditional put, which leave nothing', async () => {
    for (const [path, data] of [
      ['small', () => stream(SMALL)],
      ['large', () => inChunks(LARGE)],
    ] as const) {
      const storage = await openObs(options(), retrying);
      proxy.cutAfter(20);
      await storage.write(path, data(), { ifAbsent: true });
      expect(await storage.sweep(FAR_FUTURE)).toBe(0);
      await storage.close();
    }
    expect(await seen()).toEqual({ objects: ['large', 'small'], uploads: 0 });
  });

  test('when it is cut in the last look at what was written', async () => {
    const storage = await warm(retrying);
    const answers = await answersTo(() => storage.write('path-1', stream(SMALL)));
    const answerToHead = await answersTo(() => storage.stat('path-1'));
    proxy.cutAfter(answers - answerToHead + 20);
    expect(await storage.write('path-2', stream(SMALL))).toMatchObject({ size: SMALL.length });
    expect(await seen()).toEqual({ objects: ['o', 'path-1', 'path-2'], uploads: 0 });
    await storage.close();
  });

  test('when it is cut in the look whether the name is taken', async () => {
    const storage = await openObs(options(), retrying);
    await storage.write('o', inChunks(LARGE), { ifAbsent: true });
    proxy.cutAfter(20);
    await storage.write('p', inChunks(LARGE), { ifAbsent: true });
    await expectStored('p', LARGE);
    await storage.close();
  });
});

describe('a byte that changes on the way', () => {
  test.each([
    ['whole', SMALL, 150_000],
    ['in parts', LARGE, 12 * MEBIBYTE],
  ])('is noticed by the service, and sent again when there is a policy (%s)', async (_, bytes, at) => {
    const storage = await warm();
    proxy.flipAfter(at, 'toServer');
    await expect(storage.write('p', inChunks(bytes))).rejects.toMatchObject({ code: 'storage.failed' });
    expect(await seen()).toEqual({ objects: ['o'], uploads: 0 });
    await storage.close();
    const patient = await warmAgain();
    proxy.flipAfter(at, 'toServer');
    await patient.write('p', inChunks(bytes));
    await expectStored('p', bytes);
    await patient.close();
  });

  async function warmAgain(): Promise<Storage> {
    const storage = await openObs(options(), retrying);
    await storage.stat('o');
    return storage;
  }
});

describe('a service that stands still', () => {
  test('is given up by every call', async () => {
    const storage = await warm();
    proxy.stall();
    const outcomes = await Promise.allSettled([
      storage.stat('o'),
      all(storage.list('')),
      collect(storage.read('o')),
      storage.write('p', stream(SMALL)),
      storage.write('p', inChunks(LARGE)),
      storage.remove('gone'),
      openObs(options()),
    ]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: unreachable });
    proxy.resume();
    expect((await storage.stat('o'))?.size).toBe(SMALL.length);
    await storage.close();
  });

  test('in the middle of a download is given up, and the read goes on later', async () => {
    const storage = await warm();
    await storage.write('large', inChunks(LARGE));
    const chunks: Uint8Array[] = [];
    const onRetry = () => proxy.resume();
    for await (const chunk of withRetry(storage, POLICY, { ...AT_ONCE, onRetry }).read('large')) {
      if (chunks.length === 0) proxy.stall();
      chunks.push(chunk);
    }
    expect(sha256(Buffer.concat(chunks))).toBe(sha256(LARGE));
    await storage.close();
  });

  test('does not hold up an abort', async () => {
    const storage = await openObs({ ...options(), silenceTimeout: 600 });
    await storage.write('o', stream(SMALL));
    const abort = new AbortController();
    const reason = new Error('enough');
    proxy.stall();
    const calls = [
      storage.stat('o', abort.signal),
      collect(storage.read('o', undefined, abort.signal)),
      storage.write('p', stream(SMALL), { signal: abort.signal }),
      storage.write('p', inChunks(LARGE), { signal: abort.signal, ifAbsent: true }),
    ].map((call) =>
      call.then(
        () => 'done',
        (error: unknown) => error,
      ),
    );
    await until('the calls to be under way', () => proxy.open >= 4 || undefined);
    abort.abort(reason);
    expect(await Promise.all(calls)).toEqual([reason, reason, reason, reason]);
    await storage.close();
  });
});

describe('processes', () => {
  const script = new URL('../../storages/obs-child.ts', import.meta.url);

  test('one that dies in an upload leaves nothing to be seen, and what it leaves is swept in its time', async () => {
    const prefix = 'ours';
    const mine = { ...direct(), prefix, partSize: 5 };
    const child = startChild(script, ['upload', JSON.stringify(mine), 'dir/large']);
    for (let part = 0; part < 3; part += 1) expect(await nextLine(child)).toBe(part);
    await until('a part to be stored', async () => (await seen()).uploads === 1 || undefined);
    child.kill('SIGKILL');
    await child.ended;
    const storage = await openObs(mine);
    expect(await storage.stat('dir/large')).toBeUndefined();
    expect(await all(storage.list(''))).toEqual([]);
    const other = await openObs({ ...mine, prefix: 'other' });
    expect(await other.sweep(FAR_FUTURE)).toBe(0);
    expect(await storage.sweep(new Date(Date.now() - 3_600_000))).toBe(0);
    expect((await seen()).uploads).toBe(1);
    expect(await storage.sweep(FAR_FUTURE)).toBe(1);
    expect(await storage.sweep(FAR_FUTURE)).toBe(0);
    expect((await seen()).uploads).toBe(0);
    for (const opened of [storage, other]) await opened.close();
  });

  test('of two exactly one creates each object', async () => {
    const start = (name: string) => startChild(script, ['race', JSON.stringify(direct()), name]);
    await expectOneWinnerEach(start, RACE_OBJECTS, () => openObs(direct()));
  });

  test('a service killed in the middle of an upload, and started again, has the old object', async () => {
    const storage = await openObs({ ...options(), silenceTimeout: 5 });
    await storage.write('o', stream(SMALL));
    async function* data() {
      yield LARGE;
      await server.kill();
      yield LARGE;
    }
    await expect(storage.write('o', data())).rejects.toMatchObject(unreachable);
    await server.restart();
    await expectStored('o', SMALL);
    expect((await seen()).objects).toEqual(['o']);
    await storage.sweep(FAR_FUTURE);
    expect((await seen()).uploads).toBe(0);
    await storage.close();
  });
});

test('no more is pulled than fits into the parts under way and the one being filled', async () => {
  const storage = await openObs({ ...options(), parallelParts: 2, silenceTimeout: 600 });
  let pulled = 0;
  async function* data() {
    for (; pulled < 64; pulled += 1) {
      // The upload has begun, and from here on no part is answered.
      if (pulled === 6) proxy.stall();
      yield someBytes(MEBIBYTE, pulled + 1);
    }
  }
  const abort = new AbortController();
  const writing = storage.write('o', data(), { signal: abort.signal }).catch((error: unknown) => error);
  await until('three parts', () => pulled >= 15 || undefined);
  for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
  expect(pulled).toBe(15);
  const reason = new Error('enough');
  abort.abort(reason);
  expect(await writing).toBe(reason);
  await storage.close();
});
