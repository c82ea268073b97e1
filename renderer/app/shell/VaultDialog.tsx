import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { VaultDoor } from '../../ui/vault-door.ts';

const Vault = lazy(async () => ({ default: (await import('../../features/settings/Vault.tsx')).Vault }));

/** Gives what is inside a door to the vault, which opens in a dialog and closes once the vault is open. */
export function WithVaultDoor({ children }: { readonly children: ReactNode }) {
  const { t } = useText();
  const [opened, setOpened] = useState(false);
  const open = useCallback(() => setOpened(true), []);
  return (
    <>
      <VaultDoor value={open}>{children}</VaultDoor>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('settings:vault.title')} size="lg">
        <Suspense fallback={<LoadingPanel height={260} />}>
          <Vault onOpened={() => setOpened(false)} />
        </Suspense>
      </Dialog>
    </>
  );
}
