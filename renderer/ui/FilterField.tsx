import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

export interface FilterFieldProps {
  readonly label: string;
  readonly value: string;
  /** Undefined: the field was emptied. */
  readonly onChange: (value: string | undefined) => void;
}

/** Narrows the list below it while one types. */
export function FilterField({ label, value, onChange }: FilterFieldProps) {
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} />}
      maw={320}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
