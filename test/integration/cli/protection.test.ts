import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { type Desk, openDesk } from './command.ts';
import { fillTree } from './tree.ts';

const PASSPHRASE = 'correct horse battery';
const STRANGER = 'ab'.repeat(32);

let server: ZooKeeperServer;
beforeAll(async () => {
  server = await startZooKeeper();
  await fillTree(server, 5);
});
afterAll(() => server[Symbol.asyncDispose]());

/** A desk with a vault, the cluster `lab` and the storage `disk`. */
async function protectedDesk(): Promise<Desk> {
  const desk = await openDesk();
  await desk.json('vault', 'init', '--key-file', 'vault.key');
  const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
  await desk.json('cluster', 'add', 'lab', '--environment', 'test', ...source);
  await desk.json('storage', 'add', 'disk', '--driver', 'local', '--directory', 'archives');
  return desk;
}

const TASK = ['task', 'create', 'nightly', '--cluster', 'lab', '--storage', 'disk'];

/** The archives of a desk, oldest first. */
async function archives(desk: Desk): Promise<string[]> {
  const names = await readdir(join(desk.folder, 'archives'), { recursive: true });
  return names
    .filter((name) => name.endsWith('.tar.gz'))
    .sort()
    .map((name) => join(desk.folder, 'archives', name));
}

/** The error that a command ends with, and its exit code. */
async function failure(desk: Desk, ...argv: string[]) {
  const { code, out } = await desk.run(...argv, '--json');
  return { exit: code, code: JSON.parse(out.trimEnd().split('\n').at(-1) ?? '{}').error?.code };
}

const refused = (code: string) => ({ exit: 9, code });

