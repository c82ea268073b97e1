import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ruleOf } from '../../../main/host/access/rules.ts';
import { type RealHost, startRealHost } from './real-host.ts';

let host: RealHost;
beforeAll(async () => {
  host = await startRealHost();
});
afterAll(() => host[Symbol.asyncDispose]());

interface Asked {
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
}

function rest(path: string, { body, token = host.token, headers = {} }: Asked = {}): Promise<Response> {
  return fetch(`${host.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function errorOf(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).toContain('application/json');
  const { error } = z
    .object({ error: z.looseObject({ remedy: z.string().min(1) }) })
    .parse(await response.json());
  return { status: response.status, code: error.code };
}

const STORAGE = (directory: string) => ({ name: 'disk', driver: 'local', options: { directory } });

describe('REST', () => {
  it('does what the contract does', async () => {
    const added = await rest('/storages/add', { body: STORAGE(host.desk.folder) });
    expect({ status: added.status, body: await added.json() }).toMatchObject({
      status: 200,
      body: { name: 'disk', driver: 'local' },
    });
    expect(await (await rest('/storages/list')).json()).toMatchObject([{ name: 'disk' }]);
    expect(await host.desk.json('storage', 'list')).toMatchObject([{ name: 'disk' }]);
    expect((await rest('/storages/remove', { body: { name: 'disk' } })).status).toBe(200);
    expect(await (await rest('/storages/list')).json()).toEqual([]);
  });

  it('takes numbers and switches from the query', async () => {
    expect(await (await rest('/runs/list?limit=5')).json()).toEqual([]);
    expect(await errorOf(await rest('/runs/list?limit=many'))).toEqual({
      status: 400,
      code: 'general.invalid-input',
    });
    expect((await rest('/runs/list')).status).toBe(400);
  });

  it('streams as server-sent events', async () => {
    const name = 'events';
    await rest('/storages/add', { body: { ...STORAGE(host.desk.folder), name } });
    const response = await rest(`/storages/validate?name=${name}`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const text = await response.text();
    const events = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
    expect(events.length).toBeGreaterThan(1);
    expect(events[0]).toHaveProperty('check');
  });

  it('ends a stream when the reader goes', async () => {
    const gone = new AbortController();
    const response = await fetch(`${host.url}/api/v1/system/changes`, {
      headers: { authorization: `Bearer ${host.token}` },
      signal: gone.signal,
    });
    expect(response.status).toBe(200);
    gone.abort();
    expect((await rest('/system/about')).status).toBe(200);
  });

  it('ends streams, and hears nothing more, when a program signs out', async () => {
    const token = await host.bearer('viewer');
    const stream = await rest('/system/changes', { token });
    const end = expect(stream.text()).rejects.toThrow();
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${host.url}/session`, { method: 'DELETE', headers })).status).toBe(204);
    await end;
    expect(await errorOf(await rest('/clusters/list', { token }))).toEqual({
      status: 401,
      code: 'host.unauthorized',
    });
  });

  it('says what went wrong, and what to do, by the error table', async () => {
    expect(await errorOf(await rest('/clusters/show?name=nowhere'))).toEqual({
      status: 404,
      code: 'catalog.no-cluster',
    });
    expect(await errorOf(await rest('/storages/add', { body: { name: '' } }))).toEqual({
      status: 400,
      code: 'general.invalid-input',
    });
    expect(await errorOf(await rest('/storages/add', { body: '{"name": ' }))).toMatchObject({ status: 400 });
    expect(await errorOf(await rest('/no/such'))).toEqual({ status: 404, code: 'host.no-such-page' });
    expect(await errorOf(await rest('/storages/add'))).toEqual({ status: 404, code: 'host.no-such-page' });
  });

  it('keeps to the roles', async () => {
    const token = await host.bearer('viewer');
    expect((await rest('/clusters/list', { token })).status).toBe(200);
    expect(await errorOf(await rest('/clusters/remove', { token, body: { name: 'x' } }))).toEqual({
      status: 403,
      code: 'host.not-permitted',
    });
    expect(await errorOf(await rest('/explore/inspect', { token, body: { path: '/etc/passwd' } }))).toEqual({
      status: 403,
      code: 'host.path-not-permitted',
    });
  });

  it.each([
    ['no token', { headers: { authorization: '' } }, 401, 'host.unauthorized'],
    ['a wrong token', { token: 'A'.repeat(43) }, 401, 'host.unauthorized'],
    ['a foreign page', { headers: { origin: 'https://evil.example' } }, 403, 'host.forbidden'],
    ['a form', { body: 'name=x', headers: { 'content-type': 'text/plain' } }, 400, 'general.invalid-input'],
    ['a body of 5 MB', { body: { name: 'x'.repeat(5_000_000) } }, 413, 'host.too-large'],
  ])('refuses %s', async (_case, asked: Asked, status, code) => {
    expect(await errorOf(await rest('/clusters/remove', { body: {}, ...asked }))).toEqual({ status, code });
  });

  it('notes changes as made by it', async () => {
    await rest('/clusters/remove', { body: { name: 'by-rest' } });
    expect(await host.desk.json('audit', 'list')).toContainEqual(
      expect.objectContaining({ face: 'rest', procedure: 'clusters.remove', subject: { name: 'by-rest' } }),
    );
  });
});

describe('its document', () => {
  const operation = z.looseObject({
    operationId: z.string(),
    summary: z.string(),
    parameters: z
      .array(z.looseObject({ name: z.string(), in: z.literal('query'), schema: z.object() }))
      .optional(),
    requestBody: z.looseObject({ content: z.record(z.literal('application/json'), z.unknown()) }).optional(),
    responses: z.looseObject({
      200: z.looseObject({ content: z.record(z.string(), z.unknown()) }),
      default: z.unknown(),
    }),
  });
  const document = z.looseObject({
    openapi: z.string().regex(/^3\.1\.\d$/),
    info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
    servers: z.tuple([z.object({ url: z.literal('/api/v1') })]),
    components: z.looseObject({ securitySchemes: z.object({ bearer: z.object() }) }),
    paths: z.record(z.string().regex(/^\/\w+\/\w+$/), z.partialRecord(z.enum(['get', 'post']), operation)),
  });
  const fetched = async () => {
    const response = await fetch(`${host.url}/api/openapi.json`, {
      headers: { authorization: `Bearer ${host.token}` },
    });
    return document.parse(await response.json());
  };

  it('names every procedure with method, input, output, errors and role', async () => {
    const { paths } = await fetched();
    const operations = Object.values(paths).flatMap((item) => Object.values(item));
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids).toContain('tasks.run');
    for (const { operationId, summary } of operations) {
      expect(summary).toContain(ruleOf(operationId.split('.'))?.least);
    }
    expect(paths['/runs/list']?.get?.parameters?.map(({ name }) => name)).toContain('limit');
    expect(Object.keys(paths['/runs/watch']?.get?.responses[200].content ?? {})).toEqual([
      'text/event-stream',
    ]);
    expect(paths['/tasks/create']?.post?.requestBody).toBeDefined();
  });

  it('refers to nothing that it does not have', async () => {
    const described = await fetched();
    const text = JSON.stringify(described);
    for (const [, path] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      let found: unknown = described;
      for (const step of (path ?? '').split('/')) found = Reflect.get(Object(found), step);
      expect(found, path).toBeDefined();
    }
  });

  it('is for those who are let in', async () => {
    expect((await fetch(`${host.url}/api/openapi.json`)).status).toBe(401);
  });
});
