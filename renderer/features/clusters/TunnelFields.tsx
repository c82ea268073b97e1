import { Stack, Switch } from '@mantine/core';
import type { Text as BothTexts } from '../../../shared/errors/text.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { DriverField } from '../../../shared/model/driver.ts';
import { OptionFields } from '../../forms/OptionFields.tsx';
import { useText } from '../../i18n/use-text.ts';
import { HostKey } from './HostKey.tsx';
import type { TunnelDraft } from './tunnel-draft.ts';

export interface TunnelFieldsProps {
  readonly fields: readonly DriverField[];
  readonly draft: TunnelDraft;
  readonly onChange: (draft: TunnelDraft) => void;
  readonly stored?: Cluster['tunnel'];
  readonly errors?: { readonly [field: string]: BothTexts };
}

/** Whether a cluster is reached through an SSH host, and how that is. */
export function TunnelFields({ fields, draft, onChange, stored, errors }: TunnelFieldsProps) {
  const { t } = useText();
  return (
    <Stack>
      <Switch
        label={t('clusters:tunnel.use')}
        description={t('clusters:tunnel.help')}
        checked={draft.used}
        onChange={(event) => onChange({ ...draft, used: event.currentTarget.checked })}
      />
      {draft.used && (
        <>
          <OptionFields
            fields={fields}
            values={draft.values}
            onChange={(values) => onChange({ ...draft, values })}
            {...(stored === undefined ? {} : { stored })}
            {...(errors === undefined ? {} : { errors })}
          />
          <HostKey draft={draft} onChange={onChange} />
        </>
      )}
    </Stack>
  );
}
