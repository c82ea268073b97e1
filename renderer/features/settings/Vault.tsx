import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { vaultCommand } from '../../../shared/command/vault.ts';
import type { Protector } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { ProtectorFields } from './ProtectorFields.tsx';
import { emptyDraft, protectorOf } from './protector-draft.ts';

const TONES = { absent: 'warn', locked: 'warn', open: 'good' } as const;

/** The vault's state, and the form that its state calls for; with `onOpened` only for as long as it is not open. */
export function Vault({ onOpened }: { readonly onOpened?: () => void }) {
  const { t } = useText();
  const { may } = useSession();
  const vault = useQuery(api.vault.state.queryOptions({ input: {} }));
  const opening = onOpened === undefined ? {} : { onDone: onOpened };
  return (
    <QueryView query={vault} loading={<LoadingPanel height={260} />}>
      {({ state, protector }) => (
        <Stack gap="lg">
          <Group gap="sm">
            <StatusBadge tone={TONES[state]}>{t(`settings:vault.state.${state}`)}</StatusBadge>
            {protector !== undefined && (
              <Text size="sm">
                {t(`settings:vault.by.${protector === 'key-file' ? 'keyFile' : protector}`)}
              </Text>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t(`settings:vault.help.${state}`)}
          </Text>
          {!may('admin') && <Text size="sm">{t('settings:adminsOnly')}</Text>}
          {may('admin') && state === 'absent' && <VaultForm verb="init" kind="keychain" {...opening} />}
          {may('admin') && state === 'locked' && (
            <VaultForm verb="unlock" kind={protector ?? 'passphrase'} {...opening} />
          )}
          {may('admin') && state === 'open' && onOpened === undefined && <ChangeProtector />}
          {state === 'open' && onOpened !== undefined && (
            <Group>
              <Button onClick={onOpened}>{t('common:close')}</Button>
            </Group>
          )}
        </Stack>
      )}
    </QueryView>
  );
}

function ChangeProtector() {
  const { t } = useText();
  const [opened, setOpened] = useState(false);
  if (opened) return <VaultForm verb="change" kind="passphrase" onDone={() => setOpened(false)} />;
  return (
    <Group>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('settings:vault.change')}
      </Button>
    </Group>
  );
}

function VaultForm(props: {
  readonly verb: 'init' | 'unlock' | 'change';
  readonly kind: Protector['kind'];
  readonly onDone?: () => void;
}) {
  const { t } = useText();
  const { verb, kind, onDone } = props;
  const fresh = verb !== 'unlock';
  const [draft, setDraft] = useState(() => emptyDraft(kind));
  const [keepKey, setKeepKey] = useState(false);
  const done = { onSuccess: () => onDone?.() };
  const calls = {
    init: useMutation(api.vault.init.mutationOptions(done)),
    unlock: useMutation(api.vault.unlock.mutationOptions(done)),
    change: useMutation(api.vault.change.mutationOptions(done)),
  };
  const { isPending, error } = calls[verb];
  const protector = protectorOf(draft, fresh);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (protector === undefined || isPending) return;
    if (verb === 'change') calls.change.mutate({ protector, renewKey: !keepKey });
    else calls[verb].mutate(protector);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProtectorFields draft={draft} onChange={setDraft} fresh={fresh} />
        {verb === 'change' && (
          <Checkbox
            checked={keepKey}
            onChange={(event) => setKeepKey(event.currentTarget.checked)}
            label={t('settings:vault.keepKey')}
            description={t('settings:vault.keepKeyHelp')}
          />
        )}
        {error !== null && <ErrorPanel error={error} />}
        <Group>
          {onDone !== undefined && (
            <Button variant="subtle" color="gray" onClick={onDone}>
              {t('common:cancel')}
            </Button>
          )}
          <Button type="submit" disabled={protector === undefined} loading={isPending}>
            {t(`settings:vault.submit.${verb}`)}
          </Button>
          <CommandButton command={vaultCommand(verb, draft, verb === 'change' && keepKey)} />
        </Group>
      </Stack>
    </form>
  );
}
