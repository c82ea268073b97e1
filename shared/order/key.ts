/**
 * The key of an entry: its path from the source's root, one string per component. `[]` is the root itself.
 */
export type Key = readonly string[];

/**
 * Orders two strings as their UTF-8 bytes would be ordered. UTF-16 order, JavaScript's own, differs from it
 * where a surrogate pair meets a unit from U+E000 on: the pair is the larger code point but the smaller unit.
 */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return liftSurrogate(x) - liftSurrogate(y);
  }
  return a.length - b.length;
}

function liftSurrogate(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Orders keys component by component in UTF-8 order; a key that is a prefix of another comes first. */
export function compareKeys(a: Key, b: Key): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareUtf8(a[i] as string, b[i] as string);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** True when `prefix` is `key` or an ancestor of it. */
export function isWithin(key: Key, prefix: Key): boolean {
  if (prefix.length > key.length) return false;
  // From the end: keys that are near each other differ there.
  for (let i = prefix.length - 1; i >= 0; i--) if (prefix[i] !== key[i]) return false;
  return true;
}
