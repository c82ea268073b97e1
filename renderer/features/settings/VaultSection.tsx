import { Paper, Stack } from '@mantine/core';
import { commandLine } from '../../../shared/command/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { VaultDoor } from '../../ui/vault-door.ts';
import { SectionHead } from './SectionHead.tsx';
import { Vault } from './Vault.tsx';

/** Where passwords and keys are kept: made once, opened after a start, protected in another way when need be. */
export function VaultSection() {
  const { t } = useText();
  return (
    <Paper withBorder p="lg">
      <Stack gap="lg">
        <SectionHead title={t('settings:vault.title')}>
          <CommandButton command={commandLine(['vault', 'show'])} />
        </SectionHead>
        <VaultDoor value={undefined}>
          <Vault />
        </VaultDoor>
      </Stack>
    </Paper>
  );
}
