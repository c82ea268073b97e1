import { Tabs } from '@mantine/core';
import {
  IconAdjustments,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconLock,
  IconUsers,
} from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AboutSection } from './AboutSection.tsx';
import { AuditSection } from './audit/AuditSection.tsx';
import { GeneralSection } from './GeneralSection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { SETTINGS_SECTIONS } from './search.ts';
import { UsersSection } from './users/UsersSection.tsx';
import { VaultSection } from './VaultSection.tsx';

const route = getRouteApi('/settings');

const ICONS = {
  general: IconAdjustments,
  vault: IconLock,
  keys: IconKey,
  users: IconUsers,
  audit: IconHistory,
  about: IconInfoCircle,
} as const;
const CONTENTS = {
  general: GeneralSection,
  vault: VaultSection,
  keys: KeysSection,
  users: UsersSection,
  audit: AuditSection,
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
          {SETTINGS_SECTIONS.map((each) => {
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
