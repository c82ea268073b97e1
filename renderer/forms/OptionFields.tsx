import { Collapse, Divider, SimpleGrid, Stack, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Text } from '../../shared/errors/text.ts';
import type { DriverField } from '../../shared/model/driver.ts';
import type { MessageKey } from '../i18n/keys.ts';
import { useText } from '../i18n/use-text.ts';
import { type FormValues, groupFields, isStoredSecret, isVisible } from './form-model.ts';
import { OptionField } from './OptionField.tsx';

export interface OptionFieldsProps {
  readonly fields: readonly DriverField[];
  readonly values: FormValues;
  readonly onChange: (values: FormValues) => void;
  /** What the host found wrong, by field. */
  readonly errors?: { readonly [field: string]: Text };
  /** What is stored already, as the host tells it. */
  readonly stored?: { readonly [field: string]: unknown };
}

/** A driver's options as a form: in groups, what seldom matters folded away, what means nothing now left out. */
export function OptionFields({ fields, values, onChange, errors = {}, stored = {} }: OptionFieldsProps) {
  const { t, pick } = useText();
  const visible = fields.filter((field) => isVisible(field, values));
  const [plain, advanced] = [
    visible.filter((field) => !field.advanced),
    visible.filter((field) => field.advanced),
  ];
  const blamed = advanced.some(({ name }) => errors[name] !== undefined);
  const [opened, setOpened] = useState(false);
  const shown = opened || blamed;
  const groupName = (group: string) => {
    const key = GROUP_NAMES[group];
    return key === undefined ? group : t(key);
  };
  const grid = (members: readonly DriverField[]) =>
    groupFields(members).map(({ group, fields: inGroup }) => (
      <Stack key={group ?? ''} gap="sm">
        {group !== undefined && <Divider label={groupName(group)} labelPosition="left" />}
        <SimpleGrid cols={inGroup.length > 1 ? 2 : 1} spacing="md" verticalSpacing="sm">
          {inGroup.map((field) => {
            const error = errors[field.name];
            return (
              <OptionField
                key={field.name}
                field={field}
                value={values[field.name]}
                onChange={(value) => onChange({ ...values, [field.name]: value })}
                error={error && pick(error)}
                stored={isStoredSecret(field, stored)}
              />
            );
          })}
        </SimpleGrid>
      </Stack>
    ));
  return (
    <Stack gap="md">
      {grid(plain)}
      {advanced.length > 0 && (
        <>
          <UnstyledButton
            onClick={() => setOpened(!shown)}
            aria-expanded={shown}
            fz="sm"
            c="var(--mantine-color-anchor)"
          >
            {shown ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}{' '}
            {t('common:form.advanced')}
          </UnstyledButton>
          <Collapse expanded={shown}>
            <Stack gap="md">{grid(advanced)}</Stack>
          </Collapse>
        </>
      )}
    </Stack>
  );
}

/** The groups that the drivers use today; another one is shown by its own name. */
const GROUP_NAMES: { readonly [group: string]: MessageKey } = {
  limits: 'common:group.limits',
  tls: 'common:group.tls',
  zookeeper: 'common:group.zookeeper',
};
