import { Button, Code, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { readLicences } from '../../connection/licences.ts';
import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';

const HEIGHT = 'calc(100dvh - 14rem)';

/** What Holdfast is built with, and under which terms; the texts are fetched when somebody wants to read them. */
export function Licences() {
  const { t } = useText();
  const [opened, { open, close }] = useDisclosure();
  const licences = useQuery({
    queryKey: ['licences'],
    queryFn: ({ signal }) => readLicences(signal),
    enabled: opened,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm" c="dimmed">
        {t('settings:about.licences')}
      </Text>
      <Button variant="default" onClick={open}>
        {t('settings:about.read')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('settings:about.third')} size="xl">
        <QueryView query={licences} loading={<LoadingPanel height={480} />}>
          {(text) => (
            <Code
              block
              lang="en"
              role="region"
              aria-label={t('settings:about.third')}
              tabIndex={0}
              mah={HEIGHT}
              style={{ overflow: 'auto' }}
            >
              {text}
            </Code>
          )}
        </QueryView>
      </Dialog>
    </Group>
  );
}
