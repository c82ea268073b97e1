import { Notification } from 'electron';
import { fillText, type Language } from '../../../shared/errors/text.ts';
import type { Run } from '../../../shared/model/run.ts';
import { printable } from '../../../shared/report/printable.ts';
import { TEXTS } from '../texts.ts';
import type { News } from './news.ts';

const KINDS = { backup: 'backup', restore: 'restoreRun', undo: 'undoRun' } as const satisfies Readonly<
  Record<Run['kind'], keyof typeof TEXTS>
>;

/** Shown ones are held: the click of one that was collected is never heard. */
const shown = new Set<Notification>();

/** What a notification of a run says. */
export function newsWords(
  { kind, state, task }: News,
  language: Language,
): { readonly title: string; readonly body: string } {
  const title = fillText(TEXTS[state], { kind: TEXTS[KINDS[kind]] }, language);
  if (task === undefined) return { title, body: TEXTS.news[language] };
  return { title, body: fillText(TEXTS.newsOfTask, { task: printable(task) }, language) };
}

/** Shows a notification of the system; a click on it calls back. */
export function notify(words: { readonly title: string; readonly body: string }, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(words);
  shown.add(notification);
  notification.on('click', onClick);
  for (const end of ['close', 'failed', 'click'] as const) {
    notification.on(end as 'close', () => shown.delete(notification));
  }
  notification.show();
}
