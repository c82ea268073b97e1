import { expect, test } from 'vitest';
import { movedIndex, sortRows } from '../../../renderer/ui/table-rows.ts';

test('rows are sorted as people read, those without a value last either way', () => {
  const rows = ['node10', undefined, 'node9', 'Ärger', 'zebra'];
  const sorted = (descending: boolean) => sortRows(rows, (row) => row, descending, 'en');
  expect(sorted(false)).toEqual(['Ärger', 'node9', 'node10', 'zebra', undefined]);
  expect(sorted(true)).toEqual(['zebra', 'node10', 'node9', 'Ärger', undefined]);
  expect(rows[0]).toBe('node10');
});

test('keys move within the list', () => {
  const move = (key: string, index: number) => movedIndex(key, index, 300_000, 10);
  expect(move('ArrowDown', 299_999)).toBe(299_999);
  expect(move('ArrowUp', 0)).toBe(0);
  expect(move('PageDown', 5)).toBe(15);
  expect(move('End', 5)).toBe(299_999);
  expect(move('a', 5)).toBeUndefined();
  expect(movedIndex('ArrowDown', 0, 0, 10)).toBeUndefined();
});
