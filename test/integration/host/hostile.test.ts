import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { offeredProtocols } from '../../../shared/contract/handshake.ts';
import { PASSWORD, type RealHost, signIn, startRealHost } from './real-host.ts';
import { type Answer, ask, knock } from './served.ts';

/*
 * The same as in the tests of each part, but from end to end: against the program as it ships, in a process of its
 * own, with the engine behind it.
 */

let host: RealHost;
let cookie: string;
beforeAll(async () => {
  host = await startRealHost();
  const answer = await signIn(host.port, { token: host.token });
  cookie = answer.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
});
afterAll(() => host[Symbol.asyncDispose]());

const codeOf = (answer: Answer | WebSocket) =>
  answer instanceof WebSocket ? 'let in' : JSON.parse(answer.body).error.code;

async function rpc(headers: Record<string, string>): Promise<string> {
  const answer = await knock(`${host.url}/rpc`, offeredProtocols(), { headers });
  if (answer instanceof WebSocket) answer.terminate();
  return codeOf(answer);
}

function change(headers: Record<string, string>): Promise<Answer> {
  const body = JSON.stringify({ name: 'nothing' });
  const all = { 'content-type': 'application/json', 'content-length': String(body.length), ...headers };
  return ask(host.port, '/api/v1/clusters/remove', { method: 'POST', headers: all, body });
}

describe('a request', () => {
  it.each([
    ['without a token', () => ({}), 'host.unauthorized'],
    ['with a wrong one', () => ({ authorization: `Bearer ${'A'.repeat(43)}` }), 'host.unauthorized'],
    [
      'with the token for a password',
      () => ({ authorization: `Basic ${btoa(`:${host.token}`)}` }),
      'host.unauthorized',
    ],
    ['of a rebound name', () => ({ host: `evil.example:${host.port}`, cookie }), 'host.forbidden'],
    ['of a foreign page', () => ({ origin: 'https://evil.example', cookie }), 'host.forbidden'],
    ['of a page on another port', () => ({ origin: `http://127.0.0.1:1`, cookie }), 'host.forbidden'],
    ['of a page without an origin', () => ({ origin: 'null', cookie }), 'host.forbidden'],
    ['by cookie without an Origin', () => ({ cookie }), 'host.forbidden'],
    [
      'by cookie from another site',
      () => ({ cookie, origin: host.url, 'sec-fetch-site': 'cross-site' }),
      'host.forbidden',
    ],
  ])('%s changes nothing and opens nothing', async (_case, headers, code) => {
    expect(codeOf(await change(headers()))).toBe(code);
    expect(await rpc(headers())).toBe(code);
  });

  it('with token, or cookie and own origin, is heard', async () => {
    for (const headers of [{ authorization: `Bearer ${host.token}` }, { cookie, origin: host.url }]) {
      expect(codeOf(await change(headers))).toBe('catalog.no-cluster');
      expect(await rpc(headers)).toBe('let in');
    }
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('of method %s does nothing', async (method) => {
    const headers = { authorization: `Bearer ${host.token}` };
    const answer = await ask(host.port, '/api/v1/clusters/list', { method, headers });
    expect(answer.status).toBe(404);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['access-control-allow-methods']).toBeUndefined();
  });
});

describe('many wrong passwords', () => {
  it('end in waiting, for the name and the address, while who is in stays in', async () => {
    const bearer = await host.bearer('admin');
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429 && statuses.length < 20) {
      statuses.push(
        (await signIn(host.port, { user: 'admin', password: `guess ${statuses.length}` })).status,
      );
    }
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn(host.port, { user: 'admin', password: PASSWORD })).status).toBe(429);
    expect(codeOf(await change({ authorization: `Bearer ${bearer}` }))).toBe('catalog.no-cluster');
    expect((await signIn(host.port, { token: host.token })).status).toBe(200);
  });
});

describe('what is no HTTP', () => {
  /** Sends bytes as they are, and gives all that comes back. */
  function send(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(host.port, '127.0.0.1', () => socket.end(text));
      let answer = '';
      socket.setEncoding('utf8').on('data', (piece: string) => {
        answer += piece;
      });
      socket.once('error', reject);
      socket.once('close', () => resolve(answer));
    });
  }

  it.each([
    ['nothing that is a request', 'hello\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['two lengths', 'POST /session HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'POST /session HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['an address as a whole', 'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ])('is refused: %s', async (_case, text) => {
    expect(await send(text)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await ask(host.port, '/healthz')).status).toBe(200);
  });
});
