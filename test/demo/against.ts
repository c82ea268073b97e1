const MOST_SHOWN = 20;

/** What stands against the claim that two lists say the same: what only the one has, then what only the other has. */
export function apart(
  [one, texts]: readonly [name: string, texts: readonly string[]],
  [other, others]: readonly [name: string, texts: readonly string[]],
): string[] {
  return [
    ...without(texts, others).map((text) => `${one}: ${text}`),
    ...without(others, texts).map((text) => `${other}: ${text}`),
  ];
}

/** The first few, and how many more there are. */
export function firstFew(texts: readonly string[]): string[] {
  const more = texts.length - MOST_SHOWN;
  return more > 0 ? [...texts.slice(0, MOST_SHOWN), `… ${more} more`] : [...texts];
}

/** Each text of the others takes away one of its like. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return texts.filter((text) => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count <= 0;
  });
}