describe('a task that signs its archives', () => {
  let desk: Desk;
  let office: string;
  beforeAll(async () => {
    desk = await protectedDesk();
    office = Object(await desk.json('key', 'create', 'office', '--signing', '--file', 'office.key')).id;
    await desk.json(...TASK, '--signing-key', 'office', '--consent-sensitive');
    await desk.json('task', 'run', 'nightly');
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  it('says by whom, wherever it is looked at', async () => {
    expect(office).toMatch(/^[0-9a-f]{64}$/);
    expect(await desk.json('point', 'show', 'latest:nightly')).toMatchObject({
      archives: [{ signer: office }],
    });
    const [file = ''] = await archives(desk);
    for (const argv of [
      ['point', 'show', 'latest:nightly'],
      ['inspect', file],
      ['task', 'show', 'nightly'],
      ['verify', 'latest:nightly'],
      ['key', 'list'],
    ]) {
      const { code, out } = await desk.run(...argv);
      expect([code, out], argv.join(' ')).toEqual([0, expect.stringContaining(office)]);
    }
    expect((await desk.run('task', 'check', 'nightly')).out).toContain('[archive.signing-key]');
  });

  it('is held to it by name or public key, and by nobody else', async () => {
    const [file = ''] = await archives(desk);
    for (const target of ['latest:nightly', file]) {
      for (const key of ['office', office.toUpperCase()]) {
        expect((await desk.run('verify', '--signed-by', key, target)).code).toBe(0);
      }
      for (const verb of ['verify', 'browse', 'restore']) {
        expect(await failure(desk, verb, '--signed-by', STRANGER, target)).toEqual(
          refused('archive.signer-mismatch'),
        );
      }
    }
    expect(await failure(desk, 'inspect', file, '--signed-by', STRANGER)).toEqual(
      refused('archive.signer-mismatch'),
    );
    expect((await desk.run('inspect', file, '--signed-by', office)).code).toBe(0);
    expect((await desk.run('verify', file, '--signed-by', 'nobody')).code).toBe(6);
    expect((await desk.run('inspect', file, '--signed-by', 'office')).code).toBe(2);
  });

  it('goes on with the key that took the place of the old one, and trusts both', async () => {
    const next = Object(await desk.json('key', 'rotate', 'office', '--signing', '--file', 'next.key')).id;
    await desk.json('task', 'run', 'nightly');
    expect(await desk.json('point', 'show', 'latest:nightly')).toMatchObject({
      archives: [{ signer: next }],
    });
    for (const { id } of (await desk.json('point', 'list')) as { id: string }[]) {
      expect((await desk.run('verify', id, '--level', 'file')).code).toBe(0);
      expect((await desk.run('verify', id, '--signed-by', 'office')).code).toBe(0);
    }
    expect(await failure(desk, 'verify', 'latest:nightly', '--signed-by', office)).toEqual(
      refused('archive.signer-mismatch'),
    );
  });

  it('refuses an archive that somebody else has put in place of its own, though nothing else contradicts it', async () => {
    const [file = ''] = await archives(desk);
    const once = ['--source', 'zookeeper', '--connect-string', server.connectString, '--storage', 'local'];
    const forged = join(desk.folder, 'forged');
    await desk.run('backup', ...once, '--directory', forged, '--consent-sensitive');
    const names = await readdir(forged, { recursive: true });
    const other = await readFile(join(forged, names.find((name) => name.endsWith('.tar.gz')) ?? ''));
    await writeFile(file, other);
    for (const beside of ['md5', 'sha256']) await rm(`${file}.${beside}`);
    const [, oldest] = (await desk.json('point', 'list')) as { id: string }[];
    for (const verb of ['verify', 'browse', 'restore']) {
      expect(await failure(desk, verb, oldest?.id ?? '')).toEqual(refused('archive.not-signed'));
    }
    // A file without a task promises nothing by itself.
    expect((await desk.run('verify', file)).code).toBe(0);
    expect(await failure(desk, 'verify', file, '--signed-by', 'office')).toEqual(
      refused('archive.not-signed'),
    );
  });

  it('is not made with a key that is not there', async () => {
    const flags = ['--consent-sensitive', '--signing-key'];
    const create = ['task', 'create', 'other', '--cluster', 'lab', '--storage', 'disk', ...flags];
    expect((await desk.run(...create, 'nobody')).code).toBe(6);
    await desk.json('key', 'create', 'main', '--file', 'main.key');
    expect((await desk.run(...create, 'main')).code).toBe(6);
  });
});

describe('a task that seals by a passphrase', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await protectedDesk();
    await writeFile(join(desk.folder, 'passphrase'), `${PASSPHRASE}\n`);
    await writeFile(join(desk.folder, 'second'), 'another passphrase\n');
    await desk.json(...TASK, '--archive-passphrase-file', 'passphrase');
    await desk.json('task', 'run', 'nightly');
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  it('keeps it in the vault, and nowhere in the clear', async () => {
    expect((await desk.run('browse', 'latest:nightly', '/app')).code).toBe(0);
    expect((await desk.run('task', 'check', 'nightly')).out).toContain('[archive.passphrase]');
    const shown = await desk.run('task', 'show', 'nightly');
    expect(shown.out).toContain('a passphrase');
    const files = await readdir(desk.folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile() && entry.name !== 'passphrase')) {
      expect((await readFile(join(file.parentPath, file.name))).includes(PASSPHRASE)).toBe(false);
    }
  });

  it('opens elsewhere with the passphrase, and with no other', async () => {
    const [file = ''] = await archives(desk);
    await using other = await openDesk();
    await writeFile(join(other.folder, 'right'), PASSPHRASE);
    await writeFile(join(other.folder, 'wrong'), 'a wild guess');
    const open = (name: string) => ['browse', file, '/app', '--archive-passphrase-file', name];
    expect((await other.run(...open('right'))).code).toBe(0);
    expect(await failure(other, ...open('wrong'))).toEqual({ exit: 4, code: 'archive.wrong-passphrase' });
    expect(await failure(other, 'browse', file, '/app')).toEqual({ exit: 4, code: 'archive.key-missing' });
  });

  it('takes another one for the archives to come; those before still open', async () => {
    await desk.json('task', 'set', 'nightly', '--archive-passphrase-file', 'second');
    await desk.json('task', 'run', 'nightly');
    for (const { id } of (await desk.json('point', 'list')) as { id: string }[]) {
      expect((await desk.run('verify', id)).code).toBe(0);
    }
    const [, file = ''] = await archives(desk);
    expect(await failure(desk, 'verify', file, '--archive-passphrase-file', 'passphrase')).toEqual({
      exit: 4,
      code: 'archive.wrong-passphrase',
    });
    expect((await desk.run('task', 'set', 'nightly')).code).toBe(2);
    expect((await desk.run('task', 'set', 'nightly', '--archive-passphrase', 'typed')).code).toBe(2);
  });

  it('restores, and the undo point is sealed the same way', async () => {
    const plan = ['restore', 'latest:nightly', '--into', '/copy', '--select', '/app/n1', '--yes'];
    const restored = await desk.json(...plan);
    expect(restored).toMatchObject({ run: { state: 'succeeded' } });
    const run = Object(restored).run.id;
    const undo = await desk.json('restore', '--undo', run, '--yes', '--archive-passphrase-file', 'second');
    expect(undo).toMatchObject({ run: { state: 'succeeded' } });
  });

  it('needs it again on another machine before it runs there', async () => {
    await using other = await openDesk();
    await other.json('vault', 'init', '--key-file', 'vault.key');
    const disk = join(desk.folder, 'archives');
    await other.json('storage', 'add', 'disk', '--driver', 'local', '--directory', disk);
    const { notes } = Object(await other.json('storage', 'rescan', 'disk'));
    expect(JSON.stringify(notes)).toContain('holdfast task set');
    expect((await other.run('task', 'check', 'nightly')).out).toContain('holdfast task set TASK');
    expect(Object(await failure(other, 'task', 'run', 'nightly')).exit).toBe(6);
    await writeFile(join(other.folder, 'again'), 'another passphrase');
    await other.json('task', 'set', 'nightly', '--archive-passphrase-file', 'again');
    expect((await other.run('task', 'run', 'nightly')).code).toBe(0);
  });
});

describe('one-off backups', () => {
  it('are sealed by passphrase and key at once, and signed', async () => {
    await using desk = await protectedDesk();
    await desk.json('key', 'create', 'main', '--file', 'main.key');
    await desk.json('key', 'create', 'office', '--signing', '--file', 'office.key');
    await writeFile(join(desk.folder, 'passphrase'), PASSPHRASE);
    const protection = ['--archive-key', 'main', '--signing-key', 'office'];
    const once = ['--source', 'zookeeper', '--connect-string', server.connectString, '--storage', 'local'];
    await desk.json(
      'backup',
      ...protection,
      '--archive-passphrase-file',
      'passphrase',
      ...once,
      '--directory',
      'archives',
    );
    const [file = ''] = await archives(desk);
    const shown = await desk.run('inspect', file);
    expect(shown.out).toMatch(/opens with key [0-9a-f]{16} or a passphrase/);
    await using other = await openDesk();
    for (const way of [
      ['--archive-key-file', join(desk.folder, 'main.key')],
      ['--archive-passphrase-file', join(desk.folder, 'passphrase')],
    ]) {
      expect((await other.run('verify', file, ...way)).code).toBe(0);
    }
    await other.json('vault', 'init', '--key-file', 'vault.key');
    await other.json('key', 'import', 'ours', '--file', join(desk.folder, 'main.key'));
    expect((await other.run('verify', file)).code).toBe(0);
  });
});
