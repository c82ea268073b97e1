import { inspect } from 'node:util';
import { DeleteBucketCommand, PutBucketPolicyCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Storage } from '../../../main/storages/contract.ts';
import obs from '../../../main/storages/obs.ts';
import { validateStorage } from '../../../main/storages/validate.ts';
import { reportError } from '../../../shared/errors/error.ts';
import { reservePort } from '../../servers/ports.ts';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { all, collect, someBytes, stream } from '../../storages/bytes.ts';
import { obsOptions, openObs, policyOf, readOnlyPolicy, rootClient } from '../../storages/obs-bucket.ts';
import { serve } from '../../storages/web-service.ts';

const HOUR = 3_600_000;

let server: VersitygwServer;
let admin: S3Client;

beforeAll(async () => {
  server = await startVersitygw();
  admin = rootClient(server);
  await server.createBucket('bucket');
});

afterAll(async () => {
  admin?.destroy();
  await server?.[Symbol.asyncDispose]();
});

const options = (more: object = {}, bucket = 'bucket') => ({ ...obsOptions(server, bucket), ...more });

/** How every call of a storage ended. */
function everyCall(storage: Storage): Promise<readonly PromiseSettledResult<unknown>[]> {
  return Promise.allSettled([
    storage.stat('o'),
    all(storage.list('')),
    all(storage.directories('')),
    collect(storage.read('o')),
    storage.write('p', stream(someBytes(1))),
    storage.write('q', stream(someBytes(1)), { ifAbsent: true }),
    storage.remove('o'),
    storage.sweep(new Date()),
  ]);
}

describe('signing in', () => {
  test.each([
    ['a wrong secret key', { secretKey: 'a-wrong-secret-key' }],
    ['an access key that nobody has', { accessKey: 'nobody', secretKey: 'a-wrong-secret-key' }],
    ['a session token that nobody gave', { accessKey: 'nobody', sessionToken: 'a-token-of-nobody' }],
  ])('%s is refused, and not told to anybody', async (_, wrong) => {
    const error: unknown = await openObs(options(wrong)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'storage.sign-in-failed', retryable: false });
    const told = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(reportError(error));
    for (const secret of ['a-wrong-secret-key', 'a-token-of-nobody', server.root.secretKey]) {
      expect(told).not.toContain(secret);
    }
  });

  test.each([HOUR, -HOUR])('a clock that is %i ms off is named as the reason', async (off) => {
    const now = () => new Date(Date.now() + off);
    await expect(openObs(options(), { now })).rejects.toMatchObject({ code: 'storage.clock-skew' });
  });

  test('another region than the service’s is named as the reason', async () => {
    await expect(openObs(options({ region: 'eu-north-7' }))).rejects.toMatchObject({
      code: 'storage.wrong-region',
    });
  });
});

describe('the bucket', () => {
  test('that is not there is refused at once', async () => {
    await expect(openObs(options({}, 'nowhere'))).rejects.toMatchObject({
      code: 'storage.no-bucket',
      params: { bucket: 'nowhere', endpoint: server.endpoint },
    });
  });

  test('that has gone is an error for every call and never an empty storage', async () => {
    await server.createBucket('passing');
    const storage = await openObs(options({}, 'passing'));
    await admin.send(new DeleteBucketCommand({ Bucket: 'passing' }));
    for (const outcome of await everyCall(storage)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'storage.no-bucket' } });
    }
    await storage.close();
  });

  test('that may only be read refuses what would change it, for an account and for a whole service', async () => {
    await server.createBucket('shared');
    const owner = await openObs(options({}, 'shared'));
    await owner.write('o', stream(Buffer.from('readable')));
    const reader = await server.createAccount('reader');
    await expect(openObs(options(reader, 'shared'))).rejects.toMatchObject({ code: 'storage.denied' });
    await admin.send(
      new PutBucketPolicyCommand({ Bucket: 'shared', Policy: readOnlyPolicy('shared', 'reader') }),
    );
    const expectReadOnly = async (storage: Storage) => {
      expect((await collect(storage.read('o'))).toString()).toBe('readable');
      expect(await storage.stat('o')).toEqual(await owner.stat('o'));
      expect(await storage.stat('missing')).toBeUndefined();
      const denied = { code: 'storage.denied', retryable: false };
      const large = stream(someBytes(6 << 20), someBytes(6 << 20));
      await expect(storage.write('p', stream(someBytes(1)))).rejects.toMatchObject(denied);
      await expect(storage.write('p', large)).rejects.toMatchObject(denied);
      await expect(storage.write('p', stream(someBytes(1)), { ifAbsent: true })).rejects.toMatchObject(
        denied,
      );
      await expect(storage.remove('o')).rejects.toMatchObject(denied);
      await storage.close();
    };
    await expectReadOnly(await openObs(options({ ...reader, partSize: 5 }, 'shared')));
    await server.restart({ readOnly: true });
    await expectReadOnly(await openObs(options({ partSize: 5 }, 'shared')));
    await server.restart({ readOnly: false });
    expect((await all(owner.list(''))).map(({ path }) => path)).toEqual(['o']);
    await owner.close();
  });
});

