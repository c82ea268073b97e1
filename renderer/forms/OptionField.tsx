import {
  Checkbox,
  FileButton,
  NativeSelect,
  PasswordInput,
  TagsInput,
  Textarea,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import type { DriverField } from '../../shared/model/driver.ts';
import { useText } from '../i18n/use-text.ts';
import type { FormValues } from './form-model.ts';

export interface OptionFieldProps {
  readonly field: DriverField;
  readonly value: FormValues[string] | undefined;
  readonly onChange: (value: FormValues[string]) => void;
  readonly error?: string | undefined;
  /** A secret that the host has: left empty it stays. */
  readonly stored: boolean;
}

/** One field of a driver's options, in the input that fits its type. */
export function OptionField({ field, value, onChange, error, stored }: OptionFieldProps) {
  const { t, pick } = useText();
  const common = {
    name: field.name,
    label: pick(field.label),
    description: field.help === undefined ? undefined : pick(field.help),
    error,
  };
  const text = typeof value === 'string' ? value : '';
  const written = {
    ...common,
    withAsterisk: field.required && !stored,
    value: text,
    placeholder: stored ? t('common:form.storedSecret') : field.example,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(event.currentTarget.value),
    autoComplete: 'off',
    spellCheck: false,
  };
  if (field.type.kind === 'boolean') {
    return (
      <Checkbox
        {...common}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.type.kind === 'choice') {
    const data = [...(field.default === undefined ? [''] : []), ...field.type.choices];
    return (
      <NativeSelect
        {...common}
        data={data}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (field.type.kind === 'list') {
    return (
      <TagsInput
        {...common}
        value={Array.isArray(value) ? [...value] : []}
        onChange={onChange}
        {...(field.example === undefined ? {} : { placeholder: field.example })}
      />
    );
  }
  if (field.widget === 'file-content') return <FileContentField {...written} onText={onChange} />;
  if (field.secret) return <PasswordInput {...written} autoComplete="new-password" />;
  if (field.widget === 'multiline') return <Textarea {...written} autosize minRows={2} maxRows={10} />;
  return <TextInput {...written} inputMode={field.type.kind === 'integer' ? 'numeric' : 'text'} />;
}

/** A certificate or key: pasted, or read from a file of this machine. */
function FileContentField({
  onText,
  ...props
}: React.ComponentProps<typeof Textarea> & { readonly onText: (text: string) => void }) {
  const { t } = useText();
  const read = (file: File | null) => void file?.text().then(onText);
  return (
    <Textarea
      {...props}
      autosize
      minRows={2}
      maxRows={6}
      className="hf-mono"
      rightSectionWidth={90}
      rightSection={
        <FileButton onChange={read}>
          {(button) => (
            <UnstyledButton {...button} fz="xs" c="var(--mantine-color-anchor)">
              {t('common:form.chooseFile')}
            </UnstyledButton>
          )}
        </FileButton>
      }
    />
  );
}
