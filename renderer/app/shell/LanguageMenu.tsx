import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { changeLocale } from '../../i18n/i18n.ts';
import { LOCALE_NAMES, LOCALES } from '../../i18n/language.ts';
import { useText } from '../../i18n/use-text.ts';

export function LanguageMenu() {
  const { t, locale } = useText();
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('shell:language')}>
          <IconLanguage size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LOCALES.map((each) => (
          <Menu.Item
            key={each}
            lang={each}
            onClick={() => void changeLocale(each)}
            rightSection={each === locale ? <IconCheck size={14} /> : undefined}
          >
            {LOCALE_NAMES[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
