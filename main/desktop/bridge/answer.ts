import { ipcMain } from 'electron';
import { z } from 'zod';
import {
  type DesktopBridge,
  type DesktopChoice,
  type DesktopLocale,
  type DesktopSettings,
  desktopChoice,
  desktopLocales,
} from '../../../shared/desktop.ts';
import { isTrusted } from '../window/navigation-lock.ts';
import { CHANNELS } from './channels.ts';

/** What a page may ask of the program. */
export interface BridgeActions {
  /** The origin that messages are taken from; undefined: from none. */
  origin(): string | undefined;
  settings(): DesktopSettings;
  change(choice: DesktopChoice): Promise<DesktopSettings>;
  speak(locale: DesktopLocale): void;
  openDropped(path: string): void;
}

const path = z.string().min(1).max(4096);

type Asked = Exclude<keyof DesktopBridge, 'onHostBack'>;

/** Answers the page's messages: those of the host's own page, in the top frame, with arguments as declared. */
export function answerBridge(actions: BridgeActions): void {
  answer('settings', z.undefined(), () => actions.settings());
  answer('change', desktopChoice, (choice) => actions.change(choice));
  answer('speak', desktopLocales, (locale) => actions.speak(locale));
  answer('openDropped', path, (dropped) => actions.openDropped(dropped));

  function answer<T>(name: Asked, schema: z.ZodType<T>, work: (argument: T) => unknown): void {
    ipcMain.handle(CHANNELS[name], (event, ...given: unknown[]) => {
      const { senderFrame, sender } = event;
      const isTopFrame = senderFrame !== null && senderFrame === sender.mainFrame;
      const from = { url: senderFrame?.url ?? '', isTopFrame };
      if (!isTrusted(actions.origin(), from)) throw new Error('not for this page');
      const parsed = schema.safeParse(given[0]);
      if (!parsed.success || given.length > 1) throw new Error('not what this takes');
      return work(parsed.data);
    });
  }
}
