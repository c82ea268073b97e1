import { shell, type WebContents } from 'electron';
import { forBrowser, isWithin } from './navigation-lock.ts';

/** What the lock has to know about the window. */
export interface Lock {
  /** The origin that the window may show; undefined before there is a host. */
  origin(): string | undefined;
  /** A link of a page of our own. */
  onOrder(url: string): void;
  /** Whether a page of our own is shown: orders count from nowhere else. */
  isOwnPage(): boolean;
}

/** Keeps a window on its host: no other page, no frame of another, no second window, nothing attached to it. */
export function guardContents(contents: WebContents, lock: Lock): void {
  const keep = (event: { preventDefault(): void }, url: string) => {
    const origin = lock.origin();
    if (origin !== undefined && isWithin(origin, url)) return;
    event.preventDefault();
    if (lock.isOwnPage()) lock.onOrder(url);
  };
  contents.on('will-navigate', keep);
  contents.on('will-redirect', keep);
  // Electron 25 and later; before, the host's policy alone forbids frames.
  contents.on('will-frame-navigate', (event) => keep(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const target = forBrowser(url);
    if (target !== undefined) void shell.openExternal(target);
    return { action: 'deny' };
  });
}
