import type { Key } from './key.ts';

/**
 * The key that a path names: `/a/b` is `['a', 'b']`, `/` or nothing the root. A backslash takes the next
 * character literally, for components that hold a slash.
 */
export function parseKeyPath(path: string): Key {
  const components: string[] = [''];
  for (let i = 0; i < path.length; i++) {
    const character = path.charAt(i);
    if (character === '/') components.push('');
    else components.push((components.pop() ?? '') + (character === '\\' ? path.charAt(++i) : character));
  }
  return components.filter((component) => component !== '');
}

/** The path that `parseKeyPath` reads back as the key. */
export function keyPath(key: Key): string {
  return `/${key.map((component) => component.replace(/[\\/]/g, '\\$&')).join('/')}`;
}

/** The pattern of a restore that takes the entry of this key and all below it, and nothing else. */
export function keyPattern(key: Key): string {
  return `/${key.map((component) => component.replace(/[\\/*?]/g, '\\$&')).join('/')}`;
}
