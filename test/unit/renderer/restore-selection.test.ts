import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOfPattern, tickedKeys, tickOf, toggled } from '../../../renderer/features/restore/selection.ts';
import { keyPattern } from '../../../shared/order/key-path.ts';

describe('ticks of the restore tree', () => {
  test('every key survives being written as a pattern, wildcards in its names too', () => {
    const name = fc.string({ minLength: 1, unit: fc.constantFrom('a', '*', '?', '/', '\\', '<', 'é') });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (key) => {
        expect(keyOfPattern(keyPattern(key))).toEqual(key);
      }),
    );
  });

  test('a pattern with a wildcard is no tick', () => {
    expect(['/app/*', '/app/n?', '/**/x', 'app', '/app/.'].map(keyOfPattern)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      ['app', '.'],
    ]);
    expect(tickedKeys(['/app/*', '/a\\*b'])).toEqual([['a*b']]);
  });

  test('a place is ticked, within a tick, above one, or none of it', () => {
    const ticked = [['app', 'config']];
    expect(tickOf(['app', 'config'], ticked)).toBe('ticked');
    expect(tickOf(['app', 'config', 'x'], ticked)).toBe('within');
    expect(tickOf(['app'], ticked)).toBe('below');
    expect(tickOf(['application'], ticked)).toBe('none');
    expect(tickOf(['app', 'other'], ticked)).toBe('none');
  });

  test('a tick takes in those below it, and is taken away again; wildcards stay', () => {
    const below = ['/app/*/lock', '/app/config/a', '/other'];
    const once = toggled(below, ['app', 'config']);
    expect(once).toEqual(['/app/*/lock', '/other', '/app/config']);
    expect(toggled(once, ['app', 'config'])).toEqual(['/app/*/lock', '/other']);
  });
});
