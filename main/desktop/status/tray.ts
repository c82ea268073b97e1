import { Menu, type NativeImage, nativeImage, Tray } from 'electron';
import { fillText, type Language } from '../../../shared/errors/text.ts';
import { TEXTS } from '../texts.ts';
import type { Status } from './status.ts';
import { trayBitmap } from './tray-image.ts';

const SIZE = 16;

export interface TrayActions {
  show(): void;
  quit(): void;
}

/** What the tray says about a status. */
export function trayText(status: Status, language: Language): string {
  if (status.state === 'away') return TEXTS.away[language];
  return fillText(TEXTS[status.state], { running: status.running, attention: status.attention }, language);
}

/** The icon beside the clock, with the state of things. */
export class StatusTray {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  constructor(actions: TrayActions, status: Status, language: Language) {
    this.#actions = actions;
    this.#tray = new Tray(imageOf(status));
    this.#tray.on('click', () => actions.show());
    this.tell(status, language);
  }

  tell(status: Status, language: Language): void {
    const text = trayText(status, language);
    this.#tray.setImage(imageOf(status));
    this.#tray.setToolTip(text);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: text, enabled: false },
        { type: 'separator' },
        { label: TEXTS.show[language], click: () => this.#actions.show() },
        { label: TEXTS.quit[language], click: () => this.#actions.quit() },
      ]),
    );
  }
}

function imageOf({ state }: Status): NativeImage {
  const image = nativeImage.createEmpty();
  for (const scaleFactor of [1, 2]) {
    const width = SIZE * scaleFactor;
    image.addRepresentation({ scaleFactor, width, height: width, buffer: trayBitmap(state, width) });
  }
  return image;
}
