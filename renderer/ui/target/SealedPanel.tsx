import { Button, FileButton, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { asOurs } from '../../../shared/contract/reported.ts';
import { textOf } from '../../../shared/errors/text.ts';
import type { Opening } from '../../../shared/model/target.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../ErrorPanel.tsx';
import { SubForm } from '../SubForm.tsx';
import { giveOpening } from './subject.ts';
import classes from './target.module.css';

/** Asks for the passphrase or the key file of a sealed archive. Kept until the page is left, nowhere else. */
export function SealedPanel({
  texts,
  error,
}: {
  /** The subjects that it is given to, as they stand in the address. */
  readonly texts: readonly string[];
  readonly error: unknown;
}) {
  const { t, pick } = useText();
  const [passphrase, setPassphrase] = useState('');
  const { code, params } = asOurs(error);
  const give = (opening: Opening) => {
    for (const text of texts) giveOpening(text, opening);
  };
  const submit = () => {
    if (passphrase !== '') give({ passphrase });
  };
  const takeFile = async (file: File | null) => {
    if (file !== null) give({ keys: [await file.text()] });
  };
  return (
    <SubForm className={classes.sealed} onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="xs">
          <IconLock size={20} aria-hidden />
          <Title order={2} size="h5">
            {t('target:sealed.title')}
          </Title>
        </Group>
        <Text size="sm">{t('target:sealed.text')}</Text>
        {params.recipients !== undefined && (
          <Text size="sm" c="dimmed">
            {t('target:sealed.ways', { ways: pick(textOf(params.recipients)) })}
          </Text>
        )}
        {code !== 'archive.key-missing' && <ErrorPanel error={error} />}
        <PasswordInput
          label={t('target:sealed.passphrase')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="off"
        />
        <Group justify="space-between">
          <FileButton onChange={(file) => void takeFile(file)}>
            {(props) => (
              <Button variant="default" {...props}>
                {t('target:sealed.keyFile')}
              </Button>
            )}
          </FileButton>
          <Button onClick={submit} disabled={passphrase === ''}>
            {t('target:sealed.open')}
          </Button>
        </Group>
      </Stack>
    </SubForm>
  );
}
