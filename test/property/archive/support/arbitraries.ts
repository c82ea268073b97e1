import fc from 'fast-check';
import type { Entry, JsonObject, Line } from '../../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../../shared/order/key.ts';

/** Any text that has a UTF-8 form, often one that UTF-16 sorts in another way, or that JSON must escape. */
const component = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'b',
    'a b',
    '!',
    '"',
    '\\',
    '","',
    '\u0000',
    '\n',
    '\u{1f600}',
    '\uffee',
    'é',
    '卡夫卡',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

/** Few components, so that keys are often ancestors of each other. */
const key: fc.Arbitrary<Key> = fc.array(component, { maxLength: 4 });

/** Halves of surrogate pairs too: JSON escapes them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(',"o":', '{"o":{}}', '"},"b":{"', ',"c":{', '\u2028', '\r\n'),
);

const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1, 1e300, 2 ** 53),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('o', 'c', 'k', 'b', 't'), anyText), tie('value'), { maxKeys: 4 }),
  ),
}));

/** As it comes out of JSON: no negative zero, no prototype games. */
const object = fc
  .dictionary(fc.oneof(fc.constantFrom('o', 'c', 'b', 'v'), anyText), json, { maxKeys: 4 })
  .map((value): JsonObject => JSON.parse(JSON.stringify(value)));

/** A content long enough to fill blocks, now and then a part. */
const long = fc
  .integer({ min: 1, max: 500 })
  .map((kilobytes) => ({ text: 'é"x\u{1f600}'.repeat(kilobytes * 100) }));

const content: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 20, arbitrary: object },
  { weight: 1, arbitrary: long },
);

const observed = object.filter((value) => !hasMemberO(value));

function hasMemberO(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => (!Array.isArray(value) && name === 'o') || hasMemberO(inner),
  );
}

const entry: fc.Arbitrary<Entry> = fc.record({
  kind: fc.constantFrom('znode', 'topic', 'Ünïcode "kind"', '--'),
  key,
  content,
  observed,
});

const tombstone: fc.Arbitrary<Line> = key.map((gone) => ({ key: gone, removed: true }));

/** A captured state: entries by key, sorted. */
export const state: fc.Arbitrary<readonly Entry[]> = fc.array(entry, { maxLength: 30 }).map(sortUnique);

/** What an overlay holds. */
export const overlay: fc.Arbitrary<readonly Line[]> = fc
  .array(fc.oneof(entry, tombstone), { maxLength: 12 })
  .map(sortUnique);

export { key };

/** Sorts by key and keeps one line for each. */
export function sortUnique<T extends Line>(lines: readonly T[]): readonly T[] {
  const byKey = new Map(lines.map((line) => [JSON.stringify(line.key), line]));
  return [...byKey.values()].sort((a, b) => compareKeys(a.key, b.key));
}
