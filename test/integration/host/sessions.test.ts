import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Users } from '../../../main/secrets/users.ts';
import { offeredProtocols } from '../../../shared/contract/handshake.ts';
import { SIGNED_OUT_STATUS } from '../../../shared/contract/session.ts';
import { type Answer, ask, knock, type Served, startServed } from './served.ts';

const PASSWORD = 'correct horse battery';

let served: Served;
let users: Users;
let token: string;
beforeAll(async () => {
  served = await startServed();
  users = new Users(served.directory, () => new Date());
  await users.add('olga', 'operator', PASSWORD);
  token = await readFile(served.host.tokenFile, 'utf8');
});
afterAll(() => served[Symbol.asyncDispose]());

const json = { 'content-type': 'application/json' };

function post(body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  return ask(served.port, '/session', {
    method: 'POST',
    headers: { origin: served.host.url, ...json, 'content-length': length, ...headers },
    body: text,
  });
}

const setCookie = (answer: Answer) => answer.headers['set-cookie']?.[0] ?? '';
const cookieOf = (answer: Answer) => setCookie(answer).split(';', 1)[0] ?? '';
const state = async (cookie: string) =>
  JSON.parse((await ask(served.port, '/session', { headers: { cookie } })).body);
const codeOf = (answer: Answer | WebSocket) =>
  answer instanceof WebSocket ? 'let in' : JSON.parse(answer.body).error.code;

async function connect(headers: Record<string, string>): Promise<WebSocket | Answer> {
  const answer = await knock(`${served.host.url}/rpc`, offeredProtocols(), { headers });
  if (answer instanceof WebSocket) answer.terminate();
  return answer;
}

describe('signing in', () => {
  it('turns the token into a cookie that scripts and other sites cannot use', async () => {
    const answer = await post({ token });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ signedIn: true, user: '(local)', role: 'admin' });
    expect(answer.body).not.toContain(token);
    const [pair, ...attributes] = setCookie(answer).split('; ');
    expect(pair).toMatch(new RegExp(`^holdfast-${served.port}=[\\w-]{43}$`));
    expect(attributes).toEqual(['Path=/', 'HttpOnly', 'SameSite=Strict', 'Max-Age=604800']);
    expect(await state(cookieOf(answer))).toMatchObject({ signedIn: true, role: 'admin' });
  });

  it('takes name and password and gives the role of the user', async () => {
    const answer = await post({ user: 'Olga', password: PASSWORD });
    expect(JSON.parse(answer.body)).toMatchObject({ user: 'olga', role: 'operator' });
  });

  it('gives programs a token that is no cookie, and a cookie is no such token', async () => {
    const answer = await post({ user: 'olga', password: PASSWORD, bearer: true });
    expect(answer.headers['set-cookie']).toBeUndefined();
    const bearer: string = JSON.parse(answer.body).token;
    expect(codeOf(await connect({ authorization: `Bearer ${bearer}` }))).toBe('let in');
    const name = `holdfast-${served.port}`;
    expect(await state(`${name}=${bearer}`)).toMatchObject({ signedIn: false });
    const id = cookieOf(await post({ token })).split('=')[1];
    expect(codeOf(await connect({ authorization: `Bearer ${id}` }))).toBe('host.unauthorized');
  });

  it('says who is not signed in, and which ways in there are', async () => {
    expect(await state('')).toEqual({ signedIn: false, ways: ['token'] });
    await users.add('anna', 'admin', PASSWORD);
    expect(await state('')).toEqual({ signedIn: false, ways: ['token', 'password'] });
  });

  it.each([
    ['a wrong token', { token: 'A'.repeat(43) }, 'host.wrong-credentials'],
    ['a wrong password', { user: 'olga', password: 'wrong' }, 'host.wrong-credentials'],
    ['a user who is not there', { user: 'nobody', password: PASSWORD }, 'host.wrong-credentials'],
    ['more than is asked for', { token: 'x', role: 'admin' }, 'general.invalid-input'],
    ['nothing', {}, 'general.invalid-input'],
  ])('refuses %s', async (_case, body, code) => {
    const answer = await post(body);
    expect(codeOf(answer)).toBe(code);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('does not take what a foreign form could send', async () => {
    expect(codeOf(await post({ token }, { 'content-type': 'text/plain' }))).toBe('general.invalid-input');
    expect(codeOf(await post({ token }, { origin: 'https://evil.example' }))).toBe('host.forbidden');
  });

  it('logs neither token nor password nor session', async () => {
    const answer = await post({ token });
    await post({ user: 'olga', password: 'wr0ng-pass' });
    await post({ user: 'Mistyped-P4ss', password: 'x' });
    expect(served.log()).toContain('signed in');
    expect(served.log()).toContain('sign-in refused');
    const id = cookieOf(answer).split('=')[1] ?? '?';
    const audit = await readFile(join(served.directory, 'audit.ndjson'), 'utf8');
    expect(audit).toContain('"user":"(unknown)"');
    for (const secret of [token, 'wr0ng-pass', 'istyped-P4ss', PASSWORD, id]) {
      expect(served.log()).not.toContain(secret);
      expect(audit).not.toContain(secret);
    }
  });
});

