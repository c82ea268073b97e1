import { type BrowserWindow, dialog } from 'electron';
import { fillText, type Language, type Params } from '../../../shared/errors/text.ts';
import { TEXTS } from '../texts.ts';

/** The boxes that ask or tell something, in front of the window. */
export class Dialogs {
  readonly #window: () => BrowserWindow;
  readonly #language: () => Language;

  constructor(window: () => BrowserWindow, language: () => Language) {
    this.#window = window;
    this.#language = language;
  }

  /** Whether the program is to stay in the tray, which is explained. */
  stayInTray(): Promise<boolean> {
    return this.#ask('trayTitle', 'trayText', ['stay', 'quitAnyway']);
  }

  /** Whether to quit although runs are under way. */
  async quitAnyway(running: number): Promise<boolean> {
    return !(await this.#ask('quitTitle', 'quitText', ['cancel', 'quitAnyway'], { running }));
  }

  async fileIsElsewhere(): Promise<void> {
    const words = this.#words();
    const [message, detail] = [words('elsewhereTitle'), words('elsewhereText')];
    await dialog.showMessageBox(this.#window(), { type: 'info', message, detail });
  }

  /** An archive that a person chose. */
  async chooseArchive(): Promise<string | undefined> {
    const { filePaths } = await dialog.showOpenDialog(this.#window(), {
      properties: ['openFile'],
      filters: [{ name: this.#words()('archives'), extensions: ['gz', 'tgz'] }],
    });
    return filePaths[0];
  }

  /** Whether the first of two answers was given; it is also what Escape means. */
  async #ask(
    title: keyof typeof TEXTS,
    text: keyof typeof TEXTS,
    answers: readonly (keyof typeof TEXTS)[],
    params: Params = {},
  ): Promise<boolean> {
    const words = this.#words(params);
    const { response } = await dialog.showMessageBox(this.#window(), {
      type: 'question',
      message: words(title),
      detail: words(text),
      buttons: answers.map((answer) => words(answer)),
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    return response === 0;
  }

  #words(params: Params = {}): (name: keyof typeof TEXTS) => string {
    return (name) => fillText(TEXTS[name], params, this.#language());
  }
}
