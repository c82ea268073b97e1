import { copyFile, mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTlsIdentity } from '../../../main/host/web/tls.ts';
import { createCertificates } from '../../servers/certificates.ts';
import { until } from '../../servers/condition.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-renewal-'));
  await createCertificates(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a renewed certificate is taken, half of a renewal is not', async () => {
  const files = { certificate: join(folder, 'tls.pem'), key: join(folder, 'tls.key') };
  const put = async (name: string, part: 'pem' | 'key') => {
    await copyFile(join(folder, `${name}.${part}`), join(folder, `tls.${part}`));
    // Two copies within the clock's step are told apart by nothing else.
    await utimes(join(folder, `tls.${part}`), new Date(), new Date(Date.now() + Math.random() * 1e6));
  };
  await put('server', 'pem');
  await put('server', 'key');
  const problems: unknown[] = [];
  const identity = await readTlsIdentity(files, (error) => problems.push(error), 10);
  const taken: Buffer[] = [];
  const stop = identity.onChange(({ cert }) => taken.push(cert));
  await put('client', 'pem');
  await until('the half renewal is told', () => (problems.length > 0 ? true : undefined));
  expect(problems[0]).toMatchObject({ code: 'host.tls-unusable' });
  expect(taken).toEqual([]);
  await put('client', 'key');
  await until('the renewal is taken', () => (taken.length > 0 ? true : undefined));
  const renewed = await readFile(join(folder, 'client.pem'));
  expect(taken[0]).toEqual(renewed);
  expect(identity.current().cert).toEqual(renewed);
  stop();
});
