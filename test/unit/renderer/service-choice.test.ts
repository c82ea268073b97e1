import { expect, test } from 'vitest';
import { compareCommand } from '../../../renderer/features/compare/compare-command.ts';
import { serviceChoice } from '../../../renderer/features/compare/service-choice.ts';

const side = (offered: readonly string[] | undefined, named?: string) => ({ offered, named });

test('nothing is wanted as long as a side is not known', () => {
  const unknown = { common: [], left: undefined, right: undefined, settled: false };
  expect(serviceChoice(side(['a', 'b']), side(undefined))).toMatchObject(unknown);
  expect(serviceChoice(side(undefined), side(['a', 'b'], 'b'))).toEqual({
    ...unknown,
    compared: [undefined, 'b'],
  });
  expect(serviceChoice(side(undefined, 'a'), side(undefined, 'b')).settled).toBe(true);
});

test('both sides get a service that both have', () => {
  expect(serviceChoice(side(['a', 'b', 'c']), side(['c', 'b']))).toEqual({
    common: ['b', 'c'],
    left: 'b',
    right: 'b',
    compared: [undefined, undefined],
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
  expect(serviceChoice(side(['a'], 'a'), side(['a']))).toEqual({
    ...chosen,
    common: [],
    compared: ['a', 'a'],
  });
  expect(serviceChoice(side(['a', 'b'], 'b'), side(['a']))).toEqual({
    ...chosen,
    common: ['a'],
    compared: ['b', 'a'],
  });
  expect(serviceChoice(side(['a', 'b'], 'a'), side(['a', 'b'], 'a'))).toEqual({
    ...chosen,
    common: ['a', 'b'],
    compared: ['a', 'a'],
  });
  expect(serviceChoice(side(['a']), side(['b'])).common).toEqual([]);
});

test('the command names the services of both sides once one of them is named', () => {
  const point = { of: 'point', point: 'abcd', service: 'a' } as const;
  const live = { of: 'cluster', cluster: 'lab' } as const;
  expect(compareCommand(point, live, ['a', 'b'])).toBe('holdfast diff abcd cluster:lab/b --source a');
  expect(compareCommand(live, point, ['b', 'a'], '/x')).toBe(
    'holdfast diff cluster:lab/b abcd --right-source a --prefix /x',
  );
  expect(compareCommand({ of: 'point', point: 'ef01' }, point, ['b', 'a'])).toBe(
    'holdfast diff ef01 abcd --source b --right-source a',
  );
  expect(compareCommand({ of: 'point', point: 'ef01' }, live, ['a', 'a'])).toBe(
    'holdfast diff ef01 cluster:lab',
  );
});
