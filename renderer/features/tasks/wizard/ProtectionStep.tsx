import { Button, Checkbox, Group, NativeSelect, PasswordInput, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { asOurs } from '../../../../shared/contract/reported.ts';
import { api } from '../../../connection/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { TextLink } from '../../../ui/links.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { VaultButton } from '../../../ui/VaultButton.tsx';
import classes from '../tasks.module.css';
import {
  LEAST_PASSPHRASE,
  type Passphrases,
  type SourceDraft,
  sensitiveKinds,
  takenSources,
  withSource,
} from './draft.ts';
import type { StepProps } from './wizard-props.ts';

interface ProtectionProps extends StepProps {
  readonly passphrases: Passphrases;
  readonly onPassphrases: (passphrases: Passphrases) => void;
}

/** Who can read the archives and who vouches for them; without a seal, consent for what holds secrets. */
export function ProtectionStep(props: ProtectionProps) {
  const { t } = useText();
  const { draft, onChange, passphrases, onPassphrases } = props;
  const keys = useQuery({ ...api.keys.list.queryOptions({ input: {} }), retry: false });
  const noVault = keys.isError && asOurs(keys.error).code === 'secrets.no-vault';
  const taken = takenSources(draft);
  const toAll = ({ service, key, byPassphrase, signer, consent }: SourceDraft) => {
    onChange({
      ...draft,
      sources: draft.sources.map((each) => ({ ...each, key, byPassphrase, signer, consent })),
    });
    const passphrase = passphrases[service];
    if (passphrase === undefined) return;
    onPassphrases(Object.fromEntries(taken.map((each) => [each.service, passphrase])));
  };
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('tasks:help.protection')}{' '}
        <TextLink to="/settings" size="sm" underline="always">
          {t('tasks:wizard.manageKeys')}
        </TextLink>
      </Text>
      {noVault ? (
        <Group role="status" gap="sm">
          <Text size="sm">{t('tasks:wizard.noVault')}</Text>
          <VaultButton />
        </Group>
      ) : (
        keys.isError && <ErrorPanel error={keys.error} />
      )}
      {taken.map((source) => (
        <fieldset key={source.service} className={classes.fieldset}>
          <Text size="sm" fw={600} component="legend" px={6}>
            {source.service}
          </Text>
          <SourceProtection {...props} source={source} keys={keys.data ?? []} noVault={noVault} />
          {taken.length > 1 && (
            <Group justify="flex-end" mt="sm">
              <Button variant="subtle" size="compact-sm" onClick={() => toAll(source)}>
                {t('tasks:wizard.toAll')}
              </Button>
            </Group>
          )}
        </fieldset>
      ))}
    </Stack>
  );
}

function SourceProtection(
  props: ProtectionProps & {
    readonly source: SourceDraft;
    readonly keys: readonly { id: string; name: string; purpose: string; state: string }[];
    readonly noVault: boolean;
  },
) {
  const { t } = useText();
  const { draft, drivers, source, keys, onChange, passphrases, onPassphrases } = props;
  const { service } = source;
  const change = (changed: Partial<SourceDraft>) => onChange(withSource(draft, service, changed));
  const offered = (purpose: string, chosen: string) => [
    { value: '', label: t('tasks:wizard.noKey') },
    ...keys
      .filter((key) => key.purpose === purpose && (key.state === 'active' || key.id === chosen))
      .map(({ id, name }) => ({ value: id, label: name })),
  ];
  const typed = passphrases[service] ?? '';
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <NativeSelect
          label={t('tasks:field.key')}
          value={source.key}
          onChange={(event) => change({ key: event.currentTarget.value })}
          data={offered('sealing', source.key)}
        />
        <NativeSelect
          label={t('tasks:field.signer')}
          value={source.signer}
          onChange={(event) => change({ signer: event.currentTarget.value })}
          data={offered('signing', source.signer)}
        />
      </Group>
      <Checkbox
        label={t('tasks:field.byPassphrase')}
        checked={source.byPassphrase}
        disabled={props.noVault}
        onChange={(event) => change({ byPassphrase: event.currentTarget.checked })}
      />
      {source.byPassphrase && (
        <PasswordInput
          label={t('tasks:field.passphrase')}
          description={t('tasks:help.passphrase')}
          placeholder={source.storedPassphrase ? t('common:form.storedSecret') : ''}
          maw={360}
          value={typed}
          onChange={(event) => onPassphrases({ ...passphrases, [service]: event.currentTarget.value })}
          error={
            typed !== '' && typed.length < LEAST_PASSPHRASE
              ? t('tasks:help.passphraseShort', { least: LEAST_PASSPHRASE })
              : undefined
          }
          autoComplete="new-password"
        />
      )}
      <Consent source={source} drivers={drivers} onConsent={(consent) => change({ consent })} />
    </Stack>
  );
}

function Consent(props: {
  readonly source: SourceDraft;
  readonly drivers: StepProps['drivers'];
  readonly onConsent: (consent: boolean) => void;
}) {
  const { t, pick } = useText();
  const { source } = props;
  const kinds = sensitiveKinds(source, props.drivers.sources);
  if (kinds.length === 0) return null;
  const names = kinds.map(({ label }) => pick(label)).join(', ');
  if (source.key !== '' || source.byPassphrase) {
    return <StatusBadge tone="good">{t('tasks:wizard.sealed')}</StatusBadge>;
  }
  return (
    <Checkbox
      label={t('tasks:field.consent')}
      description={t('tasks:help.consent', { kinds: names })}
      checked={source.consent}
      onChange={(event) => props.onConsent(event.currentTarget.checked)}
    />
  );
}
