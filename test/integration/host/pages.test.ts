import { randomBytes } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Served, startServed } from './served.ts';

const SECRET = 'not for browsers';
const SCRIPT = `console.log('${'holdfast '.repeat(500)}');`;
const INDEX =
  '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script type="module" src="/assets/a-1.js"></script>';

let served: Served;
beforeAll(async () => {
  served = await startServed({}, async (directory) => {
    const pages = join(directory, 'pages');
    await mkdir(join(pages, 'assets'), { recursive: true });
    await mkdir(join(pages, '.hidden'));
    await writeFile(join(directory, 'secret.txt'), SECRET);
    await symlink(join(directory, 'secret.txt'), join(pages, 'linked.txt'));
    await writeFile(join(pages, '.hidden', 'a.txt'), SECRET);
    await writeFile(join(pages, '.env.txt'), SECRET);
    await writeFile(join(pages, 'source.map'), SECRET);
    await writeFile(join(pages, 'index.html'), INDEX);
    await writeFile(join(pages, 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(pages, 'assets', 'a-1.js'), SCRIPT);
    await writeFile(join(pages, 'assets', 'b-2.woff2'), randomBytes(4000));
  });
});
afterAll(() => served[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}) => ask(served.port, path, { headers });
const page = { accept: 'text/html,*/*', 'sec-fetch-mode': 'navigate' };

describe('the page', () => {
  it.each(['/', '/index.html', '/clusters/prod/tasks', '/explore?key=a%2Fb', '/points/..%2f..'])(
    'is shown at %s when a browser goes there',
    async (path) => {
      const answer = await get(path, page);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.body).toContain('/assets/a-1.js');
    },
  );

  it('has a nonce of its own in every reply, in its policy too', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/runs']) {
      const { body, headers } = await get(path, page);
      const nonce = /content="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(Buffer.from(nonce, 'base64').length).toBeGreaterThanOrEqual(16);
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it('may load and run only what comes from the host', async () => {
    const { headers } = await get('/', page);
    const policy = String(headers['content-security-policy']);
    const { 'style-src': style, ...rest } = Object.fromEntries(
      policy.split('; ').map((text) => [text.split(' ', 1)[0], text.slice(text.indexOf(' ') + 1)]),
    );
    expect(style).not.toContain('unsafe');
    expect(rest).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
    });
  });

  it.each(['/', '/assets/a-1.js', '/healthz', '/nowhere', '/session'])(
    'and everything else carries what protects it: %s',
    async (path) => {
      const { headers } = await get(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('is not what a fetch of something missing gets', async () => {
    const fetched = { accept: '*/*', 'sec-fetch-mode': 'cors' };
    for (const path of ['/nowhere', '/assets/gone.js']) expect((await get(path, fetched)).status).toBe(401);
    for (const path of ['/assets/gone.js', '/api/v1/nowhere', '/rpc'])
      expect((await get(path, page)).status).toBe(401);
  });
});

describe('its files', () => {
  it('are kept for ever where their name tells their content', async () => {
    const { headers, body } = await get('/assets/a-1.js');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(body).toBe(SCRIPT);
  });

  it('are asked for again elsewhere, and not sent twice', async () => {
    const { headers } = await get('/mark.svg');
    expect(headers['cache-control']).toBe('no-cache');
    const again = await get('/mark.svg', { 'if-none-match': String(headers.etag) });
    expect(again).toMatchObject({ status: 304, body: '' });
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
  ])('are compressed for who accepts %s', async (accepted, encoding) => {
    const answer = await fetch(`${served.host.url}/assets/a-1.js`, {
      headers: { 'accept-encoding': accepted },
    });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(SCRIPT.length / 5);
    expect(await answer.text()).toBe(SCRIPT);
  });

  it('are not compressed where that gains nothing', async () => {
    const { headers } = await get('/assets/b-2.woff2', { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-length']).toBe('4000');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/..%00/secret.txt',
    '/secret.txt%00.js',
    '//secret.txt',
    '/linked.txt',
    '/.hidden/a.txt',
    '/.env.txt',
    '/source.map',
    '/assets//a-1.js',
    'http://127.0.0.1/secret.txt',
  ])('are all that there is: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(401);
    expect(answer.body).not.toContain(SECRET);
    expect((await get(path, page)).body).not.toContain(SECRET);
  });

  it('are only looked at', async () => {
    expect((await ask(served.port, '/', { method: 'POST' })).status).toBe(401);
    const head = await ask(served.port, '/assets/a-1.js', { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe(String(SCRIPT.length));
  });
});

describe('without a built renderer', () => {
  it('the page says what to do, under the same policy', async () => {
    const bare = await startServed();
    try {
      const { status, body, headers } = await ask(bare.port, '/', { headers: page });
      expect(status).toBe(200);
      expect(body).toContain('npm run build');
      const nonce = /nonce="([^"]+)"/.exec(body)?.[1];
      expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    } finally {
      await bare[Symbol.asyncDispose]();
    }
  });
});
