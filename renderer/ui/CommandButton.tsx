import { ActionIcon, Button, Code, CopyButton, Group, Popover, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconTerminal2 } from '@tabler/icons-react';
import { useText } from '../i18n/use-text.ts';

/** "Show the command": the line that does the same on the command line, to be copied. */
export function CommandButton({ command }: { readonly command: string }) {
  const { t } = useText();
  return (
    <Popover width={520} position="bottom-end" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<IconTerminal2 size={16} />}>
          {t('common:command.show')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('common:command.show')}>
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t('common:command.help')}
          </Text>
          <Group align="flex-start" wrap="nowrap" gap="xs">
            <Code block flex={1} className="hf-command">
              {command}
            </Code>
            <CopyIcon text={command} />
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Copies a text and says so by its sign and label. */
export function CopyIcon({ text }: { readonly text: string }) {
  const { t } = useText();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={copy}
          aria-label={t(copied ? 'common:copied' : 'common:copy')}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}
