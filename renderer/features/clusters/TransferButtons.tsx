import { Button } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';

/** Definitions of clusters to another installation, and from one. */
export function TransferButtons({ names }: { readonly names: readonly string[] }) {
  const { t } = useText();
  const [opened, setOpened] = useState<'export' | 'import'>();
  const close = () => setOpened(undefined);
  return (
    <>
      <Button variant="default" onClick={() => setOpened('import')}>
        {t('clusters:import.action')}
      </Button>
      {names.length > 0 && (
        <Button variant="default" onClick={() => setOpened('export')}>
          {t('clusters:export.action')}
        </Button>
      )}
      <ExportDialog opened={opened === 'export'} names={names} onClose={close} />
      <ImportDialog opened={opened === 'import'} onClose={close} />
    </>
  );
}
