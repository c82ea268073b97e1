import { Tabs } from '@mantine/core';
import {
  IconAdjustments,
  IconDeviceDesktop,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconLock,
  IconUsers,
} from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { desktop } from '../../connection/desktop.ts';
import { useText } from '../../i18n/use-text.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AboutSection } from './AboutSection.tsx';
import { AuditSection } from './audit/AuditSection.tsx';
import { DesktopSection } from './DesktopSection.tsx';
import { GeneralSection } from './GeneralSection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { SETTINGS_SECTIONS } from './search.ts';
import { UsersSection } from './users/UsersSection.tsx';
import { VaultSection } from './VaultSection.tsx';

const route = getRouteApi('/settings');

/** In a browser there is no desktop program to set up. */
const SHOWN = SETTINGS_SECTIONS.filter((section) => section !== 'desktop' || desktop !== undefined);

const ICONS = {
  general: IconAdjustments,
  vault: IconLock,
  keys: IconKey,
  users: IconUsers,
  audit: IconHistory,
  desktop: IconDeviceDesktop,
  about: IconInfoCircle,
} as const;
const CONTENTS = {
  general: GeneralSection,
  vault: VaultSection,
  keys: KeysSection,
  users: UsersSection,
  audit: AuditSection,
  desktop: DesktopSection,
  about: AboutSection,
} as const;

/** This window, the vault, the keys, who may sign in and who did what, and this program. */
export function SettingsScreen() {
  const { t } = useText();
  const { section = 'general' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title={t('settings:title')} description={t('settings:description')} />
      <Tabs
        value={section}
        onChange={(value) => {
          const wished = SETTINGS_SECTIONS.find((each) => each === value);
          void navigate({ search: { section: wished === 'general' ? undefined : wished }, replace: true });
        }}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {SHOWN.map((each) => {
            const Icon = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<Icon size={16} stroke={1.7} aria-hidden />}>
                {t(`settings:section.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {SETTINGS_SECTIONS.map((each) => {
          const Content = CONTENTS[each];
          return (
            <Tabs.Panel key={each} value={each} maw={each === 'audit' ? undefined : '54rem'}>
              <Content />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </>
  );
}
