import { SimpleGrid, TextInput } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { isInFlight, isRate, type SettingsDraft } from './settings-draft.ts';

/** The load that backups and restores may put on a cluster. */
export function LimitsFields({
  draft,
  onChange,
}: {
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
}) {
  const { t } = useText();
  const { requestsInFlight, objectsPerSecond } = draft;
  return (
    <SimpleGrid cols={2}>
      <TextInput
        label={t('clusters:field.requestsInFlight')}
        description={t('clusters:help.requestsInFlight')}
        error={isInFlight(requestsInFlight) ? undefined : t('clusters:inFlightInvalid')}
        value={requestsInFlight}
        onChange={(event) => onChange({ ...draft, requestsInFlight: event.currentTarget.value.trim() })}
        inputMode="numeric"
        autoComplete="off"
      />
      <TextInput
        label={t('clusters:field.objectsPerSecond')}
        description={t('clusters:help.objectsPerSecond')}
        placeholder={t('clusters:noLimit')}
        error={isRate(objectsPerSecond) ? undefined : t('clusters:rateInvalid')}
        value={objectsPerSecond}
        onChange={(event) => onChange({ ...draft, objectsPerSecond: event.currentTarget.value.trim() })}
        inputMode="numeric"
        autoComplete="off"
      />
    </SimpleGrid>
  );
}