describe('a session', () => {
  it('is never one that the client brought along, and signing in again ends the one before', async () => {
    const name = `holdfast-${served.port}`;
    const planted = `${name}=${'P'.repeat(43)}`;
    const first = await post({ token }, { cookie: planted });
    expect(cookieOf(first)).not.toBe(planted);
    expect(await state(planted)).toMatchObject({ signedIn: false });
    const second = await post({ token }, { cookie: cookieOf(first) });
    expect(await state(cookieOf(first))).toMatchObject({ signedIn: false });
    expect(await state(cookieOf(second))).toMatchObject({ signedIn: true });
  });

  it('opens the WebSocket for a page of ours only', async () => {
    const cookie = cookieOf(await post({ token }));
    expect(codeOf(await connect({ cookie, origin: served.host.url }))).toBe('let in');
    expect(codeOf(await connect({ cookie }))).toBe('host.forbidden');
    expect(codeOf(await connect({ cookie, origin: 'http://127.0.0.1:1' }))).toBe('host.forbidden');
    const site = { 'sec-fetch-site': 'same-site' };
    expect(codeOf(await connect({ cookie, origin: served.host.url, ...site }))).toBe('host.forbidden');
  });

  it('ends when one signs out, and its connections with it', async () => {
    const cookie = cookieOf(await post({ token }));
    const webSocket = await knock(`${served.host.url}/rpc`, offeredProtocols(), {
      headers: { cookie, origin: served.host.url },
    });
    if (!(webSocket instanceof WebSocket)) throw new Error('it was refused');
    const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
    const foreign = await ask(served.port, '/session', { method: 'DELETE', headers: { cookie } });
    expect(codeOf(foreign)).toBe('host.forbidden');
    const headers = { cookie, origin: served.host.url };
    const answer = await ask(served.port, '/session', { method: 'DELETE', headers });
    expect(answer.status).toBe(204);
    expect(setCookie(answer)).toContain('Max-Age=0');
    expect(await closed).toBe(SIGNED_OUT_STATUS);
    expect(await state(cookie)).toMatchObject({ signedIn: false });
  });

  it.each([
    ['the password changes', (name: string) => users.set(name, { password: `${PASSWORD}!` })],
    ['the role changes', (name: string) => users.set(name, { role: 'viewer' })],
    ['the user is removed', (name: string) => users.remove(name)],
  ])('ends when %s', async (what, change) => {
    const name = what.replaceAll(' ', '-');
    await users.add(name, 'admin', PASSWORD);
    const cookie = cookieOf(await post({ user: name, password: PASSWORD }));
    const webSocket = await knock(`${served.host.url}/rpc`, offeredProtocols(), {
      headers: { cookie, origin: served.host.url },
    });
    if (!(webSocket instanceof WebSocket)) throw new Error('it was refused');
    const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
    await change(name);
    expect(await closed).toBe(SIGNED_OUT_STATUS);
    expect(await state(cookie)).toMatchObject({ signedIn: false });
  });
});

describe('a file of users that cannot be read', () => {
  it('ends their sessions, and nothing else', async () => {
    const own = await startServed({}, async (directory) => {
      await new Users(directory, () => new Date()).add('anna', 'admin', PASSWORD);
    });
    try {
      const body = JSON.stringify({ user: 'anna', password: PASSWORD });
      const headers = { ...json, 'content-length': String(body.length) };
      const answer = await ask(own.port, '/session', { method: 'POST', headers, body });
      const webSocket = await knock(`${own.host.url}/rpc`, offeredProtocols(), {
        headers: { cookie: cookieOf(answer), origin: own.host.url },
      });
      if (!(webSocket instanceof WebSocket)) throw new Error('it was refused');
      const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
      await writeFile(join(own.directory, 'users.json'), 'no users');
      expect(await closed).toBe(SIGNED_OUT_STATUS);
      const refused = await ask(own.port, '/session', { method: 'POST', headers, body });
      expect(codeOf(refused)).toBe('secrets.users-damaged');
      const authorization = `Bearer ${await readFile(own.host.tokenFile, 'utf8')}`;
      expect((await ask(own.port, '/nowhere', { headers: { authorization } })).status).toBe(404);
    } finally {
      await own[Symbol.asyncDispose]();
    }
  });
});

describe('guessing', () => {
  it('is slowed down after some wrong passwords, and the token still lets in', async () => {
    const own = await startServed();
    try {
      const body = JSON.stringify({ user: 'nobody', password: 'x' });
      const headers = { ...json, 'content-length': String(body.length) };
      const guess = () => ask(own.port, '/session', { method: 'POST', headers, body });
      const answers: Answer[] = [];
      while (answers.length < 12) answers.push(await guess());
      expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401));
      expect(answers.at(-1)).toMatchObject({ status: 429 });
      expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
      const right = JSON.stringify({ token: await readFile(own.host.tokenFile, 'utf8') });
      const answer = await ask(own.port, '/session', {
        method: 'POST',
        headers: { ...json, 'content-length': String(right.length) },
        body: right,
      });
      expect(answer.status).toBe(200);
    } finally {
      await own[Symbol.asyncDispose]();
    }
  });
});
