import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { RenameDialog } from '../../ui/RenameDialog.tsx';

/** Gives the storage another name, and goes to it. */
export function RenameStorage({ name }: { readonly name: string }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const rename = useMutation(api.storages.rename.mutationOptions({}));
  const done = (as: string) => void navigate({ to: '/storages/$name', params: { name: as }, search: {} });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('common:rename.open')}
      </Button>
      {asking && (
        <RenameDialog
          kind="storage"
          name={name}
          rename={rename}
          onDone={done}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
