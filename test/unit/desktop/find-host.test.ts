import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findHost } from '../../../main/desktop/host/find-host.ts';
import { ANNOUNCEMENT_FILE } from '../../../main/engine/announcement.ts';

/** A data directory whose announcement names a server that answers as `listener` does. */
async function announced(listener: RequestListener, token?: string) {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-find-'));
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    await rm(directory, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const tokenFile = join(directory, 'token');
  if (token !== undefined) await writeFile(tokenFile, `${token}\n`);
  const announcement = { url, tokenFile, contract: 1, pid: 1, hostName: 'here' };
  await writeFile(join(directory, ANNOUNCEMENT_FILE), JSON.stringify(announcement));
  return { directory, url, tokenFile };
}

/** Healthy for everybody; the rest is for those with the token. */
const hostWith =
  (token: string): RequestListener =>
  ({ url, headers }, response) => {
    const isOpen = url === '/healthz' || headers.authorization === `Bearer ${token}`;
    response.writeHead(isOpen ? 200 : 401).end();
  };

test('the host that takes the announced token is found, and is left alone', async () => {
  const { directory, url, tokenFile } = await announced(hostWith('mine'), 'mine');
  expect(await findHost(directory)).toMatchObject({ url, tokenFile, isOwn: false });
});

test('another host at the address of one that is gone is not taken for it', async () => {
  const { directory } = await announced(hostWith('theirs'), 'mine');
  expect(await findHost(directory)).toBeUndefined();
});

test('an announcement without an address finds nothing', async () => {
  const { directory } = await announced(hostWith('mine'), 'mine');
  const file = join(directory, ANNOUNCEMENT_FILE);
  const announcement = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...announcement, url: '127.0.0.1' }));
  expect(await findHost(directory)).toBeUndefined();
});

test.each([
  ['is not there', undefined],
  ['is no token', 'a\nb'],
])('a token that %s finds nothing', async (_what, token) => {
  const { directory } = await announced(hostWith('mine'), token);
  expect(await findHost(directory)).toBeUndefined();
});
