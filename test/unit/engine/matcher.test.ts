import { describe, expect, it } from 'vitest';
import { createMatcher } from '../../../main/engine/explore/matcher.ts';
import type { SearchPattern } from '../../../shared/model/search.ts';

const pattern = (text: string, more: Partial<SearchPattern> = {}): SearchPattern => ({
  text,
  regularExpression: false,
  matchCase: false,
  within: ['name'],
  ...more,
});

describe('what a search matches', () => {
  it('is a text as it stands, capitals or not unless asked', () => {
    const any = createMatcher(pattern('ORDER'));
    expect(['an Order.', 'order', 'ordinary', 'x.der'].map(any)).toEqual([
      { start: 3, end: 8 },
      { start: 0, end: 5 },
      undefined,
      undefined,
    ]);
    const exact = createMatcher(pattern('Order', { matchCase: true }));
    expect(['an Order.', 'order'].map((text) => exact(text) !== undefined)).toEqual([true, false]);
    expect(['o.der', 'order'].map((text) => createMatcher(pattern('o.der'))(text) !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  it('is an expression’s first match', () => {
    const matcher = createMatcher(pattern('n(\\d+)$', { regularExpression: true }));
    expect(['N12', 'n1x', '名n7', '😀n7'].map(matcher)).toEqual([
      { start: 0, end: 3 },
      undefined,
      { start: 1, end: 3 },
      { start: 2, end: 4 },
    ]);
  });

  it.each(['(', '(?=x)', '(a)\\1'])('is nothing for %s, which is no expression here', (text) => {
    const invalid = expect.objectContaining({ code: 'general.invalid-input' });
    expect(() => createMatcher(pattern(text, { regularExpression: true }))).toThrow(invalid);
  });

  it('comes in time for an expression that would try every way', () => {
    const matcher = createMatcher(pattern('^(a+)+$', { regularExpression: true }));
    expect(matcher(`${'a'.repeat(100_000)}!`)).toBeUndefined();
  });
});
