import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { printable } from '../../../shared/report/printable.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { TimeAgo } from '../../ui/Quantity.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './verify.module.css';

/** When the archives of a point were last verified, and what was found. */
export function History({
  point,
  service,
}: {
  readonly point: string;
  /** Only this one. */
  readonly service: string | undefined;
}) {
  const { t } = useText();
  const shown = useQuery(api.points.show.queryOptions({ input: { point } }));
  const archives = (shown.data?.archives ?? []).filter(
    (archive) => service === undefined || archive.service === service,
  );
  if (archives.length === 0) return null;
  return (
    <section aria-label={t('verify:history.title')}>
      <Text size="sm" fw={600} mb={4}>
        {t('verify:history.title')}
      </Text>
      <ul className={classes.history}>
        {archives.map(({ id, service: name, verified }) => (
          <li key={id}>
            <span>{printable(name)}</span>
            {verified === undefined ? (
              <StatusBadge tone="quiet">{t('verify:history.never')}</StatusBadge>
            ) : (
              <>
                <StatusBadge tone={verified.sound ? 'good' : 'bad'}>
                  {t(verified.sound ? 'verify:sound' : 'verify:damaged')}
                </StatusBadge>
                <Text size="xs" c="dimmed" component="span">
                  {t(`verify:level.${verified.level}`)} · <TimeAgo at={verified.at} />
                </Text>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
