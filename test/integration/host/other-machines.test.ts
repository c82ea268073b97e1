import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connectHost } from '../../../main/cli/session/host-link.ts';
import { Users } from '../../../main/secrets/users.ts';
import { offeredProtocols } from '../../../shared/contract/handshake.ts';
import { type Certificates, createCertificates } from '../../servers/certificates.ts';
import { reservePort } from '../../servers/ports.ts';
import { PASSWORD } from './real-host.ts';
import { type Answer, knock, type Served, startServed } from './served.ts';

/** The name that other machines use; the certificate has `localhost`. */
const NAME = 'localhost';

let folder: string;
let certificates: Certificates;
let served: Served;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-tls-'));
  certificates = await createCertificates(folder);
  await writeFile(join(folder, 'host.pem'), certificates.server.certificate);
  await writeFile(join(folder, 'host.key'), certificates.server.key);
  const tls = { certificate: join(folder, 'host.pem'), key: join(folder, 'host.key') };
  served = await startServed({ address: '0.0.0.0', tls, publicNames: ['proxied.test:443', NAME] }, addAdmin);
});
afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function addAdmin(directory: string): Promise<void> {
  await new Users(directory, () => new Date()).add('anna', 'admin', PASSWORD);
}

/** The port that other machines use. */
const publicPort = () => served.port;

function ask(
  path: string,
  options: { method?: string; headers?: object; body?: string } = {},
  port = publicPort(),
): Promise<Answer> {
  const { method = 'GET', headers = {}, body = '' } = options;
  const host = `${NAME}:${port}`;
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        servername: NAME,
        ca: certificates.ca,
        path,
        method,
        headers: { host, ...length, ...headers },
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const signIn = (body: object, port = publicPort()) =>
  ask(
    '/session',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `https://${NAME}:${port}` },
      body: JSON.stringify(body),
    },
    port,
  );

/** Signs in over loopback, as a program of the host's machine does. */
async function localBearer(link: string, credentials: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(credentials) };
  const answer: unknown = await (await fetch(new URL('/session', link), request)).json();
  return String(Reflect.get(Object(answer), 'token'));
}

describe('a host for other machines', () => {
  it('lets users in by password, with a cookie that only TLS carries', async () => {
    const answer = await signIn({ user: 'anna', password: PASSWORD });
    expect(answer.status).toBe(200);
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(new RegExp(`^__Host-holdfast-${publicPort()}=[\\w-]{43}; Path=/; HttpOnly`));
    expect(cookie).toMatch(/; Secure$/);
    const origin = `https://${NAME}:${publicPort()}`;
    const webSocket = await knock(`${origin.replace('https:', 'wss:')}/rpc`, offeredProtocols(), {
      headers: { cookie: cookie.split(';', 1)[0] ?? '', origin },
      ca: certificates.ca,
    });
    expect(webSocket).toBeInstanceOf(WebSocket);
    if (webSocket instanceof WebSocket) webSocket.terminate();
  });

  it('knows them again after it was started anew; those of loopback it does not', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-again-'));
    const tls = { certificate: join(folder, 'host.pem'), key: join(folder, 'host.key') };
    const users = new Users(directory, () => new Date());
    await users.add('anna', 'admin', PASSWORD);
    const port = await reservePort();
    const start = () =>
      startServed({
        dataDirectory: directory,
        users,
        address: '0.0.0.0',
        port: port.port,
        tls,
        publicNames: [NAME],
      });
    const credentials = { user: 'anna', password: PASSWORD, bearer: true };
    try {
      const before = await start();
      const kept = JSON.parse((await signIn(credentials, port.port)).body).token;
      const local = await localBearer(before.host.link, credentials);
      await before[Symbol.asyncDispose]();
      const after = await start();
      const statusOf = async (token: string) =>
        (await ask('/nowhere', { headers: { authorization: `Bearer ${token}` } }, port.port)).status;
      expect(await statusOf(kept)).toBe(404);
      expect(await statusOf(local)).toBe(401);
      const file = join(directory, 'sessions.json');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readFile(file, 'utf8')).not.toContain(kept);
      await users.revoke('anna');
      expect(await statusOf(kept)).toBe(401);
      await after[Symbol.asyncDispose]();
    } finally {
      port.release();
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('does not take the token of its own machine there, and says so', async () => {
    const token = await readFile(served.host.tokenFile, 'utf8');
    expect((await signIn({ token })).status).toBe(401);
    const answer = await ask('/nowhere', { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
    expect(JSON.parse((await ask('/session')).body)).toEqual({ signedIn: false, ways: ['password'] });
  });

  it('still serves the commands of its own machine on loopback, without TLS', async () => {
    expect(served.happened[0]).toMatch(/^announced http:\/\/127\.0\.0\.1:\d+ /);
    const url = served.happened[0]?.split(' ')[1] ?? '';
    const session = await connectHost({ url, tokenFile: served.host.tokenFile });
    expect(await session?.client.system.about({})).toMatchObject({ version: '0.0.0' });
    await session?.close();
    expect(served.host.link).toMatch(new RegExp(`^${url}/#token=`));
  });

  it.each(['127.0.0.1', 'evil.test', 'proxied.test', 'localhost'])(
    'is not there under the Host %s',
    async (host) => {
      expect((await ask('/healthz', { headers: { host } })).status).toBe(403);
    },
  );

  it('is there under a name that a proxy in front of it has', async () => {
    expect((await ask('/healthz', { headers: { host: 'proxied.test:443' } })).status).toBe(200);
  });

  it('refuses the page of the same name without TLS', async () => {
    const origin = `http://${NAME}:${publicPort()}`;
    expect((await ask('/healthz', { headers: { origin } })).status).toBe(403);
  });

  it('does not speak old TLS', async () => {
    const socket = connect({
      host: '127.0.0.1',
      port: publicPort(),
      ca: certificates.ca,
      servername: NAME,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const failure = await new Promise((resolve) => {
      socket.once('error', resolve);
      socket.once('secureConnect', () => resolve(undefined));
    });
    socket.destroy();
    expect(failure).toBeInstanceOf(Error);
  });
});

describe('it does not start', () => {
  const start = (options: object, prepare = addAdmin) =>
    startServed({ address: '0.0.0.0', ...options }, prepare);
  const tls = () => ({ certificate: join(folder, 'host.pem'), key: join(folder, 'host.key') });

  it.each([
    ['without names', () => start({ tls: tls() })],
    ['without TLS', () => start({ publicNames: [NAME] })],
    ['without an admin', () => start({ tls: tls(), publicNames: [NAME] }, async () => undefined)],
  ])('%s', async (_case, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ code: 'host.tls-needed' });
  });

  it.each([
    ['a file that is not there', () => ({ ...tls(), key: join(folder, 'nowhere') })],
    ['the key of another certificate', () => ({ ...tls(), key: join(folder, 'client.key') })],
  ])('with %s', async (_case, files) => {
    await expect(start({ tls: files(), publicNames: [NAME] })).rejects.toMatchObject({
      code: 'host.tls-unusable',
    });
  });
});
