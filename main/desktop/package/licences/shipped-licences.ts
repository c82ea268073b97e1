import { glob, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isLicenceFile } from '../engine/slim.ts';
import { type LockedPackage, LockedPackages } from '../locked-packages.ts';
import { standardText } from './standard-text.ts';

/** A package that is part of what is shipped, and the terms of it. */
export interface ShippedLicence {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; empty when the package names none. */
  readonly licence: string;
  readonly text: string;
}

/**
 * What the pages are made of: they are bundled, so that these are development dependencies for npm. A test compares
 * this with what the pages import.
 */
export const PAGES_PACKAGES: readonly string[] = [
  '@mantine/charts',
  '@mantine/core',
  '@mantine/dates',
  '@mantine/hooks',
  '@mantine/notifications',
  '@mantine/spotlight',
  '@orpc/client',
  '@orpc/contract',
  '@orpc/tanstack-query',
  '@tabler/icons-react',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@tanstack/react-virtual',
  'dayjs',
  'i18next',
  'react',
  'react-dom',
  'react-i18next',
  'zod',
];

const person = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const typed = z.object({ type: z.string() }).transform(({ type }) => type);
const described = z.object({
  license: z.union([z.string(), typed]).optional(),
  /** As it was before SPDX. */
  licenses: z.array(typed).optional(),
  author: person.optional().catch(undefined),
});

/**
 * The licences of all that a package of Holdfast ships from npm, for any system: of the parts that exist once for each
 * system it is enough to name what they belong to. Sorted by name.
 */
export async function shippedLicences(project: string): Promise<ShippedLicence[]> {
  const locked = await LockedPackages.read(project);
  const packages = locked.closureOf([...locked.production, ...PAGES_PACKAGES]);
  const licences = await Promise.all(packages.map((each) => licenceOf(project, each)));
  return licences.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

async function licenceOf(project: string, { name, version, path }: LockedPackage): Promise<ShippedLicence> {
  const folder = join(project, path);
  const { license, licenses, author } = described.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const licence = license ?? licenses?.join(' OR ') ?? '';
  const texts = await textsIn(name === 'node' ? await nodeFolder(folder) : folder);
  const text = texts.length > 0 ? texts.join('\n\n') : await standardText(project, licence, author ?? name);
  return { name: name === 'node' ? 'Node.js' : name, version, licence, text };
}

/** npm's package `node` has no licence of its own; what it installs has that of Node.js and all it is made of. */
async function nodeFolder(folder: string): Promise<string> {
  for await (const path of glob('node_modules/node-*/LICENSE', { cwd: folder }))
    return join(folder, path, '..');
  return folder;
}

async function textsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && isLicenceFile(entry.name))
    .map((entry) => entry.name)
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim());
}

function keyOf({ name, version }: ShippedLicence): string {
  return `${name.toLowerCase()} ${version}`;
}
