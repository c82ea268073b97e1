import type { Schedule } from '../../../shared/model/task.ts';
import type { Texts } from '../../i18n/use-text.ts';

/** A schedule as people say it: `Daily at 02:00`. The zone is told where it is not the reader's own. */
export function scheduleWords(
  schedule: Schedule | undefined,
  { t, locale }: Pick<Texts, 't' | 'locale'>,
  ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  if (schedule === undefined) return t('tasks:schedule.manual');
  const { every, unit, timeZone, start } = schedule;
  if (unit === 'hours')
    return every === 1 ? t('tasks:schedule.hourly') : t('tasks:schedule.hours', { every });
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const time = clock.format(new Date(start));
  const words = every === 1 ? t('tasks:schedule.daily', { time }) : t('tasks:schedule.days', { every, time });
  return timeZone === ownZone ? words : `${words} (${timeZone})`;
}
