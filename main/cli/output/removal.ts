import type { Output } from './output.ts';
import { TEXTS } from './texts.ts';
import type { Word } from './words.ts';

/** Says that something named was removed. */
export function tellRemoval(output: Output, kind: Word, name: string): Promise<void> {
  return output.result(
    { removed: { kind, name } },
    () => `${output.words(TEXTS.removed, { kind: output.word(kind), name })}\n`,
  );
}
