import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../main/cli/language.ts';
import { parsePolicy, parseSchedule } from '../../../main/cli/options/schedule.ts';
import { parseTarget } from '../../../main/cli/options/target-text.ts';
import { dataDirectoryOf } from '../../../main/files/data-directory.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';

describe('a target', () => {
  it.each([
    ['3f9a', { kind: 'point-or-file', text: '3f9a' }],
    ['0123456789abcdef', { kind: 'point-or-file', text: '0123456789abcdef' }],
    ['0123456789abcdef0', { kind: 'file', path: '0123456789abcdef0' }],
    ['3f9', { kind: 'file', path: '3f9' }],
    ['3F9A', { kind: 'file', path: '3F9A' }],
    ['point:3f', { kind: 'point', prefix: '3f' }],
    ['file:3f9a', { kind: 'file', path: '3f9a' }],
    ['file:latest:x', { kind: 'file', path: 'latest:x' }],
    ['latest:my task', { kind: 'latest', task: 'my task' }],
    ['undo:81c2', { kind: 'undo', run: '81c2' }],
    ['cluster:lab', { kind: 'cluster', cluster: 'lab' }],
    ['cluster:lab/ZooKeeper-2', { kind: 'cluster', cluster: 'lab', service: 'ZooKeeper-2' }],
    ['./a:b.tar.gz', { kind: 'file', path: './a:b.tar.gz' }],
    ['latest:', { kind: 'file', path: 'latest:' }],
  ])('%s', (text, target) => {
    expect(parseTarget(text)).toEqual(target);
  });

  it('is not empty', () => {
    expect(() => parseTarget('')).toThrow('it is empty');
  });
});

describe('a path', () => {
  it.each([
    ['/', []],
    ['', []],
    ['/a/b', ['a', 'b']],
    ['a//b/', ['a', 'b']],
    ['/a\\/b/c\\\\d', ['a/b', 'c\\d']],
  ])('%s', (path, key) => {
    expect(parseKeyPath(path)).toEqual(key);
  });

  it('comes back as it was, whatever its components hold', () => {
    const component = fc.string({ minLength: 1, unit: fc.constantFrom('a', '/', '\\', ' ', '文') });
    fc.assert(
      fc.property(fc.array(component), (key) => {
        expect(parseKeyPath(keyPath(key))).toEqual(key);
      }),
    );
  });
});

describe('a schedule', () => {
  const now = new Date('2026-03-01T00:00:00.000Z');
  const parse = (every: string, start?: string) =>
    parseSchedule({ every, timeZone: 'Asia/Shanghai', ...(start === undefined ? {} : { start }) }, now);

  it('starts now unless told otherwise', () => {
    expect(parse('6h')).toEqual({
      start: '2026-03-01T00:00:00.000Z',
      every: 6,
      unit: 'hours',
      timeZone: 'Asia/Shanghai',
    });
    expect(parse('2 days', '2026-03-01T02:00:00+08:00')).toMatchObject({
      start: '2026-02-28T18:00:00.000Z',
      every: 2,
      unit: 'days',
    });
  });

  it.each(['6', 'h', '6m', '-1d', '1.5h'])('is not %s', (every) => {
    expect(() => parse(every)).toThrow('--every');
  });

  it('does not start at a time without a day', () => {
    expect(() => parse('1d', '02:00')).toThrow('--start');
  });
});

describe('a policy', () => {
  it('is one of three', () => {
    expect(parsePolicy('full')).toEqual({ kind: 'full' });
    expect(parsePolicy('full-then-incremental')).toEqual({ kind: 'full-then-incremental' });
    expect(parsePolicy('full-every:7')).toEqual({ kind: 'full-every', runs: 7 });
    for (const text of ['', 'full-every', 'full-every:', 'full-every:x', 'daily']) {
      expect(() => parsePolicy(text)).toThrow('--policy');
    }
  });
});

describe('the data directory', () => {
  const place = { env: {}, platform: 'linux', home: '/home/me', cwd: '/work' };
  it.each([
    ['given', place, 'here', '/work/here'],
    ['given before the environment', { ...place, env: { HOLDFAST_DATA_DIR: '/a' } }, '/b', '/b'],
    ['in the environment', { ...place, env: { HOLDFAST_DATA_DIR: '/a' } }, undefined, '/a'],
    [
      'an empty variable',
      { ...place, env: { HOLDFAST_DATA_DIR: '' } },
      undefined,
      '/home/me/.local/share/holdfast',
    ],
    ['XDG', { ...place, env: { XDG_DATA_HOME: '/x' } }, undefined, '/x/holdfast'],
    [
      'a relative XDG',
      { ...place, env: { XDG_DATA_HOME: 'x' } },
      undefined,
      '/home/me/.local/share/holdfast',
    ],
    ['macOS', { ...place, platform: 'darwin' }, undefined, '/home/me/Library/Application Support/Holdfast'],
    [
      'Windows',
      { env: { LOCALAPPDATA: 'C:\\L' }, platform: 'win32', home: 'C:\\U', cwd: 'C:\\' },
      undefined,
      'C:\\L\\Holdfast',
    ],
  ])('%s', (_case, where, given, path) => {
    expect(dataDirectoryOf(where, given)).toBe(path);
  });
});

it('speaks Chinese where the environment does', () => {
  expect(languageOf({ LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(languageOf({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' })).toBe('en');
  expect(languageOf({ LANG: 'en_US', LC_MESSAGES: 'zh_TW' })).toBe('zh');
  expect(languageOf({})).toBe('en');
});