describe('an account with the rights that the documentation names', () => {
  const SWEEPING = ['s3:ListBucketMultipartUploads', 's3:ListMultipartUploadParts'];
  const documented = obs.account.en.match(/s3:\w+/g) ?? [];

  /** A storage as an account with these rights, and no others, has it. */
  async function withRights(name: string, actions: readonly string[]): Promise<Storage> {
    const account = await server.createAccount(name);
    await server.createBucket(`of-${name}`);
    const Policy = policyOf(`of-${name}`, name, actions);
    await admin.send(new PutBucketPolicyCommand({ Bucket: `of-${name}`, Policy }));
    return openObs(options({ ...account, partSize: 5 }, `of-${name}`));
  }

  async function failures(storage: Storage): Promise<string[]> {
    const checks = await all(validateStorage(storage, { randomHex: () => 'f00d' }));
    return checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
  }

  test('can do everything', async () => {
    const storage = await withRights('enough', documented);
    expect(await failures(storage)).toEqual([]);
    expect(await storage.sweep(new Date())).toBe(0);
    await storage.close();
  });

  test('can do without those for sweeping, and needs each of the others', async () => {
    const needed = documented.filter((action) => !SWEEPING.includes(action));
    expect(needed.length).toBe(documented.length - SWEEPING.length);
    const storage = await withRights('frugal', needed);
    expect(await failures(storage)).toEqual([]);
    await expect(storage.sweep(new Date())).rejects.toMatchObject({ code: 'storage.denied' });
    await storage.close();
    for (const [at, action] of needed.entries()) {
      const rest = needed.filter((other) => other !== action);
      const failed = await withRights(`lacking-${at}`, rest).then(failures, ({ code }) => [code]);
      expect(failed, action).not.toEqual([]);
    }
  });
});

describe('the endpoint', () => {
  test('where nobody listens, or whose name nobody knows, is unreachable and may be tried again', async () => {
    const nobody = await reservePort();
    onTestFinished(nobody.release);
    for (const endpoint of [`http://127.0.0.1:${nobody.port}`, 'http://holdfast-test.invalid']) {
      await expect(openObs(options({ endpoint }))).rejects.toMatchObject({
        code: 'storage.unreachable',
        retryable: true,
        params: { problem: { en: expect.stringContaining(endpoint) } },
      });
    }
  });

  test('that speaks no TLS, or is not trusted, is refused', async () => {
    await using secure = await startVersitygw({ tls: true });
    await using expired = await startVersitygw({ tls: { expired: true } });
    const untrusted = { code: 'storage.untrusted', retryable: false };
    const endpoint = server.endpoint.replace('http:', 'https:');
    await expect(openObs(options({ endpoint }))).rejects.toMatchObject(untrusted);
    const { ca: _, ...withoutAuthority } = obsOptions(secure, 'bucket');
    await expect(openObs(withoutAuthority)).rejects.toMatchObject(untrusted);
    await expect(openObs(obsOptions(expired, 'bucket'))).rejects.toMatchObject(untrusted);
    // With the authority that signed it only the bucket is missing.
    await expect(openObs(obsOptions(secure, 'bucket'))).rejects.toMatchObject({ code: 'storage.no-bucket' });
  });

  test('that does not speak S3 is told apart from an empty bucket', async () => {
    const website = await serve(() => '<html>welcome</html>');
    await expect(openObs(options({ endpoint: website }))).rejects.toMatchObject({
      code: 'storage.breaks-contract',
    });
  });
});

