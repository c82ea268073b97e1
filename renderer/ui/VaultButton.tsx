import { Button } from '@mantine/core';
import { use } from 'react';
import { useText } from '../i18n/use-text.ts';
import { VaultDoor } from './vault-door.ts';

/** Leads to the vault where there is a door to it. */
export function VaultButton() {
  const { t } = useText();
  const openVault = use(VaultDoor);
  if (openVault === undefined) return null;
  return (
    <Button size="compact-sm" variant="default" onClick={openVault}>
      {t('settings:keys.toVault')}
    </Button>
  );
}
