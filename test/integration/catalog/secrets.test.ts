import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openCatalog } from '../../../main/catalog/open.ts';
import { describeCluster } from '../../../main/engine/control/contents.ts';
import { openOptions, sealOptions } from '../../../main/secrets/options.ts';
import { openVault } from '../../../main/secrets/vault.ts';
import { field } from '../../../shared/options/field.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { cluster, id, storage } from '../../unit/catalog/sample.ts';

const label = { en: 'x', zh: 'x' };
const options = z.object({
  connectString: field(z.string(), { label }),
  password: field(z.string(), { label, secret: true }),
  key: field(z.string(), { label, secret: true }),
});
const secrets = { password: 'correct horse battery', key: '-----BEGIN PRIVATE KEY-----\nMIIEvQ' };
let work: string;

beforeEach(() => {
  work = workFolder('catalog-secrets');
});

afterEach(() => removeWorkFolder(work));

it('no secret reaches the catalog’s files or a control file, and the reference leads back to it', async () => {
  const vault = openVault(work, { now: () => new Date() });
  await vault.init({ type: 'passphrase', passphrase: 'open sesame, please' });
  const given = { connectString: 'zk1:2181', ...secrets };
  const sealed = await sealOptions(options, given, vault);
  const path = join(work, 'catalog.sqlite');
  const catalog = openCatalog(path);
  const protectedCluster = cluster(1, {
    services: [{ source: 'zookeeper', service: 'ZooKeeper', options: sealed }],
  });
  catalog.clusters.add(protectedCluster);
  catalog.storages.add(storage(1, { options: sealed }));
  // Changing and removing leave traces in free pages and in the log of SQLite: they count too.
  catalog.storages.update(storage(1, { options: sealed, name: 'renamed' }));
  catalog.storages.remove(id(1));
  const files = () => readdirSync(work).filter((name) => name.startsWith('catalog.sqlite'));
  const bytes = () => Buffer.concat(files().map((name) => readFileSync(join(work, name))));
  const open = bytes();
  const stored = catalog.clusters.get(id(1)).services[0]?.options ?? {};
  expect(await openOptions(options, stored, vault)).toEqual(given);
  catalog.close();
  for (const content of [open, bytes()]) {
    expect(content.includes('zk1:2181')).toBe(true);
    for (const secret of Object.values(secrets)) {
      for (const form of [
        secret,
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('base64'),
      ]) {
        expect(content.includes(form)).toBe(false);
      }
    }
  }
  const control = JSON.stringify(describeCluster(protectedCluster, {}));
  expect(control).not.toMatch(/correct horse|PRIVATE KEY/);
});
