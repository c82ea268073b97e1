import { isWithin, type Key } from '../../../shared/order/key.ts';
import { keyPattern } from '../../../shared/order/key-path.ts';

/** How a place of the tree stands: `within` something that is ticked, or with something ticked `below` it. */
export type Tick = 'ticked' | 'within' | 'below' | 'none';

/**
 * The key that a pattern of a restore takes with all below it; undefined where it holds a wildcard, and may so take
 * several. A backslash takes the next character as it is.
 */
export function keyOfPattern(pattern: string): Key | undefined {
  const components = [''];
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern.charAt(i);
    if (character === '*' || character === '?') return undefined;
    if (character === '/') components.push('');
    else components.push((components.pop() ?? '') + (character === '\\' ? pattern.charAt(++i) : character));
  }
  const key = components.filter((component) => component !== '');
  return keyPattern(key) === pattern ? key : undefined;
}

/** The keys among the patterns: what has been ticked. */
export function tickedKeys(patterns: readonly string[]): readonly Key[] {
  return patterns.flatMap((pattern) => {
    const key = keyOfPattern(pattern);
    return key === undefined ? [] : [key];
  });
}

export function tickOf(key: Key, ticked: readonly Key[]): Tick {
  let below = false;
  for (const each of ticked) {
    if (isWithin(key, each)) return each.length === key.length ? 'ticked' : 'within';
    below ||= isWithin(each, key);
  }
  return below ? 'below' : 'none';
}

/**
 * The patterns after a place was ticked or its tick was taken away. What lies below it needs no pattern of its own any
 * more; patterns with wildcards stay.
 */
export function toggled(patterns: readonly string[], key: Key): readonly string[] {
  const own = keyPattern(key);
  if (patterns.includes(own)) return patterns.filter((pattern) => pattern !== own);
  const others = patterns.filter((pattern) => {
    const each = keyOfPattern(pattern);
    return each === undefined || !isWithin(each, key);
  });
  return [...others, own];
}
