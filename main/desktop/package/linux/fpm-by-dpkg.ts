#!/usr/bin/env node
import { execFile } from 'node:child_process';
import { chmod, cp, glob, lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

/*
 * Stands in for fpm, which electron-builder calls to make a .deb and cannot always be had: takes the arguments that it
 * passes for one, and has dpkg-deb of Debian do the work.
 */

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    d: { type: 'string', short: 'd', multiple: true },
    force: { type: 'boolean' },
    'deb-recommends': texts,
    'deb-compression': text,
    'deb-priority': text,
    architecture: text,
    'after-install': text,
    'after-remove': text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    category: text,
    license: text,
  },
});

/** An argument without which there is no package. */
function given(name: 'architecture' | 'description' | 'maintainer' | 'name' | 'package' | 'version'): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
}

async function makeDeb(root: string): Promise<void> {
  for (const mapping of positionals) {
    const [from = '', to = ''] = mapping.split('=');
    const target = join(root, to);
    await mkdir(dirname(target), { recursive: true });
    await cp(from, target, { recursive: true, verbatimSymlinks: true });
    if (!(await stat(target)).isDirectory()) await chmod(target, 0o644);
  }
  const size = await kibibytesOf(root);
  const control = join(root, 'DEBIAN');
  await mkdir(control);
  await writeFile(join(control, 'control'), controlFile(size));
  await script(values['after-install'], join(control, 'postinst'));
  await script(values['after-remove'], join(control, 'postrm'));
  const packing = ['--root-owner-group', `-Z${values['deb-compression'] ?? 'xz'}`, '--build', root];
  await promisify(execFile)('dpkg-deb', [...packing, given('package')]);
}

/** @see https://www.debian.org/doc/debian-policy/ch-controlfields.html */
function controlFile(installedSize: number): string {
  const fields = [
    ['Package', given('name')],
    ['Version', given('version')],
    ['Architecture', given('architecture')],
    ['Maintainer', given('maintainer')],
    ['Installed-Size', String(installedSize)],
    ['Depends', values.d?.join(', ')],
    ['Recommends', values['deb-recommends']?.join(', ')],
    ['Section', values.category],
    ['Priority', values['deb-priority']],
    ['Homepage', values.url],
    ['Description', given('description')],
  ];
  return fields
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/** As Debian's policy counts: files rounded up, one for everything else. */
async function kibibytesOf(folder: string): Promise<number> {
  let sum = 0;
  for await (const path of glob('**/*', { cwd: folder })) {
    const entry = await lstat(join(folder, path));
    sum += entry.isFile() ? Math.ceil(entry.size / 1024) : 1;
  }
  return sum;
}

async function script(from: string | undefined, to: string): Promise<void> {
  if (from === undefined) return;
  await writeFile(to, await readFile(from), { mode: 0o755 });
}

const work = await mkdtemp(join(tmpdir(), 'holdfast-deb-'));
try {
  await chmod(work, 0o755);
  await makeDeb(work);
} finally {
  await rm(work, { recursive: true, force: true });
}
