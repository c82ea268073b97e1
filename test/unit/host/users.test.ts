import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Users } from '../../../main/secrets/users.ts';

const PASSWORD = 'correct horse battery';
const OTHER = 'staple of the battery';

let folder: string;
let users: Users;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-users-'));
  users = new Users(join(folder, 'data'), () => new Date('2026-01-01T00:00:00Z'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'data', 'users.json');

describe('users', () => {
  it('are kept where only their owner reads, without their passwords', async () => {
    await users.add('anna', 'operator', PASSWORD);
    const text = await readFile(file(), 'utf8');
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(text).not.toContain(PASSWORD);
    expect(text).toContain('$argon2id$v=19$m=65536,t=3,p=4$');
    expect(await users.list()).toEqual([
      { name: 'anna', role: 'operator', created: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  it('are known by their password, in whatever form a keyboard gives it', async () => {
    await users.add('anna', 'viewer', 'pa\u00dfw\u00f6rter-und-mehr');
    expect(await users.verify('Anna', 'pa\u00dfwo\u0308rter-und-mehr')).toMatchObject({
      user: 'anna',
      role: 'viewer',
    });
    expect(await users.verify('anna', OTHER)).toBeUndefined();
    expect(await users.verify('otto', OTHER)).toBeUndefined();
  });

  it('are others after a change, also for those who read before it', async () => {
    await users.add('anna', 'admin', PASSWORD);
    const reader = new Users(join(folder, 'data'), () => new Date());
    const before = await reader.verify('anna', PASSWORD);
    const stamp = before?.stamp ?? '';
    expect(await reader.isCurrent('anna', stamp)).toBe(true);
    await users.set('anna', { password: OTHER });
    expect(await reader.isCurrent('anna', stamp)).toBe(false);
    expect(await reader.verify('anna', PASSWORD)).toBeUndefined();
    expect(await reader.verify('anna', OTHER)).toMatchObject({ role: 'admin' });
    expect(await reader.hasAdmin()).toBe(true);
    const known = await reader.verify('anna', OTHER);
    await users.revoke('anna');
    expect(await reader.isCurrent('anna', known?.stamp ?? '')).toBe(false);
    expect(await reader.verify('anna', OTHER)).toMatchObject({ role: 'admin' });
  });

  it('are refused when they are there, not there, or have a short password', async () => {
    await users.add('anna', 'admin', PASSWORD);
    await expect(users.add('anna', 'viewer', PASSWORD)).rejects.toMatchObject({
      code: 'secrets.user-exists',
    });
    await expect(users.add('otto', 'viewer', 'short')).rejects.toMatchObject({
      code: 'secrets.weak-password',
    });
    await expect(users.set('otto', { role: 'viewer' })).rejects.toMatchObject({
      code: 'secrets.no-such-user',
    });
    await expect(users.remove('otto')).rejects.toMatchObject({ code: 'secrets.no-such-user' });
  });

  it('keep an admin: the last one is neither lowered nor removed', async () => {
    await users.add('anna', 'admin', PASSWORD);
    await users.add('otto', 'viewer', PASSWORD);
    const lastAdmin = { code: 'secrets.last-admin', params: { name: 'anna' } };
    await expect(users.set('anna', { role: 'operator' })).rejects.toMatchObject(lastAdmin);
    await expect(users.remove('anna')).rejects.toMatchObject(lastAdmin);
    await users.set('otto', { role: 'admin' });
    await users.set('anna', { role: 'viewer' });
    await users.remove('anna');
    expect(await users.list()).toMatchObject([{ name: 'otto', role: 'admin' }]);
  });

  it('are not lost between two changes at once: one of them is refused', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const added = await Promise.allSettled(names.map((name) => users.add(name, 'viewer', PASSWORD)));
    const kept = new Set((await users.list()).map(({ name }) => name));
    added.forEach((result, index) => {
      if (result.status === 'fulfilled') expect(kept).toContain(names[index]);
      else expect(result.reason).toMatchObject({ code: 'secrets.users-busy' });
    });
    expect(kept.size).toBeGreaterThan(0);
  });

  it('are nobody, rather than anybody, when their file is damaged', async () => {
    await users.add('anna', 'admin', PASSWORD);
    await writeFile(file(), '{"version":1,"users":[{"name":"anna","role":"root"}]}');
    const asks = [
      () => users.hasAdmin(),
      () => users.verify('anna', PASSWORD),
      () => users.isCurrent('anna', ''),
    ];
    for (const ask of asks) await expect(ask()).rejects.toMatchObject({ code: 'secrets.users-damaged' });
  });
});
