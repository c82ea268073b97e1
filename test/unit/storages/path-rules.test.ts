import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromFileName, LONGEST_FILE_NAME, splitPath, toFileName } from '../../../main/storages/path-rules.ts';

const RESERVED = ['.staging'];
const CONTROL = /\p{Cc}/u;

/** Characters that the rules treat in different ways, and any others. */
const character = fc.oneof(
  fc.constantFrom(...'=%:.*?"<>|\\ CONULPT13AF0d'),
  fc.constantFrom(
    '\u0301',
    '\u0308',
    '\u0338',
    'é',
    'ä',
    '\u1100',
    '\u1161',
    '\u11a8',
    '가',
    '🗄',
    '\u212b',
    'ß',
    'İ',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const component = fc
  .array(character, { minLength: 1, maxLength: 12 })
  .map((characters) => characters.join(''))
  .filter((text) => text !== '.' && text !== '..' && !text.includes('/') && !CONTROL.test(text));

describe('a file name', () => {
  test('is reversible for every component', () => {
    fc.assert(
      fc.property(component, (text) => {
        expect(fromFileName(toFileName(text, RESERVED), RESERVED)).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  test('is reversible on a file system that decomposes names, as HFS+', () => {
    fc.assert(
      fc.property(component, (text) => {
        expect(fromFileName(toFileName(text).normalize('NFD'))).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  test('never collides with that of another component, even where normal forms are one', () => {
    fc.assert(
      fc.property(component, component, (a, b) => {
        fc.pre(a !== b);
        expect(toFileName(a).normalize('NFD')).not.toBe(toFileName(b).normalize('NFD'));
      }),
      { numRuns: 5000 },
    );
    expect(toFileName('\u00e9')).not.toBe(toFileName('e\u0301'));
  });

  test('can stand on Windows', () => {
    fc.assert(
      fc.property(component, (text) => {
        const name = toFileName(text);
        expect(name).not.toMatch(/[<>:"|?*\\/]|[. ]$/);
        expect(name.split('.')[0]?.trimEnd()).not.toMatch(/^(CON|PRN|AUX|NUL|COM\d|LPT\d)$/i);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['plain.tar.gz', 'plain.tar.gz'],
    ['a%2Fb_20240101', 'a%2Fb_20240101'],
    ['a:b', 'a=3Ab'],
    ['CON', '=43ON'],
    ['nul.tar.gz', '=6Eul.tar.gz'],
    ['NUL .txt', '=4EUL .txt'],
    ['COM¹', '=43OM¹'],
    ['CONTROL', 'CONTROL'],
    ['COM10', 'COM10'],
    ['dot.', 'dot=2E'],
    ['...', '..=2E'],
    ['space ', 'space=20'],
    ['a=b', 'a=b'],
    ['=3A', '=3D3A'],
    ['==3A', '==3D3A'],
    ['e\u0301', 'e=CC=81'],
    [':\u0301', '=3A=CC=81'],
    ['备份', '备份'],
    ['.Staging', '=2EStaging'],
  ])('of %j is %j', (text, name) => {
    expect(toFileName(text, RESERVED)).toBe(name);
    expect(fromFileName(name, RESERVED)).toBe(text);
  });

  test.each([
    '.staging',
    '.STAGING',
    '=41',
    'a:b',
    'CON',
    'dot.',
    '=FF',
    '=2F',
    '=00',
    '=2E',
    'a\nb',
    'x=3D9',
  ])('%j of another program stands for nothing', (name) =>
    expect(fromFileName(name, RESERVED)).toBeUndefined(),
  );

  test('longer than a file system takes is refused, counted in bytes after escaping', () => {
    expect(toFileName('a'.repeat(LONGEST_FILE_NAME))).toHaveLength(LONGEST_FILE_NAME);
    for (const text of ['a'.repeat(256), '备'.repeat(86), `${'a'.repeat(253)}:`]) {
      expect(() => toFileName(text)).toThrowError(expect.objectContaining({ code: 'storage.bad-path' }));
    }
    expect(toFileName('备'.repeat(85))).toHaveLength(85);
  });
});

describe('a path', () => {
  test('is split into its components', () => {
    expect(splitPath('a/b c/备份')).toEqual(['a', 'b c', '备份']);
  });

  test.each(['', '/', 'a/', '/a', 'a//b', '.', 'a/..', 'a\u0000', 'a\u0085', '\udc00x'])(
    '%j is refused',
    (path) => {
      expect(() => splitPath(path)).toThrowError(expect.objectContaining({ code: 'storage.bad-path' }));
    },
  );
});
