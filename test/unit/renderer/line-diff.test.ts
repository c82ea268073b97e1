import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from '../../../renderer/ui/entry/line-diff.ts';

const side = (lines: ReturnType<typeof diffLines>, wanted: 'left' | 'right') =>
  lines
    .filter((line) => line.side === wanted || line.side === 'both')
    .map(({ text }) => text)
    .join('\n');

test('tells which lines are gone, new and kept', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc\nd')).toEqual([
    { side: 'both', text: 'a' },
    { side: 'left', text: 'b' },
    { side: 'right', text: 'x' },
    { side: 'both', text: 'c' },
    { side: 'right', text: 'd' },
  ]);
});

test('either text can be read from it, and equal texts have nothing but common lines', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (left, right) => {
      const lines = diffLines(left, right);
      expect(side(lines, 'left')).toBe(left);
      expect(side(lines, 'right')).toBe(right);
      expect(diffLines(left, left).every((line) => line.side === 'both')).toBe(true);
    }),
  );
});

test('texts too long to be laid over each other stand one after the other', () => {
  const long = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word} ${i}`).join('\n');
  const lines = diffLines(`same\n${long('old')}\nend`, `same\n${long('new')}\nend`);
  expect(lines).toHaveLength(6002);
  expect(lines[1]).toEqual({ side: 'left', text: 'old 0' });
  expect(lines.at(-2)).toEqual({ side: 'right', text: 'new 2999' });
});
