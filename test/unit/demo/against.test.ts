import { expect, test } from 'vitest';
import { apart, firstFew } from '../../demo/against.ts';

test('what only one side says is named, and saying it twice is not saying it once', () => {
  expect(apart(['a', ['x', 'y']], ['b', ['y', 'x']])).toEqual([]);
  expect(apart(['a', ['x', 'x', 'y']], ['b', ['x', 'z']])).toEqual(['a: x', 'a: y', 'b: z']);
});

test('of many only the first are named', () => {
  const many = Array.from({ length: 30 }, (_, index) => `${index}`);
  expect(firstFew(many)).toHaveLength(21);
  expect(firstFew(many).at(-1)).toBe('… 10 more');
  expect(firstFew(many.slice(0, 20))).toHaveLength(20);
});
