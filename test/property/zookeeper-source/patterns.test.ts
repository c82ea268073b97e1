import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchPatterns } from '../../../main/sources/zookeeper/patterns.ts';
import { coverScope, ScopeTracker, scopeAt } from '../../../main/sources/zookeeper/scope.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';

const name = fc.constantFrom('a', 'b', 'ab', 'ba');
const key = fc.array(name, { maxLength: 5 });
const component = fc.constantFrom('a', 'b', '*', '**', 'a*', '?', '*b');
const pattern = fc
  .tuple(fc.array(component, { maxLength: 4 }), fc.boolean())
  .map(([components, alone]) => `/${[...components, ...(alone ? ['.'] : [])].join('/')}`);

/** The same language by one regular expression over the whole path. */
function expected(text: string, path: Key): boolean {
  const parts = text === '/' ? [] : text.slice(1).split('/');
  const alone = parts.at(-1) === '.';
  const components = alone ? parts.slice(0, -1) : parts;
  const source = components.map((part, i) => {
    if (part !== '**') return `/${part.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}`;
    return i === components.length - 1 && !alone ? '/[^/]+' : '(?:/[^/]+)*';
  });
  return new RegExp(`^${source.join('')}${alone ? '' : '(?:/.*)?'}$`).test(
    path.map((part) => `/${part}`).join(''),
  );
}

it('matches as one regular expression over the path would', () => {
  fc.assert(
    fc.property(pattern, key, (text, path) => {
      const state = path.reduce((at, part) => at.enter(part), matchPatterns([text]));
      expect(state.matched).toBe(expected(text, path));
    }),
    { numRuns: 2000 },
  );
});

it('never says of a place that nothing below it matters when something does', () => {
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 3 }),
      fc.array(pattern, { maxLength: 2 }),
      key,
      (all, none, path) => {
        const scope = coverScope([matchPatterns(all)], matchPatterns(none));
        if (!scopeAt(scope, path).selected) return;
        for (let length = 0; length < path.length; length++) {
          const above = scopeAt(scope, path.slice(0, length));
          expect(above.below).toBe(true);
          expect(above.names?.includes(path[length] ?? '') ?? true).toBe(true);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

it('is followed along sorted keys with the same result as from the root', () => {
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 3 }),
      fc.array(key, { maxLength: 30 }),
      (all, paths) => {
        const scope = coverScope([matchPatterns(all)], matchPatterns([]));
        const tracker = new ScopeTracker(scope);
        for (const path of paths.toSorted(compareKeys)) {
          expect(tracker.at(path).selected).toBe(scopeAt(scope, path).selected);
        }
      },
    ),
  );
});
