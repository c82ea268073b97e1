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
    const texts = ['an Order.', 'order', 'ordinary', 'x.der'];
    expect(createMatcher(pattern('ORDER'))(texts)).toEqual([
      { start: 3, end: 8 },
      { start: 0, end: 5 },
      undefined,
      undefined,
    ]);
    expect(createMatcher(pattern('Order', { matchCase: true }))(texts).map(Boolean)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(createMatcher(pattern('o.der'))(['o.der', 'order']).map(Boolean)).toEqual([true, false]);
  });

  it('is an expression’s first match', () => {
    const matcher = createMatcher(pattern('n(\\d+)$', { regularExpression: true }));
    expect(matcher(['N12', 'n1x', '名n7'])).toEqual([{ start: 0, end: 3 }, undefined, { start: 1, end: 3 }]);
  });

  it('is nothing for an expression that is none, and for one that would never end', () => {
    const invalid = expect.objectContaining({ code: 'general.invalid-input' });
    expect(() => createMatcher(pattern('(', { regularExpression: true }))).toThrow(invalid);
    const endless = createMatcher(pattern('^(a+)+$', { regularExpression: true }));
    expect(() => endless([`${'a'.repeat(60)}!`])).toThrow(invalid);
  });
});
