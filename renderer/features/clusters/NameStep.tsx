import { Checkbox, Divider, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type Environment, environment } from '../../../shared/model/cluster.ts';
import { name as nameSchema } from '../../../shared/model/identifier.ts';
import { useText } from '../../i18n/use-text.ts';
import type { ClusterDraft } from './draft.ts';
import { MarksFields } from './MarksFields.tsx';

export function NameStep({
  draft,
  onChange,
}: {
  readonly draft: ClusterDraft;
  readonly onChange: (draft: ClusterDraft) => void;
}) {
  const { t } = useText();
  const fits = draft.name === '' || nameSchema.safeParse(draft.name).success;
  return (
    <Stack>
      <TextInput
        label={t('clusters:field.name')}
        description={t('clusters:help.name')}
        error={fits ? undefined : t('clusters:nameInvalid')}
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        withAsterisk
        autoComplete="off"
        autoFocus
      />
      <EnvironmentField
        value={draft.environment}
        onChange={(kind) => onChange({ ...draft, environment: kind })}
      />
      <ReadOnlyField value={draft.readOnly} onChange={(readOnly) => onChange({ ...draft, readOnly })} />
      <Divider label={t('clusters:marks')} labelPosition="left" />
      <MarksFields marks={draft.marks} onChange={(marks) => onChange({ ...draft, marks })} />
    </Stack>
  );
}

export function EnvironmentField(props: {
  readonly value: Environment;
  readonly onChange: (value: Environment) => void;
}) {
  const { t } = useText();
  return (
    <NativeSelect
      label={t('common:environment.label')}
      description={t('clusters:help.environment')}
      value={props.value}
      onChange={(event) => props.onChange(environment.parse(event.currentTarget.value))}
      data={environment.options.map((kind) => ({ value: kind, label: t(`common:environment.${kind}`) }))}
    />
  );
}

export function ReadOnlyField(props: {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  const { t } = useText();
  return (
    <Checkbox
      label={t('clusters:field.readOnly')}
      description={t('clusters:help.readOnly')}
      checked={props.value}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
