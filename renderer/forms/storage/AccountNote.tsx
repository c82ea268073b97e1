import { Collapse, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { StorageDescription } from '../../../shared/model/driver.ts';
import { useText } from '../../i18n/use-text.ts';
import { Prose } from '../../ui/Prose.tsx';

/** The least account with which the storage works, folded away until somebody asks. */
export function AccountNote({ driver }: { readonly driver: StorageDescription }) {
  const { t, pick } = useText();
  const [opened, setOpened] = useState(false);
  const Icon = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton
        onClick={() => setOpened(!opened)}
        aria-expanded={opened}
        fz="sm"
        c="var(--mantine-color-anchor)"
      >
        <Icon size={14} aria-hidden /> {t('storages:account')}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <div style={{ paddingTop: 8 }}>
          <Prose markdown={pick(driver.account)} />
        </div>
      </Collapse>
    </div>
  );
}
