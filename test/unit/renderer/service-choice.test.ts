import { expect, test } from 'vitest';
import { serviceChoice } from '../../../renderer/features/compare/service-choice.ts';

const side = (offered: readonly string[] | undefined, named?: string) => ({ offered, named });

test('nothing is wanted as long as a side is not known', () => {
  const unknown = { common: [], left: undefined, right: undefined, settled: false };
  expect(serviceChoice(side(['a', 'b']), side(undefined))).toEqual(unknown);
  expect(serviceChoice(side(undefined), side(['a', 'b'], 'b'))).toEqual(unknown);
  expect(serviceChoice(side(undefined, 'a'), side(undefined, 'b')).settled).toBe(true);
});

test('both sides get a service that both have', () => {
  expect(serviceChoice(side(['a', 'b', 'c']), side(['c', 'b']))).toEqual({
    common: ['b', 'c'],
    left: 'b',
    right: 'b',
    settled: false,
  });
  expect(serviceChoice(side(['a', 'b']), side(['b']))).toMatchObject({ left: 'b', right: undefined });
  expect(serviceChoice(side(['a', 'b']), side(['a', 'b'], 'b'))).toMatchObject({ left: 'b' });
});

test('no side gets a service that it lacks', () => {
  expect(serviceChoice(side(['a', 'b']), side(['c', 'd']))).toMatchObject({ left: 'a', right: 'c' });
  expect(serviceChoice(side(['a', 'b', 'c'], 'c'), side(['d', 'b']))).toMatchObject({ right: 'b' });
  expect(serviceChoice(side(['a', 'b']), side([]))).toMatchObject({ left: 'a', right: undefined });
});

test('there is a choice among several, and where the sides are of different services', () => {
  const chosen = { left: undefined, right: undefined, settled: true };
  expect(serviceChoice(side(['a'], 'a'), side(['a']))).toEqual({ ...chosen, common: [] });
  expect(serviceChoice(side(['a', 'b'], 'b'), side(['a']))).toEqual({ ...chosen, common: ['a'] });
  expect(serviceChoice(side(['a', 'b'], 'a'), side(['a', 'b'], 'a'))).toEqual({
    ...chosen,
    common: ['a', 'b'],
  });
  expect(serviceChoice(side(['a']), side(['b'])).common).toEqual([]);
});
