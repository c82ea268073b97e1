import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CONTRACT_VERSION } from '../../../shared/contract/contract.ts';
import { contractProtocol, offeredProtocols } from '../../../shared/contract/handshake.ts';
import { type Answer, ask, knock, type Served, startServed } from './served.ts';

let served: Served;
let token: string;
beforeAll(async () => {
  served = await startServed();
  token = await readFile(served.host.tokenFile, 'utf8');
});
afterAll(() => served[Symbol.asyncDispose]());

const rpc = () => `${served.host.url}/rpc`;
const bearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
const codeOf = (answer: WebSocket | Answer) =>
  answer instanceof WebSocket ? 'let in' : JSON.parse(answer.body).error.code;

async function knockAndClose(...args: Parameters<typeof knock>): Promise<WebSocket | Answer> {
  const answer = await knock(...args);
  if (answer instanceof WebSocket) answer.terminate();
  return answer;
}

describe('the token', () => {
  it('is 256 bits in a file that only its owner can read', async () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect((await stat(served.host.tokenFile)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['absent', {}],
    ['wrong', bearer('A'.repeat(43))],
    ['cut short', bearer('A')],
    ['of another scheme', { headers: { authorization: 'Basic Og==' } }],
  ])('refuses a connection when it is %s', async (_case, options) => {
    const answer = await knockAndClose(rpc(), offeredProtocols(), options);
    expect(codeOf(answer)).toBe('host.unauthorized');
    expect(answer).toMatchObject({ status: 401 });
  });

  it('is not taken from the URL', async () => {
    expect(codeOf(await knockAndClose(`${rpc()}?token=${token}`, offeredProtocols()))).toBe(
      'host.unauthorized',
    );
  });

  it('lets in by header', async () => {
    expect(codeOf(await knockAndClose(rpc(), offeredProtocols(), bearer(token)))).toBe('let in');
  });

  it('lets in by subprotocol, and is not sent back', async () => {
    const answer = await knockAndClose(rpc(), offeredProtocols(token), {
      headers: { origin: served.host.url },
    });
    expect(answer).toBeInstanceOf(WebSocket);
    expect(answer).toMatchObject({ protocol: contractProtocol(CONTRACT_VERSION) });
  });

  it('never reaches the log', async () => {
    await knockAndClose(rpc(), offeredProtocols(token));
    await ask(served.port, `/x?token=${token}`, bearer(token));
    expect(served.log()).toContain('client connected');
    expect(served.log()).not.toContain(token);
  });
});

describe('who may ask', () => {
  it.each(['evil.example', `evil.example:80`, '127.0.0.1', '127.0.0.1.evil.example:1'])(
    'refuses the Host %s, as DNS rebinding gives it',
    async (host) => {
      const answer = await knockAndClose(rpc(), offeredProtocols(), {
        headers: { host, authorization: `Bearer ${token}` },
      });
      expect(codeOf(answer)).toBe('host.forbidden');
      expect((await ask(served.port, '/healthz', { headers: { host } })).status).toBe(403);
    },
  );

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'refuses the Origin %s even with the token',
    async (origin) => {
      const answer = await knockAndClose(rpc(), offeredProtocols(token), { headers: { origin } });
      expect(codeOf(answer)).toBe('host.forbidden');
    },
  );

  it('lets localhost and its own origin in', async () => {
    const host = `localhost:${served.port}`;
    const headers = { host, origin: `http://${host}` };
    expect(codeOf(await knockAndClose(rpc(), offeredProtocols(token), { headers }))).toBe('let in');
  });
});

describe('the contract', () => {
  it('refuses another version and names both', async () => {
    const answer = await knockAndClose(rpc(), [contractProtocol(CONTRACT_VERSION + 1)], bearer(token));
    expect(answer).toMatchObject({ status: 426 });
    expect(JSON.parse((answer as Answer).body).error).toMatchObject({
      code: 'host.contract-mismatch',
      params: { client: String(CONTRACT_VERSION + 1), host: CONTRACT_VERSION },
    });
  });

  it('refuses a client that names no version', async () => {
    expect(codeOf(await knockAndClose(rpc(), ['other'], bearer(token)))).toBe('host.contract-mismatch');
  });

  it('tells nobody its version without the token', async () => {
    const answer = await knockAndClose(rpc(), [contractProtocol(CONTRACT_VERSION + 1)]);
    expect(codeOf(answer)).toBe('host.unauthorized');
  });
});

describe('plain requests', () => {
  it('answer /healthz without a token and with nothing but that it runs', async () => {
    const answer = await ask(served.port, '/healthz');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ status: 'ok' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('do not show without a token which pages there are', async () => {
    expect((await ask(served.port, '/nowhere')).status).toBe(401);
    expect((await ask(served.port, '/nowhere', bearer(token))).status).toBe(404);
  });

  it('are refused with a body that is too large or of unknown length', async () => {
    const large = await ask(served.port, '/healthz', { headers: { 'content-length': '70000' } }).catch(
      String,
    );
    expect(large).toMatchObject({ status: 413 });
    const chunked = { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'x' };
    expect((await ask(served.port, '/healthz', chunked)).status).toBe(413);
  });

  it('are cut off when their headers are too large', async () => {
    const answer = await ask(served.port, '/healthz', { headers: { x: 'x'.repeat(20_000) } });
    expect(answer.status).toBe(431);
  });
});

describe('a connection', () => {
  it('is closed when a message is too large', async () => {
    const webSocket = await knock(rpc(), offeredProtocols(), bearer(token));
    if (!(webSocket instanceof WebSocket)) throw new Error('it was refused');
    const closed = new Promise<number>((resolve) => webSocket.on('close', resolve));
    webSocket.send(Buffer.alloc(5 * 1024 * 1024));
    expect(await closed).toBe(1009);
  });

  it('is closed when a message is not understood, and its text is not logged', async () => {
    const webSocket = await knock(rpc(), offeredProtocols(), bearer(token));
    if (!(webSocket instanceof WebSocket)) throw new Error('it was refused');
    const closed = new Promise<number>((resolve) => webSocket.on('close', resolve));
    webSocket.send('{"passphrase": open sesame');
    expect(await closed).toBe(1008);
    expect(served.log()).toContain('message not understood');
    expect(served.log()).not.toContain('sesame');
    expect((await ask(served.port, '/healthz')).status).toBe(200);
  });
});

describe('where it listens', () => {
  it.each(['0.0.0.0', '::', '10.0.0.1', 'localhost'])(
    'refuses the address %s without TLS',
    async (address) => {
      await expect(startServed({ address })).rejects.toMatchObject({ code: 'host.tls-needed' });
    },
  );

  it('says when the port is taken', async () => {
    await expect(startServed({ port: served.port })).rejects.toMatchObject({
      code: 'host.address-in-use',
      params: { port: served.port },
    });
  });
});
