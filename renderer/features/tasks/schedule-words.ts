import type { Schedule } from '../../../shared/model/task.ts';
import type { Texts } from '../../i18n/use-text.ts';

/** A schedule as people say it: `Every day at 02:00`. The zone is told where it is not the reader's own. */
export function scheduleWords(
  schedule: Schedule | undefined,
  { t, locale }: Pick<Texts, 't' | 'locale'>,
  ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  if (schedule === undefined) return t('tasks:schedule.manual');
  const { every, unit, timeZone, start } = schedule;
  if (unit === 'hours') return t('tasks:schedule.hours', { count: every });
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const words = t('tasks:schedule.days', { count: every, time: clock.format(new Date(start)) });
  return timeZone === ownZone ? words : `${words} (${timeZone})`;
}
