import { expect, test } from 'vitest';
import { activeAfterChoosing, pressKey, rowId, type TreeItem } from '../../../renderer/ui/tree/tree-keys.ts';

const place = (key: readonly string[], expandable: boolean, expanded: boolean): TreeItem => ({
  row: 'place',
  key,
  depth: key.length,
  expandable,
  expanded,
});
const ROWS: readonly TreeItem[] = [
  place([], true, true),
  place(['a'], true, true),
  place(['a', 'x'], false, false),
  { row: 'more', key: ['a'], depth: 2 },
  place(['b'], true, false),
];

/** What a key pressed on a row does. */
function press(key: string, active: number): readonly unknown[] {
  const done: unknown[] = [];
  const isKnown = pressKey(key, ROWS, active, {
    moveTo: (index) => done.push(index),
    onToggle: (at, open) => done.push([at.join('/'), open]),
    onChoose: (row) => done.push(rowId(row)),
  });
  return isKnown ? done : ['nothing'];
}

test('arrows move, and stop at both ends', () => {
  expect(press('ArrowDown', 1)).toEqual([2]);
  expect(press('ArrowDown', 4)).toEqual([4]);
  expect(press('ArrowUp', 0)).toEqual([0]);
  expect(press('Home', 3)).toEqual([0]);
  expect(press('End', 0)).toEqual([4]);
});

test('to the right opens, or goes in; to the left closes, or goes out', () => {
  expect(press('ArrowRight', 4)).toEqual([['b', true]]);
  expect(press('ArrowRight', 1)).toEqual([2]);
  expect(press('ArrowRight', 2)).toEqual([]);
  expect(press('ArrowLeft', 1)).toEqual([['a', false]]);
  expect(press('ArrowLeft', 3)).toEqual([1]);
  expect(press('ArrowLeft', 4)).toEqual([0]);
});

test('Enter and Space choose; what stands for more is told from the place itself', () => {
  expect(press('Enter', 1)).toEqual(['place ["a"]']);
  expect(press(' ', 3)).toEqual(['more ["a"]']);
  expect(press('q', 1)).toEqual(['nothing']);
});

test('the row above is active once what stands for more is chosen', () => {
  expect(activeAfterChoosing(ROWS, 3)).toBe(ROWS[2]);
  expect(activeAfterChoosing(ROWS, 2)).toBe(ROWS[2]);
  expect(activeAfterChoosing(ROWS, ROWS.length)).toBeUndefined();
});
