import { Button, Popover } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useText } from '../i18n/use-text.ts';
import { CommandLines } from './CommandLines.tsx';

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
        <CommandLines command={command} />
      </Popover.Dropdown>
    </Popover>
  );
}
