import type { Output } from './output.ts';
import { PHRASES } from './words.ts';

/** `a`, `a or b`, `a or b or c`. */
export function anyOf(ways: readonly string[], output: Output): string {
  return ways.reduce((left, right) => output.words(PHRASES.or, { left, right }));
}
