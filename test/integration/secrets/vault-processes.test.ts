import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { link, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKeyFile } from '../../../main/secrets/key-file.ts';
import { openVault, type Vault } from '../../../main/secrets/vault.ts';
import { readVault, writeVault } from '../../../main/secrets/vault-file.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { all } from '../../storages/bytes.ts';
import { nextLine, startChild } from '../../storages/child.ts';

const script = new URL('../../secrets/vault-child.ts', import.meta.url);
let directory: string;
let file: string;
let vault: Vault;

beforeEach(async () => {
  directory = workFolder('vault-processes');
  file = join(directory, 'key');
  await createKeyFile(file);
  vault = openVault(directory, { now: () => new Date() });
  await vault.init({ type: 'keyfile', file });
});

afterEach(() => removeWorkFolder(directory));

const names = () => readdirSync(directory).filter((name) => name !== 'key');

/** Plays back what a child has told: what must be in the vault now. */
function expected(lines: readonly unknown[]): string[] {
  const ids = new Set<string>();
  for (const line of lines.map(String)) {
    if (line.startsWith('-')) ids.delete(line.slice(1));
    else ids.add(line);
  }
  ids.delete('unlocked');
  return [...ids];
}

test('three processes and this one change it at once, and no change is lost', async () => {
  const children = ['a', 'b', 'c'].map((prefix) => startChild(script, [directory, file, prefix, '30']));
  const told = Promise.all(children.map(async (child) => all({ [Symbol.asyncIterator]: () => child.lines })));
  const ours = Array.from({ length: 10 }, (_, at) => `ours${at}`);
  await Promise.all(ours.map((id) => vault.put(`value ${id}`, id)));
  const ids = [...(await told).flatMap(expected), ...ours];
  expect(ids).toHaveLength(3 * 20 + 10);
  expect((await vault.list()).sort()).toEqual(ids.sort());
  for (const id of ids) expect(await vault.get({ secret: id })).toBe(`value ${id}`);
  expect(names()).toHaveLength(1);
});

test('a process killed at any point leaves a vault with everything that it had confirmed', async () => {
  for (let round = 0; round < 12; round += 1) {
    const prefix = `r${round}-`;
    const child = startChild(script, [directory, file, prefix, '1000000']);
    const lines: unknown[] = [];
    for (let left = randomInt(1, 40); left > 0; left -= 1) lines.push(await nextLine(child));
    child.kill('SIGKILL');
    for await (const line of { [Symbol.asyncIterator]: () => child.lines }) lines.push(line);
    const ids = new Set((await vault.list()).filter((id) => id.startsWith(prefix)));
    // The one change that it was about to confirm may be there or not.
    const confirmed = expected(lines);
    const missing = confirmed.filter((id) => !ids.has(id));
    const more = [...ids].filter((id) => !confirmed.includes(id));
    expect(missing.length + more.length, `round ${round}: ${missing} ${more}`).toBeLessThanOrEqual(1);
    for (const id of ids) expect(await vault.get({ secret: id })).toBe(`value ${id}`);
  }
});

test('what a crash leaves before and after the link does no harm, and is cleared away', async () => {
  const ref = await vault.put('kept');
  const [current = ''] = names();
  const generation = Number(/\d+/.exec(current)?.[0]);
  const old = new Date('2020-01-01T00:00:00Z');
  const abandoned = join(directory, '.vault-00ff.tmp');
  await writeFile(abandoned, 'half of a vault');
  await utimes(abandoned, old, old);
  await writeFile(join(directory, '.vault-11ff.tmp'), 'of a process that is at it now');
  // Crashed between linking the new generation and removing the old one.
  await link(join(directory, current), join(directory, `vault.${generation + 1}.json`));
  expect(await vault.get(ref)).toBe('kept');
  await vault.put('more');
  expect(names().sort()).toEqual(['.vault-11ff.tmp', `vault.${generation + 2}.json`]);
});

test('a writer that comes so late that its generation was removed is refused', async () => {
  await vault.put('one', 'one');
  const found = await readVault(directory);
  if (found === undefined) throw new Error('the vault is gone');
  await vault.put('two', 'two');
  await vault.put('three', 'three');
  // The name of the generation after `found` is free again; taking it would hide nothing but lose this change.
  expect(await writeVault(directory, found.generation + 1, found.document, new Date())).toBe(false);
  expect(names()).toEqual([`vault.${found.generation + 2}.json`]);
  expect((await vault.list()).sort()).toEqual(['one', 'three', 'two']);
});
