import { Group, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';

/** Of a storage less free than this is shown as nearly full. */
const LEAST_FREE = 0.1;

const usageOf = (name: string) => api.storages.usage.queryOptions({ input: { name }, retry: false });

/** How full a storage is, or that it cannot be reached. */
export function FillBar({ name }: { readonly name: string }) {
  const { t, format } = useText();
  const usage = useQuery(usageOf(name));
  if (usage.isError) return <StatusBadge tone="bad">{t('storages:fill.unreachable')}</StatusBadge>;
  if (usage.data === undefined)
    return (
      <Text span c="dimmed">
        …
      </Text>
    );
  const { total, free } = usage.data;
  if (total === undefined || free === undefined || total === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t('storages:fill.unknown')}
      </Text>
    );
  }
  const full = free < total * LEAST_FREE;
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress
        value={(1 - free / total) * 100}
        color={full ? 'red' : 'tide'}
        size="sm"
        w={64}
        aria-label={t('storages:fill.label', { name })}
      />
      <Text span size="sm" className="hf-figures">
        {t('storages:fill.free', { free: format.bytes(free) })}
      </Text>
    </Group>
  );
}

/** What of a storage is ours. */
export function ArchiveCount({ name }: { readonly name: string }) {
  const { t, format } = useText();
  const usage = useQuery(usageOf(name));
  if (usage.data === undefined) return '—';
  const { archives, archiveBytes } = usage.data;
  return (
    <span className="hf-figures">
      {t('storages:fill.archives', { count: archives, size: format.bytes(archiveBytes) })}
    </span>
  );
}
