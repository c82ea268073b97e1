import { expect, test } from 'vitest';
import type { Clock } from '../../../main/engine/clock.ts';
import { openStorageWith } from '../../../main/engine/connections.ts';
import type { EngineContext } from '../../../main/engine/context.ts';
import { someBytes, stream } from '../../storages/bytes.ts';
import { storageContext } from '../../storages/storage-context.ts';
import { serve } from '../../storages/web-service.ts';

const LISTING = '<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated></ListBucketResult>';
const SLOW_DOWN = '<Error><Code>SlowDown</Code><Message>reduce your request rate</Message></Error>';
const unreachable = { code: 'storage.unreachable' };

/** A clock on which only waiting takes time. */
class WaitingClock implements Clock {
  waited = 0;

  now(): Date {
    return new Date();
  }

  elapsed(): number {
    return this.waited;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const immediate = setImmediate(() => {
      this.waited += milliseconds;
      callback();
    });
    return () => clearImmediate(immediate);
  }
}

type Method = 'GET' | 'HEAD' | 'PUT';

/** A bucket that asks to slow down, in answer to requests of this method, while it is told to. */
async function busyBucket(method: Method, isBusy: () => boolean) {
  const clock = new WaitingClock();
  let size = 0;
  const endpoint = await serve((request, response) => {
    if (request.method === method && isBusy()) {
      response.statusCode = 503;
      return SLOW_DOWN;
    }
    if (request.method === 'PUT') size = Number(request.headers['content-length']);
    if (request.method === 'HEAD') {
      response.setHeader('content-length', size);
      response.setHeader('last-modified', new Date(0).toUTCString());
    }
    return request.method === 'GET' ? LISTING : '';
  });
  const { randomHex } = storageContext;
  const context = {
    surroundings: { clock, random: () => 0, randomHex },
    storageLog: () => {},
  } as unknown as EngineContext;
  const options = { endpoint, bucket: 'bucket', accessKey: 'a', secretKey: 's' };
  const open = () => openStorageWith(context, { name: 'bucket', driver: 'obs', options });
  return { clock, open };
}

test.each(['PUT', 'HEAD'] as const)(
  'a write waits for a bucket that is busy for most of a minute (%s)',
  async (method) => {
    const { clock, open } = await busyBucket(method, () => clock.waited < 50_000);
    const storage = await open();
    expect(await storage.write('o', stream(someBytes(1000)))).toMatchObject({ size: 1000 });
    expect(clock.waited).toBeGreaterThanOrEqual(50_000);
    await storage.close();
  },
);

test('a write does not wait for ever', async () => {
  const { clock, open } = await busyBucket('PUT', () => true);
  const storage = await open();
  await expect(storage.write('o', stream(someBytes(1000)))).rejects.toMatchObject(unreachable);
  expect(clock.waited).toBeGreaterThanOrEqual(60_000);
  expect(clock.waited).toBeLessThan(70_000);
  await storage.close();
});

test('whoever opens a bucket that does not answer is told so after some seconds', async () => {
  const { clock, open } = await busyBucket('GET', () => true);
  await expect(open()).rejects.toMatchObject(unreachable);
  expect(clock.waited).toBeGreaterThanOrEqual(10_000);
  expect(clock.waited).toBeLessThan(20_000);
});
