import { beforeEach, expect, test, vi } from 'vitest';
import {
  columnsOf,
  LEAST_SHARE,
  movedBy,
  rememberedShares,
  rememberShares,
  type Share,
} from '../../../renderer/ui/split/shares.ts';

const FIRST: readonly Share[] = [0.2, 'rest', 0.4];
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});

test('a separator changes the pane beside it that has a width of its own', () => {
  expect(movedBy(FIRST, 0, 0.1)).toEqual([expect.closeTo(0.3), 'rest', 0.4]);
  expect(movedBy(FIRST, 1, 0.1)).toEqual([0.2, 'rest', expect.closeTo(0.3)]);
  expect(movedBy(['rest', 0.5], 0, -0.1)).toEqual(['rest', expect.closeTo(0.6)]);
});

test('no pane is pushed out of the window', () => {
  expect(movedBy(FIRST, 0, -5)[0]).toBe(LEAST_SHARE);
  expect(movedBy(FIRST, 0, 5)[0]).toBeCloseTo(1 - 0.4 - LEAST_SHARE);
  expect(movedBy(FIRST, 1, -5)[2]).toBeCloseTo(1 - 0.2 - LEAST_SHARE);
});

test('widths come back as they were left, and what cannot be theirs does not', () => {
  const left = movedBy(FIRST, 0, 0.05);
  rememberShares('explore', left);
  expect(rememberedShares('explore', FIRST)).toEqual(left);
  expect(rememberedShares('compare', ['rest', 0.5])).toEqual(['rest', 0.5]);
  for (const text of ['[0.2,0.4]', '["rest",0.2,0.4]', '{', '[0.2,"rest",null]']) {
    kept.set('holdfast.panes.explore', text);
    expect(rememberedShares('explore', FIRST)).toEqual(FIRST);
  }
});

test('there is a column for each pane and each separator', () => {
  expect(columnsOf(FIRST).match(/var\(--split\) (?!\*)|minmax|calc/g)).toHaveLength(5);
});
