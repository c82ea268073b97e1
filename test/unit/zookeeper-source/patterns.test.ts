import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../main/sources/zookeeper/paths.ts';
import {
  literalPrefix,
  matchPatterns,
  quotePattern,
  rebasePattern,
} from '../../../main/sources/zookeeper/patterns.ts';

function matches(pattern: string, path: string): boolean {
  return keyOf(path).reduce((state, name) => state.enter(name), matchPatterns([pattern])).matched;
}

describe('a pattern', () => {
  it.each([
    ['/', '/', true],
    ['/', '/a/b', true],
    ['/a', '/a', true],
    ['/a', '/a/b/c', true],
    ['/a', '/ab', false],
    ['/a', '/', false],
    ['/a/.', '/a', true],
    ['/a/.', '/a/b', false],
    ['/.', '/', true],
    ['/.', '/a', false],
    ['/*', '/', false],
    ['/*', '/a', true],
    ['/a/*', '/a', false],
    ['/a/*', '/a/b/c', true],
    ['/a/*/.', '/a/b', true],
    ['/a/*/.', '/a/b/c', false],
    ['/a-*', '/a-', true],
    ['/a-*', '/a-1-2', true],
    ['/*-b', '/a-b', true],
    ['/*-b', '/a-bc', false],
    ['/?', '/a', true],
    ['/?', '/ab', false],
    ['/**', '/', false],
    ['/**', '/a', true],
    ['/a/**', '/a', false],
    ['/a/**', '/a/b', true],
    ['/**/locks', '/locks', true],
    ['/**/locks', '/a/b/locks', true],
    ['/**/locks', '/a/b/locks/1', true],
    ['/**/locks/.', '/a/locks/1', false],
    ['/a/**/z/.', '/a/z', true],
    ['/a/**/z/.', '/a/b/c/z', true],
    ['/a/**/z/.', '/b/z', false],
    ['/**/a/**/b/.', '/x/a/y/b', true],
    ['/**/a/**/b/.', '/x/y/b', false],
    ['/a\\*', '/a*', true],
    ['/a\\*', '/ab', false],
    ['/a\\\\', '/a\\', true],
    ['/a.b', '/axb', false],
    ['/(a|b)+', '/(a|b)+', true],
    ['/a*', '/a\nb', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it.each(['', 'a', 'a/b', '//', '/a//b', '/a/', '/a/../b', '/./a', '/a\\'])('is not %j', (text) => {
    expect(() => matchPatterns([text])).toThrow(/is not valid/);
  });

  it('knows the only names that can still match', () => {
    const state = matchPatterns(['/a/b', '/a/c/.', '/x']);
    expect(state.names).toEqual(['a', 'x']);
    expect(state.enter('a').names).toEqual(['b', 'c']);
    expect(state.enter('q').dead).toBe(true);
    expect(matchPatterns(['/a/b', '/a/*c']).enter('a').names).toBeUndefined();
  });

  it('has a literal prefix', () => {
    expect(literalPrefix('/a/b/*/c')).toEqual(['a', 'b']);
    expect(literalPrefix('/a\\*/b/.')).toEqual(['a*', 'b']);
    expect(literalPrefix('/**')).toEqual([]);
  });

  it('is put elsewhere where it begins with the place it leaves', () => {
    expect(rebasePattern('/a/b/*', ['a'], ['x', 'y*'])).toBe('/x/y\\*/b/*');
    expect(rebasePattern('/a', ['a'], ['x'])).toBe('/x');
    expect(rebasePattern('/a/.', ['a'], ['x'])).toBe('/x/.');
    expect(rebasePattern('/*/b', ['a'], ['x'])).toBeUndefined();
  });

  it('quotes a name so that it only matches itself', () => {
    const odd = 'a*b?c\\d';
    expect(matches(`/${quotePattern(odd)}`, `/${odd}`)).toBe(true);
    expect(matches(`/${quotePattern(odd)}`, '/aXb?c\\d')).toBe(false);
  });
});
