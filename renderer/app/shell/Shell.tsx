import { ActionIcon, AppShell, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconLogout, IconSearch } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { connection } from '../../connection/connection.ts';
import { signOut } from '../../connection/session.ts';
import { useText } from '../../i18n/use-text.ts';
import { DialogStack } from '../../ui/Dialog.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { CommandPalette, openPalette } from './CommandPalette.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';
import { Navigation } from './Navigation.tsx';
import { SchemeMenu } from './SchemeMenu.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import classes from './shell.module.css';
import { useScreenFocus } from './use-screen-focus.ts';
import { WithVaultDoor } from './VaultDialog.tsx';

const HEADER_PIXELS = 48;
const NAVIGATION_PIXELS = 208;

/** The frame around every screen: head, navigation, and the place where the screen stands. */
export function Shell() {
  const { t } = useText();
  const main = useRef<HTMLElement>(null);
  const [shortcuts, setShortcuts] = useState(false);
  useScreenFocus(main);
  return (
    <DialogStack>
      <AppShell
        header={{ height: HEADER_PIXELS }}
        navbar={{ width: NAVIGATION_PIXELS, breakpoint: 0 }}
        padding="lg"
      >
        <a href="#main" className={classes.skip}>
          {t('shell:skip')}
        </a>
        <AppShell.Header className={classes.header ?? ''}>
          <Group gap="sm" w={NAVIGATION_PIXELS - 16}>
            <Mark size={24} />
            <Text fw={650}>Holdfast</Text>
          </Group>
          <UnstyledButton className={classes.search ?? ''} onClick={openPalette}>
            <IconSearch size={15} aria-hidden />
            <span>{t('shell:palette.open')}</span>
            <kbd>Ctrl K</kbd>
          </UnstyledButton>
          <Group gap={4} ml="auto">
            <Tooltip label={t('shell:shortcuts.title')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('shell:shortcuts.title')}
                onClick={() => setShortcuts(true)}
              >
                <IconKeyboard size={18} />
              </ActionIcon>
            </Tooltip>
            <LanguageMenu />
            <SchemeMenu />
            <SignOutButton />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.navigation ?? ''}>
          <Navigation />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} ref={main} className={classes.main ?? ''}>
          <ConnectionBanner />
          <WithVaultDoor>
            <Outlet />
          </WithVaultDoor>
        </AppShell.Main>
        <CommandPalette />
        <Shortcuts opened={shortcuts} onOpen={() => setShortcuts(true)} onClose={() => setShortcuts(false)} />
      </AppShell>
    </DialogStack>
  );
}

function SignOutButton() {
  const { t } = useText();
  const leave = async () => {
    await signOut();
    connection.signOut();
  };
  return (
    <Tooltip label={t('shell:signOut')}>
      <ActionIcon variant="subtle" color="gray" aria-label={t('shell:signOut')} onClick={() => void leave()}>
        <IconLogout size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
