import { z } from 'zod';

/** How much of the width a pane has, from 0 to 1; `rest`: what the others leave. One of the panes is that. */
export type Share = number | 'rest';

/** No pane gets narrower than this part of the whole. */
export const LEAST_SHARE = 0.12;

const stored = z.array(z.union([z.number(), z.literal('rest')]));
const keyOf = (id: string) => `holdfast.panes.${id}`;

/** The shares as somebody left them, or as they are at first. */
export function rememberedShares(id: string, first: readonly Share[]): readonly Share[] {
  const text = localStorage.getItem(keyOf(id));
  if (text === null) return first;
  try {
    const found = stored.parse(JSON.parse(text));
    return found.length === first.length && found.every((share, i) => typeof share === typeof first[i])
      ? found
      : first;
  } catch {
    return first;
  }
}

export function rememberShares(id: string, shares: readonly Share[]): void {
  localStorage.setItem(keyOf(id), JSON.stringify(shares));
}

/** The pane whose width a separator changes: of the two beside it the one that has a share of its own, else the left. */
export function paneOf(shares: readonly Share[], separator: number): number {
  return shares[separator] === 'rest' ? separator + 1 : separator;
}

/** The shares after the separator behind pane `separator` was moved to the right by a part of the whole. */
export function movedBy(shares: readonly Share[], separator: number, part: number): readonly Share[] {
  const pane = paneOf(shares, separator);
  const before = shares[pane];
  if (typeof before !== 'number') return shares;
  const others = shares.reduce<number>(
    (sum, share, i) => sum + (i === pane ? 0 : share === 'rest' ? LEAST_SHARE : share),
    0,
  );
  const wished = before + (pane === separator ? part : -part);
  const share = Math.max(LEAST_SHARE, Math.min(1 - others, wished));
  return shares.map((each, i) => (i === pane ? share : each));
}

/** For `grid-template-columns`: the panes, and the separators between them. */
export function columnsOf(shares: readonly Share[]): string {
  return shares
    .map((share) =>
      share === 'rest' ? 'minmax(0, 1fr)' : `calc((100% - ${shares.length - 1} * var(--split)) * ${share})`,
    )
    .join(' var(--split) ');
}
