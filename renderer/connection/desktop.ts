import type { DesktopBridge } from '../../shared/desktop.ts';

declare global {
  interface Window {
    readonly holdfast?: DesktopBridge;
  }
}

/** What the desktop program offers to its window; undefined in a browser. */
export const desktop: DesktopBridge | undefined = window.holdfast;
