import { Button, Group, MultiSelect, PasswordInput, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { exportClustersCommand } from '../../../shared/command/cluster.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { saveFile } from '../../ui/entry/save-file.ts';

const LEAST_PASSPHRASE = 8;

/** Writes definitions of clusters to a file: secrets are left out, or sealed under a passphrase. */
export function ExportDialog(props: {
  readonly opened: boolean;
  readonly names: readonly string[];
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const [chosen, setChosen] = useState<string[]>([]);
  const [sealed, setSealed] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const write = useMutation(
    api.clusters.export.mutationOptions({
      onSuccess: (document) => {
        const content = `${JSON.stringify(document, undefined, 2)}\n`;
        saveFile(new Blob([content], { type: 'application/json' }), 'clusters.json');
        close();
      },
    }),
  );
  const close = () => {
    setPassphrase('');
    setAgain('');
    props.onClose();
  };
  const ready = !sealed || (passphrase.length >= LEAST_PASSPHRASE && passphrase === again);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) write.mutate({ names: chosen, ...(sealed ? { passphrase } : {}) });
  };
  return (
    <Dialog opened={props.opened} onClose={close} title={t('clusters:export.title')} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <MultiSelect
            label={t('clusters:title')}
            placeholder={chosen.length === 0 ? t('clusters:export.all') : ''}
            data={[...props.names]}
            value={chosen}
            onChange={setChosen}
            searchable
            size="sm"
          />
          <Radio.Group
            label={t('clusters:export.secrets')}
            value={sealed ? 'sealed' : 'left'}
            onChange={(value) => setSealed(value === 'sealed')}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="left"
                label={t('clusters:export.left')}
                description={t('clusters:export.leftHelp')}
              />
              <Radio
                value="sealed"
                label={t('clusters:export.sealed')}
                description={t('clusters:export.sealedHelp')}
              />
            </Stack>
          </Radio.Group>
          {sealed && (
            <Group grow align="flex-start">
              <PasswordInput
                label={t('clusters:export.passphrase')}
                value={passphrase}
                onChange={(event) => setPassphrase(event.currentTarget.value)}
                autoComplete="new-password"
              />
              <PasswordInput
                label={t('clusters:export.again')}
                error={again !== '' && again !== passphrase ? t('clusters:export.differs') : undefined}
                value={again}
                onChange={(event) => setAgain(event.currentTarget.value)}
                autoComplete="new-password"
              />
            </Group>
          )}
          {!sealed && (
            <Text size="sm" c="dimmed">
              {t('clusters:export.addresses')}
            </Text>
          )}
          {write.error !== null && <ErrorPanel error={write.error} />}
          <Group justify="space-between">
            <CommandButton command={exportClustersCommand(chosen, sealed)} />
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" disabled={!ready} loading={write.isPending}>
                {t('clusters:export.action')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
