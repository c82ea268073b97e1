import { Code, Group, Stack, Text } from '@mantine/core';
import { useText } from '../i18n/use-text.ts';
import { CopyIcon } from './CopyIcon.tsx';

/** The lines that do the same on the command line, to be copied. */
export function CommandLines({ command }: { readonly command: string }) {
  const { t } = useText();
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('common:command.help')}
      </Text>
      <CommandBlock command={command} />
    </Stack>
  );
}

/** The lines alone, where what they are for is said beside them. */
export function CommandBlock({ command }: { readonly command: string }) {
  return (
    <Group align="flex-start" wrap="nowrap" gap="xs">
      <Code block flex={1} className="hf-command">
        {command}
      </Code>
      <CopyIcon text={command} />
    </Group>
  );
}