describe('a service that completes an upload whatever its condition', () => {
  const key = (url: string) => new URL(url, 'http://service').pathname;

  /** Refuses puts to a key that is taken, and no completions. */
  async function halfCareful(): Promise<{ endpoint: string; keys: Set<string>; uploads: Set<string> }> {
    const keys = new Set<string>();
    const uploads = new Set<string>();
    const endpoint = await serve((request, response) => {
      const { method, url = '', headers } = request;
      const { searchParams } = new URL(url, 'http://service');
      const inParts = searchParams.has('uploadId');
      if (method === 'GET') return EMPTY_LISTING;
      if (method === 'POST' && searchParams.has('uploads')) {
        uploads.add(key(url));
        return '<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>';
      }
      if (method === 'POST') {
        keys.add(key(url));
        uploads.delete(key(url));
        return '<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>';
      }
      if (method === 'DELETE') (inParts ? uploads : keys).delete(key(url));
      if (method !== 'PUT' || inParts) return '';
      if (headers['if-none-match'] === '*' && keys.has(key(url))) {
        response.statusCode = 412;
        return '<Error><Code>PreconditionFailed</Code></Error>';
      }
      keys.add(key(url));
      return '';
    });
    return { endpoint, keys, uploads };
  }

  test('is found out before a large object relies upon it, and nothing is left of the try', async () => {
    const { endpoint, keys, uploads } = await halfCareful();
    const storage = await openObs(options({ endpoint, partSize: 5 }));
    const large = stream(someBytes(6 << 20));
    await expect(storage.write('o', large, { ifAbsent: true })).rejects.toMatchObject({
      code: 'storage.breaks-contract',
      message: expect.stringContaining('If-None-Match'),
    });
    expect([...keys, ...uploads]).toEqual([]);
    await storage.close();
  });
});

describe('a service without conditional put', () => {
  /** Answers every put with success, whatever its conditions are. */
  async function careless(): Promise<{ endpoint: string; keys: Set<string> }> {
    const keys = new Set<string>();
    const endpoint = await serve(({ method, url = '' }) => {
      const path = new URL(url, 'http://service').pathname;
      if (method === 'PUT') keys.add(path);
      if (method === 'DELETE') keys.delete(path);
      return method === 'GET' ? EMPTY_LISTING : '';
    });
    return { endpoint, keys };
  }

  test('is found out before it is relied upon, and nothing is left of the try', async () => {
    const { endpoint, keys } = await careless();
    const storage = await openObs(options({ endpoint }));
    for (let time = 0; time < 2; time += 1) {
      await expect(storage.write('o', stream(someBytes(1)), { ifAbsent: true })).rejects.toMatchObject({
        code: 'storage.breaks-contract',
        message: expect.stringContaining('If-None-Match'),
      });
    }
    expect([...keys]).toEqual([]);
    await storage.close();
  });

  test('may be used by a single writer: what is there is refused all the same', async () => {
    const storage = await openObs(options({ conditionalPut: false, prefix: 'single' }));
    const taken = { code: 'storage.exists' };
    for (const path of ['o', 'p']) {
      const size = path === 'o' ? 3 : 12 << 20;
      await storage.write(path, stream(someBytes(size)), { ifAbsent: true });
      await expect(storage.write(path, stream(someBytes(4)), { ifAbsent: true })).rejects.toMatchObject(
        taken,
      );
      expect((await storage.stat(path))?.size).toBe(size);
    }
    const checks = await all(validateStorage(storage, { randomHex: () => 'f00d' }));
    expect(checks.find(({ name }) => name === 'late')).toMatchObject({ result: 'passed' });
    await storage.close();
  });
});

const EMPTY_LISTING = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><KeyCount>0</KeyCount>
<MaxKeys>1</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>`;
