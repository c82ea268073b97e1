import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type RealHost, signIn, startRealHost } from './real-host.ts';
import { type Answer, ask } from './served.ts';

const OTHER = 'staple of the battery';

let host: RealHost;
beforeAll(async () => {
  host = await startRealHost();
});
afterAll(() => host[Symbol.asyncDispose]());

const bodyOf = (answer: Answer) => JSON.parse(answer.body);
const codeOf = (answer: Answer) => (answer.status === 200 ? 'done' : bodyOf(answer).error.code);

function post(bearer: string, path: string, input: object): Promise<Answer> {
  const body = JSON.stringify(input);
  const headers = {
    authorization: `Bearer ${bearer}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
  return ask(host.port, `/api/v1/${path}`, { method: 'POST', headers, body });
}

function get(bearer: string, path: string): Promise<Answer> {
  return ask(host.port, `/api/v1/${path}`, { headers: { authorization: `Bearer ${bearer}` } });
}

const bearerOf = async (user: string, password: string): Promise<string> =>
  bodyOf(await signIn(host.port, { user, password, bearer: true })).token;

describe('users of a host', () => {
  it('are added, changed and removed by an admin; no answer, log or audit entry has a password', async () => {
    const added = await post(host.token, 'users/add', { name: 'otto', role: 'viewer', password: OTHER });
    expect(bodyOf(added)).toMatchObject({ name: 'otto', role: 'viewer' });
    const bearer = await bearerOf('otto', OTHER);
    expect(codeOf(await get(bearer, 'clusters/list'))).toBe('done');
    const changed = await post(host.token, 'users/update', { name: 'otto', role: 'operator' });
    expect(bodyOf(changed)).toMatchObject({ name: 'otto', role: 'operator' });
    expect(codeOf(await get(bearer, 'clusters/list'))).toBe('host.unauthorized');
    const listed = await get(host.token, 'users/list');
    expect(bodyOf(listed)).toMatchObject({ servesOthers: false });
    expect(await host.desk.json('user', 'list')).toEqual(bodyOf(listed).users);
    const again = await bearerOf('otto', OTHER);
    expect(codeOf(await post(host.token, 'users/revoke', { name: 'otto' }))).toBe('done');
    expect(codeOf(await get(again, 'clusters/list'))).toBe('host.unauthorized');
    const removed = await post(host.token, 'users/remove', { name: 'otto' });
    expect(codeOf(removed)).toBe('done');
    expect((await signIn(host.port, { user: 'otto', password: OTHER })).status).toBe(401);
    const audit = (await get(host.token, 'audit/list?procedure=users&user=(local)&limit=100')).body;
    expect(JSON.parse(audit)).toMatchObject([
      { procedure: 'users.remove', subject: { name: 'otto' }, outcome: 'done' },
      { procedure: 'users.revoke', subject: { name: 'otto' } },
      { procedure: 'users.update', subject: { name: 'otto', role: 'operator' } },
      { procedure: 'users.add', subject: { name: 'otto', role: 'viewer' }, face: 'rest' },
      { face: 'cli' },
      { face: 'cli' },
      { face: 'cli' },
    ]);
    const file = await readFile(join(host.data, 'users.json'), 'utf8');
    for (const text of [added, changed, listed, removed].map(({ body }) => body).concat(audit, file)) {
      expect(text).not.toContain(OTHER);
    }
  });

  it('keep an admin', async () => {
    for (const [path, input] of [
      ['users/update', { name: 'admin', role: 'viewer' }],
      ['users/remove', { name: 'admin' }],
    ] as const) {
      expect(codeOf(await post(host.token, path, input))).toBe('secrets.last-admin');
    }
  });

  it('change their own password, knowing the old one, and sign in again', async () => {
    await post(host.token, 'users/add', { name: 'eva', role: 'viewer', password: PASSWORD });
    const bearer = await bearerOf('eva', PASSWORD);
    const wrong = await post(bearer, 'users/changePassword', { current: OTHER, password: OTHER });
    expect(codeOf(wrong)).toBe('host.wrong-credentials');
    const weak = await post(bearer, 'users/changePassword', { current: PASSWORD, password: 'short' });
    expect(codeOf(weak)).toBe('secrets.weak-password');
    const right = await post(bearer, 'users/changePassword', { current: PASSWORD, password: OTHER });
    expect(bodyOf(right)).toMatchObject({ name: 'eva' });
    expect(codeOf(await get(bearer, 'clusters/list'))).toBe('host.unauthorized');
    expect(codeOf(await get(await bearerOf('eva', OTHER), 'clusters/list'))).toBe('done');
    const owner = await post(host.token, 'users/changePassword', { current: OTHER, password: PASSWORD });
    expect(codeOf(owner)).toBe('host.no-own-password');
  });

  it('see their own sessions, and end the others', async () => {
    const [first, second] = [await host.bearer('operator'), await host.bearer('operator')];
    const stranger = await host.bearer('viewer');
    const listed: readonly { readonly current: boolean }[] = bodyOf(await get(second, 'sessions/list'));
    expect(listed).toHaveLength(2);
    expect(listed.filter(({ current }) => current)).toMatchObject([{ form: 'bearer', remote: '127.0.0.1' }]);
    expect(bodyOf(await post(second, 'sessions/endOthers', {}))).toEqual({ ended: 1 });
    expect(codeOf(await get(first, 'clusters/list'))).toBe('host.unauthorized');
    expect(codeOf(await get(second, 'clusters/list'))).toBe('done');
    expect(codeOf(await get(stranger, 'clusters/list'))).toBe('done');
  });
});

describe('the audit log over the contract', () => {
  it('comes in pages and narrowed, as the command prints it', async () => {
    const first = bodyOf(await get(host.token, 'audit/list?limit=3'));
    const rest = bodyOf(await get(host.token, `audit/list?limit=1000&after=${first[2].id}`));
    const all = await host.desk.json('audit', 'list', '--limit', '1000');
    const shown = [...first, ...rest].map(({ id: _, ...entry }) => entry);
    expect(shown.reverse()).toEqual(all);
    const failed = bodyOf(await get(host.token, 'audit/list?limit=1000&outcome=failed&procedure=users'));
    expect(failed.map(({ id: _, ...entry }: { id: string }) => entry).reverse()).toEqual(
      await host.desk.json('audit', 'list', '--limit', '1000', '--outcome', 'failed', '--action', 'users'),
    );
    expect(failed.length).toBeGreaterThan(2);
  });
});
