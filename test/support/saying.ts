import { expect } from 'vitest';

/** Matches a message of the engine whose English text holds this. */
export function saying(part: string | RegExp): unknown {
  const text: unknown =
    typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part);
  return expect.objectContaining({ text });
}
