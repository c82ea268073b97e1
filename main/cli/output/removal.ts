import type { Output } from './output.ts';
import { TEXTS } from './texts.ts';

/** Says that something named was removed. */
export function tellRemoval(output: Output, kind: string, name: string): Promise<void> {
  return output.result({ removed: { kind, name } }, () => `${output.words(TEXTS.removed, { kind, name })}\n`);
}
