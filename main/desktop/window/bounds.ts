import { z } from 'zod';

/** Pixels that do not depend on the density of the screen. */
export const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
export type Rectangle = z.infer<typeof rectangle>;

export const SMALLEST = { width: 960, height: 600 };
const USUAL = { width: 1280, height: 840 };
/** As much of the window must be on some screen, so that it can be caught with the mouse. */
const GRIP = 80;

/** Where the window opens: where it was, unless the screen it was on is gone or has become smaller. */
export function startBounds(
  saved: Rectangle | undefined,
  screens: readonly Rectangle[],
): Partial<Rectangle> & typeof USUAL {
  const screen = saved && screens.find((each) => isReachable(saved, each));
  if (saved === undefined || screen === undefined) return { ...USUAL };
  return {
    x: saved.x,
    y: Math.max(saved.y, screen.y),
    width: Math.max(SMALLEST.width, Math.min(saved.width, screen.width)),
    height: Math.max(SMALLEST.height, Math.min(saved.height, screen.height)),
  };
}

function isReachable(window: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const top = window.y >= screen.y - GRIP && window.y <= screen.y + screen.height - GRIP;
  return across >= GRIP && top;
}
