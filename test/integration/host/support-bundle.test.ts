import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservePort } from '../../servers/ports.ts';
import { type Desk, openDesk } from '../cli/command.ts';
import { signIn } from './real-host.ts';

/** Where each of them is put, and nowhere else. */
const SECRETS = {
  vault: 'planted-vault-passphrase',
  cluster: 'planted-cluster-password',
  archive: 'planted-archive-passphrase',
  user: 'planted-user-password',
  url: 'planted-url-password',
  bearer: 'planted-bearer-token-of-somebody',
  setting: 'planted-setting',
  jaas: 'planted jaas "password',
  pem: 'cGxhbnRlZCBwcml2YXRlIGtleQ',
  member: 'planted-member',
};

const LOG = [
  JSON.stringify({ level: 30, msg: `connecting to https://anna:${SECRETS.url}@backup.example:443/x` }),
  JSON.stringify({ level: 40, headers: { authorization: `Bearer ${SECRETS.bearer}` } }),
  JSON.stringify({ level: 40, deep: [{ deeper: { keyPassword: SECRETS.member, attempts: 7 } }] }),
  `cut in two: Authorization: Bearer ${SECRETS.bearer}`,
  `sasl.password=${SECRETS.setting} other=kept`,
  JSON.stringify({ msg: `sasl.jaas.config password='${SECRETS.jaas}';` }),
  JSON.stringify({ msg: `-----BEGIN PRIVATE KEY-----\n${SECRETS.pem}\n-----END PRIVATE KEY-----` }),
  JSON.stringify({ level: 30, msg: 'an ordinary line' }),
].join('\n');

let desk: Desk;
/** The bundle's files, by name. */
let files: Map<string, string>;
let hidden: string[];
beforeAll(async () => {
  desk = await openDesk({
    HOLDFAST_VAULT_PASSPHRASE: SECRETS.vault,
    HOLDFAST_USER_PASSWORD: SECRETS.user,
  });
  await desk.json('vault', 'init');
  await writeFile(join(desk.folder, 'password'), SECRETS.cluster);
  await writeFile(join(desk.folder, 'passphrase'), SECRETS.archive);
  // Taken, and nobody listens.
  const nobody = await reservePort();
  const source = ['--source', 'zookeeper', '--connect-string', `127.0.0.1:${nobody.port}`];
  const account = ['--auth', 'digest', '--user', 'anna', '--password-file', 'password'];
  await desk.json('cluster', 'add', 'lab', '--environment', 'test', ...source, ...account);
  await desk.json('storage', 'add', 'disk', '--driver', 'local', '--directory', 'archives');
  const sealed = ['--archive-passphrase-file', 'passphrase'];
  await desk.json('task', 'create', 'nightly', '--cluster', 'lab', '--storage', 'disk', ...sealed);
  await desk.run('task', 'run', 'nightly');
  await desk.json('user', 'add', 'anna', '--role', 'admin');
  await writeFile(join(desk.folder, 'host.log'), LOG);
  await desk.serve();
  const { url, tokenFile } = JSON.parse(await readFile(join(desk.folder, 'data', 'host.json'), 'utf8'));
  const answer = await signIn(Number(new URL(url).port), {
    user: 'anna',
    password: SECRETS.user,
    bearer: true,
  });
  const session: string = JSON.parse(answer.body).token;
  const { hash, stamp } = JSON.parse(await readFile(join(desk.folder, 'data', 'users.json'), 'utf8'))
    .users[0];
  hidden = [...Object.values(SECRETS), session, hash, stamp, await readFile(tokenFile, 'utf8')];
  await desk.json('support-bundle', 'support.tar.gz', '--host-log', 'host.log');
  const folder = join(desk.folder, 'unpacked');
  await mkdir(folder);
  await extract({ file: join(desk.folder, 'support.tar.gz'), cwd: folder });
  const names = await readdir(folder);
  files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
});
afterAll(() => desk[Symbol.asyncDispose]());

describe('a support bundle', () => {
  it('has none of the secrets, in whatever form', () => {
    expect(hidden.every((secret) => secret.length > 8)).toBe(true);
    for (const [name, text] of files) {
      for (const secret of hidden) {
        const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
        for (const form of forms) expect(text, name).not.toContain(form);
      }
    }
  });

  it('has what a fault is found by', () => {
    const json = (name: string) => JSON.parse(files.get(name) ?? 'null');
    expect(json('versions.json')).toMatchObject({
      node: process.version,
      dataDirectory: join(desk.folder, 'data'),
    });
    expect(json('clusters.json')).toMatchObject([{ name: 'lab', services: [{ options: { user: 'anna' } }] }]);
    expect(json('storages.json')).toMatchObject([{ name: 'disk' }]);
    expect(json('tasks.json')).toMatchObject([{ task: { name: 'nightly' } }]);
    const [run] = json('runs.json');
    expect(run).toMatchObject({ state: 'failed' });
    expect(json(`run-${run.id}.json`).length).toBeGreaterThan(0);
    expect(json('audit.json').map(({ procedure }: { procedure: string }) => procedure)).toContain(
      'users.add',
    );
    const log = files.get('host.log') ?? '';
    for (const kept of ['an ordinary line', 'other=kept', 'backup.example:443/x', '"attempts":7'])
      expect(log).toContain(kept);
  });

  it('is for its maker’s eyes, and does not replace what is there', async () => {
    const path = join(desk.folder, 'support.tar.gz');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const before = await readFile(path);
    expect(await desk.run('support-bundle', 'support.tar.gz')).toMatchObject({ code: 2 });
    expect(await readFile(path)).toEqual(before);
    expect((await readdir(desk.folder)).filter((name) => name.startsWith('.holdfast-support'))).toEqual([]);
  });

  it('is made as well where the engine does not open, and says why', async () => {
    await using other = await openDesk();
    await other.json('vault', 'init', '--key-file', 'vault.key');
    await writeFile(join(other.folder, 'data', 'catalog.sqlite'), 'no catalog');
    await other.json('support-bundle', 'support.tar.gz');
    const folder = join(other.folder, 'data');
    await extract({ file: join(other.folder, 'support.tar.gz'), cwd: folder });
    expect(JSON.parse(await readFile(join(folder, 'clusters.json'), 'utf8'))).toMatchObject({
      notThere: { code: expect.stringMatching(/^catalog\./) },
    });
  });
});
