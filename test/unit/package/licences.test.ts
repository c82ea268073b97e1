import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../main/desktop/package/licences/allowed.ts';
import { LICENCES_FILE, licencesDocument } from '../../../main/desktop/package/licences/document.ts';
import { PAGES_PACKAGES, shippedLicences } from '../../../main/desktop/package/licences/shipped-licences.ts';
import { readImports } from '../../architecture/imports.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** What makes the pages and is not in them. */
const BUILD_ONLY = ['vite', '@vitejs/plugin-react', 'postcss-preset-mantine'];

describe('what is shipped', async () => {
  const licences = await shippedLicences(ROOT);

  it('is under licences that allow it, each with its text', () => {
    const problems = licences.filter(({ licence, text }) => !isAllowed(licence) || text.length < 100);
    expect(problems.map(({ name, licence, text }) => ({ name, licence, text }))).toEqual([]);
  });

  it('names what is in the engine, in the shell, in the pages and in Node.js, and nothing that only builds', () => {
    const names = licences.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['pino', 'sonic-boom', 'electron-updater', 'react', 'scheduler', 'Node.js']),
    );
    for (const name of ['electron-builder', 'vite', 'typescript', 'vitest', 'cpu-features', 'nan'])
      expect(names).not.toContain(name);
    expect(licences.find(({ name }) => name === 'Node.js')?.text).toContain('OpenSSL');
  });

  it('is listed as it is now: else run npm run licences', async () => {
    expect(await readFile(join(ROOT, LICENCES_FILE), 'utf8')).toBe(licencesDocument(licences));
  });
});

it('the pages are made of the packages that count as theirs', async () => {
  const { imports } = await readImports(ROOT, ['renderer']);
  const used = imports
    .filter(({ file, specifier }) => file === undefined && specifier?.startsWith('node:') === false)
    .map(({ specifier = '' }) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
    .filter((name) => !BUILD_ONLY.includes(name));
  expect([...new Set(used)].sort()).toEqual([...PAGES_PACKAGES]);
});

describe('a licence', () => {
  it.each(['MIT', '(MIT OR CC0-1.0)', 'GPL-3.0-only OR MIT', 'MIT AND ISC', '(GPL-2.0-only OR MIT AND ISC)'])(
    'of %s is allowed',
    (licence) => expect(isAllowed(licence)).toBe(true),
  );
  it.each([
    '',
    'UNLICENSED',
    'GPL-3.0-only',
    'MIT AND GPL-3.0-only',
    'SEE LICENSE IN x',
    '((MIT OR X) AND GPL)',
  ])('of "%s" is not', (licence) => expect(isAllowed(licence)).toBe(false));
});

it('a text that several packages share stands once, however its lines are broken', () => {
  const text = licencesDocument([
    { name: 'a', version: '1', licence: 'MIT', text: 'the same\ntext' },
    { name: 'b', version: '2', licence: 'MIT', text: 'the same  text' },
    { name: 'c', version: '3', licence: 'ISC', text: 'another' },
  ]);
  expect(text.match(/the same/g)).toHaveLength(1);
  expect(text).toContain('a 1\nb 2\n====');
  expect(text).toContain('c 3: ISC');
});
