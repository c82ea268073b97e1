import { fillText } from '../../../shared/errors/text.ts';
import type { ShellArguments } from '../arguments.ts';
import { originToConnect } from '../host/connect-address.ts';
import { TEXTS } from '../texts.ts';

/** What is done where there can be no window. */
export interface BrowserPlan {
  /** What a person is told, a line each. */
  readonly words: readonly string[];
  /** Arguments for `holdfast` that show a host in the browser; absent where none may be started. */
  readonly command?: readonly string[];
}

/**
 * What the browser can do of what the desktop program was asked for. A host that runs elsewhere is not opened here:
 * one of our own in its place would be another one.
 */
export function planWithoutWindow({ connect, dataDirectory, opening }: ShellArguments): BrowserPlan {
  if (connect !== undefined) return { words: [whereToOpen(connect)] };
  const directory = dataDirectory === undefined ? [] : ['--data-dir', dataDirectory];
  const words = ['Holdfast opens in the browser instead.'];
  if (opening !== undefined) words.push(`Only a window opens ${opening} by itself: look for it in Explore.`);
  return { words, command: ['open', ...directory] };
}

function whereToOpen(connect: string): string {
  const address = originToConnect(connect);
  if ('origin' in address)
    return `Open ${address.origin} in a browser: no other host is started in its place.`;
  const text = address.problem === 'not-encrypted' ? TEXTS.notEncrypted : TEXTS.badAddress;
  return fillText(text, { url: connect }, 'en');
}
