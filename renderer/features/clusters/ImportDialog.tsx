import { Button, FileButton, Group, List, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { importClustersCommand } from '../../../shared/command/cluster.ts';
import type { ClusterExport } from '../../../shared/model/cluster-export.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { TextLink } from '../../ui/links.tsx';
import { readExport } from './read-export.ts';

interface Chosen {
  readonly name: string;
  readonly clusters: ClusterExport;
}

/** Takes clusters in from an export: shows what is in the file, then adds them and says what is lacking. */
export function ImportDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useText();
  const [chosen, setChosen] = useState<Chosen>();
  const [problem, setProblem] = useState<unknown>();
  const [passphrase, setPassphrase] = useState('');
  const add = useMutation(api.clusters.import.mutationOptions({}));
  const close = () => {
    setChosen(undefined);
    setProblem(undefined);
    setPassphrase('');
    add.reset();
    props.onClose();
  };
  const take = async (file: File | null) => {
    if (file === null) return;
    setProblem(undefined);
    try {
      setChosen({ name: file.name, clusters: readExport(file.name, await file.text()) });
    } catch (error) {
      setChosen(undefined);
      setProblem(error);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== undefined && add.data === undefined)
      add.mutate({ clusters: chosen.clusters, ...(passphrase === '' ? {} : { passphrase }) });
  };
  const sealed = chosen?.clusters.sealed !== undefined;
  return (
    <Dialog opened={props.opened} onClose={close} title={t('clusters:import.title')} size="lg">
      <form onSubmit={submit}>
        <Stack>
          {add.data === undefined ? (
            <>
              <Group>
                <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
                  {(button) => (
                    <Button variant="default" {...button} data-autofocus>
                      {t('common:form.chooseFile')}
                    </Button>
                  )}
                </FileButton>
                <Text size="sm">{chosen?.name ?? t('clusters:import.help')}</Text>
              </Group>
              {problem !== undefined && <ErrorPanel error={problem} />}
              {chosen !== undefined && <Contents clusters={chosen.clusters} />}
              {sealed && (
                <PasswordInput
                  label={t('clusters:export.passphrase')}
                  description={t('clusters:import.passphraseHelp')}
                  value={passphrase}
                  onChange={(event) => setPassphrase(event.currentTarget.value)}
                  autoComplete="off"
                />
              )}
              {add.error !== null && <ErrorPanel error={add.error} />}
            </>
          ) : (
            <Added {...add.data} />
          )}
          <Group justify="space-between">
            <CommandButton command={importClustersCommand(chosen?.name ?? 'clusters.json', sealed)} />
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                {t(add.data === undefined ? 'common:cancel' : 'common:close')}
              </Button>
              {add.data === undefined && (
                <Button type="submit" disabled={chosen === undefined} loading={add.isPending}>
                  {t('clusters:import.action')}
                </Button>
              )}
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Contents({ clusters: { clusters } }: { readonly clusters: ClusterExport }) {
  const { t } = useText();
  return (
    <div>
      <Text size="sm">{t('clusters:import.contents', { count: clusters.length })}</Text>
      <List size="sm" mah={200} style={{ overflow: 'auto' }}>
        {clusters.map(({ name, services }) => (
          <List.Item key={name}>
            {name} · {services.map(({ service }) => service).join(', ')}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Added(props: {
  readonly added: readonly { readonly name: string }[];
  readonly needed: readonly {
    readonly cluster: string;
    readonly service: string;
    readonly secrets: readonly string[];
  }[];
}) {
  const { t } = useText();
  return (
    <Stack gap="xs" role="status">
      <Text size="sm">
        {t('clusters:import.added')} {props.added.map(({ name }) => name).join(', ')}
      </Text>
      {props.needed.length > 0 && <Text size="sm">{t('clusters:import.needed')}</Text>}
      <List size="sm">
        {props.needed.map(({ cluster, service, secrets }) => (
          <List.Item key={`${cluster} ${service}`}>
            <TextLink to="/clusters/$name/edit" params={{ name: cluster }} size="sm">
              {cluster}
            </TextLink>{' '}
            · {service}: {secrets.join(', ')}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
