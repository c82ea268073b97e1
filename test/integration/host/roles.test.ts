import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../main/cli/session/session.ts';
import { mayAct, ruleOf } from '../../../main/host/access/rules.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { asOurs } from '../../../shared/contract/reported.ts';
import { ROLES } from '../../../shared/contract/session.ts';
import { type RealHost, startRealHost } from './real-host.ts';

let host: RealHost;
let open: string;
const sessions = new Map<string, Session>();
beforeAll(async () => {
  open = await mkdtemp(join(tmpdir(), 'holdfast-open-'));
  host = await startRealHost('--open-folder', join(open, 'archives'));
  for (const role of ROLES) sessions.set(role, await host.connect(role));
});
afterAll(async () => {
  for (const session of sessions.values()) await session.close();
  await host[Symbol.asyncDispose]();
  await rm(open, { recursive: true, force: true });
});

function pathsIn(tree: object): string[][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    isContractProcedure(value) ? [[name]] : pathsIn(value).map((path) => [name, ...path]),
  );
}

/** Calls a procedure with an input that none takes, and gives the code of what comes back. */
async function codeOf(role: string, path: readonly string[], input: unknown): Promise<string> {
  let found: unknown = sessions.get(role)?.client;
  for (const step of path) found = Reflect.get(Object(found), step);
  if (typeof found !== 'function') throw new Error(`no ${path.join('.')}`);
  try {
    const output: unknown = await found(input);
    if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output) {
      for await (const _ of output as AsyncIterable<unknown>);
    }
    return 'done';
  } catch (error) {
    return asOurs(error).code;
  }
}

describe.each(ROLES)('a %s', (role) => {
  it.each(pathsIn(contract).map((path) => [path.join('.'), path] as const))(
    'may call %s as its rule says',
    async (_name, path) => {
      const least = ruleOf(path)?.least ?? 'admin';
      const code = await codeOf(role, path, 'no input of any procedure');
      expect(code).toBe(mayAct(role, least) ? 'general.invalid-input' : 'host.not-permitted');
    },
  );
});

describe('what an operator may not decide', () => {
  it('is to restore without a way back', async () => {
    const input = { plan: '0'.repeat(16), confirm: 'prod', acceptIncompleteUndo: true };
    expect(await codeOf('operator', ['restores', 'start'], input)).toBe('host.not-permitted');
    const { acceptIncompleteUndo: _, ...without } = input;
    expect(await codeOf('operator', ['restores', 'start'], without)).not.toMatch(/^host\./);
  });
});

describe('what a viewer may not do', () => {
  it('is to have a live cluster read from end to end', async () => {
    const live = { of: 'cluster', cluster: 'prod' };
    const stored = { of: 'point', point: '0'.repeat(16) };
    const pattern = { text: 'x' };
    const calls = [
      [
        'search',
        { target: live, prefix: [], pattern, limit: 1 },
        { target: stored, prefix: [], pattern, limit: 1 },
      ],
      ['diff', { left: stored, right: live, prefix: [] }, { left: stored, right: stored, prefix: [] }],
      [
        'countDifferences',
        { left: live, right: stored, prefix: [] },
        { left: stored, right: stored, prefix: [] },
      ],
    ] as const;
    for (const [procedure, ofLive, ofStored] of calls) {
      expect(await codeOf('viewer', ['explore', procedure], ofLive)).toBe('host.not-permitted');
      expect(await codeOf('operator', ['explore', procedure], ofLive)).not.toMatch(/^host\./);
      expect(await codeOf('viewer', ['explore', procedure], ofStored)).not.toMatch(/^host\./);
    }
    const place = { target: live, key: [], limit: 1 };
    expect(await codeOf('viewer', ['explore', 'place'], place)).not.toMatch(/^host\./);
  });
});

describe('files of the host', () => {
  beforeAll(async () => {
    await mkdir(join(open, 'archives'));
    await writeFile(join(open, 'archives', 'a.tar.gz'), 'no archive');
    await writeFile(join(open, 'outside.tar.gz'), 'no archive');
    await symlink(join(open, 'outside.tar.gz'), join(open, 'archives', 'link.tar.gz'));
  });

  const inspect = (role: string, path: string) => codeOf(role, ['explore', 'inspect'], { path });

  it('are open to others where an admin opened the folder', async () => {
    expect(await inspect('viewer', join(open, 'archives', 'a.tar.gz'))).not.toMatch(/^host\./);
  });

  it.each([
    'outside.tar.gz',
    'archives',
    'archives/../outside.tar.gz',
    'archives/link.tar.gz',
    'archives/gone.tar.gz',
    'archives/a.tar.gz\0/../../outside.tar.gz',
  ])('are closed to others elsewhere: %s', async (path) => {
    expect(await inspect('viewer', join(open, path))).toBe('host.path-not-permitted');
    expect(await inspect('admin', join(open, path))).not.toMatch(/^host\./);
  });

  it('are closed in whatever part of an order they stand', async () => {
    const target = { of: 'file', path: '/etc/passwd' };
    const diff = { left: { of: 'point', point: '0'.repeat(16) }, right: target, prefix: [] };
    expect(await codeOf('viewer', ['explore', 'diff'], diff)).toBe('host.path-not-permitted');
    const place = { target, key: [], limit: 1 };
    expect(await codeOf('viewer', ['explore', 'place'], place)).toBe('host.path-not-permitted');
    const plan = { from: target, services: [], select: [], mode: 'equal' };
    expect(await codeOf('operator', ['restores', 'plan'], plan)).toBe('host.path-not-permitted');
  });
});

describe('the audit log', () => {
  it('tells who did what, who was refused, and who signed in, without secrets', async () => {
    await codeOf('admin', ['clusters', 'remove'], { name: 'no-such-cluster' });
    await codeOf('viewer', ['vault', 'init'], { kind: 'passphrase', passphrase: 'planted-secret' });
    const text = JSON.stringify(await host.desk.json('audit', 'list', '--limit', '1000'));
    const entries: readonly Record<string, unknown>[] = JSON.parse(text);
    expect(entries).toContainEqual(
      expect.objectContaining({
        user: 'admin',
        role: 'admin',
        remote: '127.0.0.1',
        face: 'rpc',
        procedure: 'clusters.remove',
        subject: { name: 'no-such-cluster' },
        outcome: 'failed',
        code: 'catalog.no-cluster',
      }),
    );
    expect(entries).toContainEqual(
      expect.objectContaining({
        user: 'viewer',
        procedure: 'vault.init',
        outcome: 'refused',
        code: 'host.not-permitted',
      }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ procedure: 'sign-in', user: 'operator' }));
    expect(entries).toContainEqual(
      expect.objectContaining({
        procedure: 'users.add',
        face: 'cli',
        subject: { name: 'admin', role: 'admin' },
      }),
    );
    for (const secret of ['planted-secret', 'correct horse', host.token]) expect(text).not.toContain(secret);
    // What only looks is not there.
    expect(
      entries.filter(({ procedure, outcome }) => procedure === 'clusters.list' && outcome === 'done'),
    ).toEqual([]);
  });
});
