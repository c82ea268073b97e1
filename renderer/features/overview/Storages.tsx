import { Group, Paper, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import type { StorageFill } from '../../../shared/model/overview.ts';
import { LEAST_FREE } from '../../../shared/report/attention.ts';
import { useText } from '../../i18n/use-text.ts';
import { TextLink } from '../../ui/links.tsx';
import { Section } from './Section.tsx';

/** How full every storage is, and what of it is ours. */
export function Storages({ storages }: { readonly storages: readonly StorageFill[] }) {
  const { t } = useText();
  if (storages.length === 0) return null;
  return (
    <Section title={t('overview:storages')}>
      <SimpleGrid cols={storages.length === 1 ? 1 : 2} spacing="sm">
        {storages.map((storage) => (
          <StorageCard key={storage.id} storage={storage} />
        ))}
      </SimpleGrid>
    </Section>
  );
}

function StorageCard({ storage }: { readonly storage: StorageFill }) {
  const { t, format } = useText();
  const { name, driver, total, free, archives, archiveBytes } = storage;
  const used = total === undefined || free === undefined || total === 0 ? undefined : 1 - free / total;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <TextLink to="/storages/$name" params={{ name }} search={{}} fw={600}>
            {name}
          </TextLink>
          <Text size="xs" c="dimmed">
            {driver}
          </Text>
        </Group>
        <Progress
          value={(used ?? 0) * 100}
          color={used !== undefined && used > 1 - LEAST_FREE ? 'red' : 'tide'}
          size="sm"
          aria-label={t('overview:storage.fill', { name })}
        />
        <Text size="sm">
          {used === undefined || free === undefined
            ? t('overview:storage.unknown')
            : t('overview:storage.free', { free: format.bytes(free), used: format.percent(used) })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('overview:storage.archives', { count: archives, size: format.bytes(archiveBytes) })}
        </Text>
      </Stack>
    </Paper>
  );
}
