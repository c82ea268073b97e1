import { describe, expect, it } from 'vitest';
import { literalName, matchNames } from '../../../main/sources/kafka/patterns.ts';
import { parseSelection, scopeOf, selectionCovers } from '../../../main/sources/kafka/selection.ts';

describe('patterns over names', () => {
  it.each([
    ['orders', 'orders', true],
    ['orders', 'orders-1', false],
    ['orders-*', 'orders-', true],
    ['*.log', 'a.log', true],
    ['*.log', 'axlog', false],
    ['a?c', 'abc', true],
    ['a?c', 'a💡c', true],
    ['a?c', 'ac', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['(a|b)+', 'a', false],
    ['*', '', true],
    ['a*', 'a\nb', true],
  ])('%j and %j: %s', (pattern, name, matches) => {
    expect(matchNames([pattern])(name)).toBe(matches);
  });

  it('a quoted name matches itself and nothing else, and is literal', () => {
    for (const [name, pattern] of [
      ['a*b', 'a\\*b'],
      ['q?', 'q\\?'],
      ['back\\slash', 'back\\\\slash'],
      ['plain', 'plain'],
      ['.+[x]', '.+[x]'],
    ] as const) {
      expect(literalName(pattern)).toBe(name);
      expect(matchNames([pattern])(name)).toBe(true);
      expect(matchNames([pattern])(`${name}x`)).toBe(false);
    }
    expect(literalName('a*')).toBeUndefined();
  });

  it('a pattern that ends in a backslash is none', () => {
    expect(() => matchNames(['a\\'])).toThrow('nothing follows the backslash');
  });
});

describe('a selection', () => {
  const covers = selectionCovers(
    parseSelection({ kinds: ['topics', 'groups'], topics: ['a*'], excludeTopics: ['ab'], groups: ['g'] }),
  );

  it.each([
    [['topics', 'aa'], true],
    [['topics', 'ab'], false],
    [['topics', 'b'], false],
    [['groups', 'g'], true],
    [['groups', 'g', 'b'], true],
    [['groups', 'h'], false],
    [['acls', 'TOPIC'], false],
  ])('%j: %s', (key, covered) => {
    expect(covers(key)).toBe(covered);
  });

  it('expects to find what it names and does not leave out again', () => {
    const scope = scopeOf(parseSelection({ topics: ['a', 'b*', 'c'], excludeTopics: ['c'], groups: ['g'] }));
    expect(scope.named).toEqual({ topics: ['a'], groups: ['g'] });
    expect(scope.open).toEqual({ topics: true, groups: false });
  });

  it('refuses kinds there are none of', () => {
    expect(() => parseSelection({ kinds: ['records'] })).toThrow();
  });
});
