import dns from 'node:dns';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { all, collect, someBytes, stream } from '../../storages/bytes.ts';
import { obsOptions, openObs, rootClient } from '../../storages/obs-bucket.ts';

const DOMAIN = 's3.holdfast.test';

let server: VersitygwServer;
let admin: S3Client;
let buckets = 0;

beforeAll(async () => {
  server = await startVersitygw({ virtualDomain: DOMAIN });
  admin = rootClient(server);
});

afterAll(async () => {
  admin?.destroy();
  await server?.[Symbol.asyncDispose]();
});

async function freshBucket(): Promise<string> {
  buckets += 1;
  await server.createBucket(`bucket-${buckets}`);
  return `bucket-${buckets}`;
}

test('a listing goes on over its pages, for objects and for directories', async () => {
  const bucket = await freshBucket();
  const storage = await openObs(obsOptions(server, bucket));
  const paths = Array.from({ length: 2100 }, (_, at) => (at % 2 === 0 ? `many/d${at}/o` : `many/o${at}`));
  for (let at = 0; at < paths.length; at += 50) {
    const put = (Key: string) => admin.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }));
    await Promise.all(paths.slice(at, at + 50).map(put));
  }
  const before = server.requests().length;
  expect((await all(storage.list('many'))).map(({ path }) => path).sort()).toEqual(paths.toSorted());
  expect(server.requests().length - before).toBe(3);
  const names = paths.filter((path) => path.endsWith('/o')).map((path) => path.split('/')[1]);
  expect((await all(storage.directories('many'))).sort()).toEqual(names.sort());
  await storage.close();
});

test('what consoles and other programs put there is seen when it can be an object, and not when it cannot', async () => {
  const bucket = await freshBucket();
  const put = (Key: string) =>
    admin.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key.endsWith('/') ? '' : 'x' }));
  for (const key of ['folder/', 'folder/of theirs/', 'foreign.tar.gz', 'inside/o', 'inside/deep/p'])
    await put(key);
  const storage = await openObs(obsOptions(server, bucket));
  expect((await all(storage.list(''))).map(({ path }) => path).sort()).toEqual([
    'foreign.tar.gz',
    'inside/deep/p',
    'inside/o',
  ]);
  expect((await all(storage.directories(''))).sort()).toEqual(['folder', 'inside']);
  const inside = await openObs({ ...obsOptions(server, bucket), prefix: 'inside' });
  expect((await all(inside.list(''))).map(({ path }) => path).sort()).toEqual(['deep/p', 'o']);
  expect(await inside.stat('foreign.tar.gz')).toBeUndefined();
  for (const opened of [storage, inside]) await opened.close();
});

test('the driver’s own directory is no part of the storage, and its name can be used by anybody', async () => {
  const bucket = await freshBucket();
  const put = (Key: string) => admin.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'ours' }));
  await put('.holdfast-obs/probe-left-by-a-crash');
  const storage = await openObs(obsOptions(server, bucket));
  expect(await all(storage.list(''))).toEqual([]);
  expect(await all(storage.directories(''))).toEqual([]);
  const names = ['.holdfast-obs', '.holdfast-obs=', '.holdfast-obs=='];
  for (const name of names) {
    await storage.write(`${name}/o`, stream(Buffer.from(name)));
    await storage.write(`deep/${name}/o`, stream(Buffer.from(name)));
  }
  const paths = names.flatMap((name) => [`${name}/o`, `deep/${name}/o`]).sort();
  expect((await all(storage.list(''))).map(({ path }) => path).sort()).toEqual(paths);
  expect((await all(storage.directories(''))).sort()).toEqual([...names, 'deep']);
  expect((await collect(storage.read('.holdfast-obs=/o'))).toString()).toBe('.holdfast-obs=');
  expect(await storage.sweep(new Date(0))).toBe(0);
  expect(await storage.sweep(new Date('2999-01-01'))).toBe(1);
  expect((await all(storage.list(''))).length).toBe(paths.length);
  await storage.close();
});

test('a key that the service could not hold is refused before anything is sent', async () => {
  const storage = await openObs(obsOptions(server, await freshBucket()));
  const path = Array.from({ length: 6 }, () => '名'.repeat(60)).join('/');
  const before = server.requests().length;
  await expect(storage.write(path, stream(someBytes(1)))).rejects.toMatchObject({ code: 'storage.bad-path' });
  expect(server.requests().length).toBe(before);
  await storage.close();
});

test('an object that would have to be a directory too is refused by a service on a file system', async () => {
  const storage = await openObs(obsOptions(server, await freshBucket()));
  await storage.write('o', stream(someBytes(1)));
  await expect(storage.write('o/below', stream(someBytes(1)))).rejects.toMatchObject({
    code: 'storage.bad-path',
  });
  await storage.close();
});

test('the bucket stands in the host name where the endpoint has a domain name', async () => {
  const bucket = await freshBucket();
  const asked = pretendDns(DOMAIN);
  const options = { ...obsOptions(server, bucket), endpoint: `http://${DOMAIN}:${server.port}` };
  for (const addressing of ['auto', 'virtual', 'path']) {
    asked.clear();
    const storage = await openObs({ ...options, addressing, prefix: addressing });
    await storage.write('d/ö', stream(someBytes(12 << 20)), { ifAbsent: true });
    expect((await collect(storage.read('d/ö'))).equals(someBytes(12 << 20))).toBe(true);
    expect((await all(storage.list(''))).map(({ path }) => path)).toEqual(['d/ö']);
    expect([...asked]).toEqual([addressing === 'path' ? DOMAIN : `${bucket}.${DOMAIN}`]);
    await storage.close();
  }
});

/** Names below the domain lead to this machine until the test ends; gives the names that were asked for. */
function pretendDns(domain: string): Set<string> {
  const asked = new Set<string>();
  const real = dns.lookup;
  const pretended = (name: string, options: dns.LookupOptions, done: (...found: unknown[]) => void) => {
    if (!name.endsWith(domain)) return real(name, options, done);
    asked.add(name);
    return options.all === true
      ? done(null, [{ address: '127.0.0.1', family: 4 }])
      : done(null, '127.0.0.1', 4);
  };
  const spy = vi.spyOn(dns, 'lookup').mockImplementation(pretended as typeof dns.lookup);
  onTestFinished(() => spy.mockRestore());
  return asked;
}
