import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { SubForm } from '../SubForm.tsx';

/** Asks for the path of an archive file on the host. */
export function FileForm({
  path: given = '',
  onPath,
}: {
  readonly path?: string;
  readonly onPath: (path: string) => void;
}) {
  const { t } = useText();
  const [path, setPath] = useState(given);
  const submit = () => {
    if (path !== '') onPath(path);
  };
  return (
    <SubForm onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={t('target:file.label')}
          placeholder={t('target:file.placeholder')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          flex={1}
        />
        <Button onClick={submit} variant="default" disabled={path === ''}>
          {t('target:file.open')}
        </Button>
      </Group>
    </SubForm>
  );
}
