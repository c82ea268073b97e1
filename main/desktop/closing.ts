import type { Closing } from '../../shared/desktop.ts';

/** What closing the window depends on. */
export interface ClosingMoment {
  readonly platform: string;
  readonly closing: Closing;
  /** Runs go on in our own host: they end with this program. */
  readonly hasOwnRuns: boolean;
  readonly toldOfTray: boolean;
}

/** `ask`: hide, after it was said once what that means. */
export type ClosingWay = 'quit' | 'hide' | 'ask';

/** What becomes of the program when its window is closed. */
export function wayOfClosing({ platform, closing, hasOwnRuns, toldOfTray }: ClosingMoment): ClosingWay {
  // There a program without a window is nothing unusual.
  if (platform === 'darwin') return 'hide';
  if (closing === 'running' && !hasOwnRuns) return 'quit';
  return toldOfTray ? 'hide' : 'ask';
}
