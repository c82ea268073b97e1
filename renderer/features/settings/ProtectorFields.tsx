import { PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { PROTECTORS, type ProtectorDraft } from './protector-draft.ts';

/** The three ways to protect the vault, each with what it needs and what it means. */
export function ProtectorFields({
  draft,
  onChange,
  fresh,
}: {
  readonly draft: ProtectorDraft;
  readonly onChange: (draft: ProtectorDraft) => void;
  /** It is a new one: a passphrase is typed twice, a key file may be made. */
  readonly fresh: boolean;
}) {
  const { t } = useText();
  const { kind, passphrase, again, path } = draft;
  const differs = again !== '' && again !== passphrase;
  return (
    <Stack>
      <Radio.Group
        label={t('settings:protector.label')}
        value={kind}
        onChange={(value) => onChange({ ...draft, kind: PROTECTORS.find((each) => each === value) ?? kind })}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="keychain"
            label={t('settings:protector.keychain')}
            description={t('settings:protector.keychainHelp')}
          />
          <Radio
            value="passphrase"
            label={t('settings:protector.passphrase')}
            description={t('settings:protector.passphraseHelp')}
          />
          <Radio
            value="key-file"
            label={t('settings:protector.keyFile')}
            description={t('settings:protector.keyFileHelp')}
          />
        </Stack>
      </Radio.Group>
      {kind === 'passphrase' && (
        <PasswordInput
          label={t('settings:protector.passphrase')}
          description={fresh ? t('settings:protector.length') : undefined}
          value={passphrase}
          onChange={(event) => onChange({ ...draft, passphrase: event.currentTarget.value })}
          autoComplete={fresh ? 'new-password' : 'current-password'}
          maw={420}
        />
      )}
      {kind === 'passphrase' && fresh && (
        <PasswordInput
          label={t('settings:protector.again')}
          error={differs ? t('settings:protector.differs') : undefined}
          value={again}
          onChange={(event) => onChange({ ...draft, again: event.currentTarget.value })}
          autoComplete="new-password"
          maw={420}
        />
      )}
      {kind === 'key-file' && (
        <TextInput
          label={t('settings:protector.path')}
          description={t(fresh ? 'settings:protector.pathMade' : 'settings:protector.pathThere')}
          placeholder="/etc/holdfast/vault.key"
          value={path}
          onChange={(event) => onChange({ ...draft, path: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
          maw={420}
        />
      )}
    </Stack>
  );
}
