import { Paper, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ClusterService } from '../../../shared/model/cluster.ts';
import type { DriverField } from '../../../shared/model/driver.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Facts } from '../../ui/Facts.tsx';
import { findDriver } from './draft.ts';
import { ServiceTitle } from './ServiceTitle.tsx';

/** What is set of a service, in its driver's words; a secret only as set, what seldom matters only where it is not as usual. */
export function ServicePanel({ service }: { readonly service: ClusterService }) {
  const { t, pick } = useText();
  const drivers = useQuery(api.drivers.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
  const driver = findDriver(drivers.data?.sources ?? [], service.source);
  const facts = (driver?.options ?? [])
    .filter(({ name }) => service.options[name] !== undefined)
    .filter((field) => !field.advanced || service.options[field.name] !== field.default)
    .map((field): readonly [string, ReactNode] => [
      pick(field.label),
      field.secret ? t('clusters:secretSet') : shown(field, service.options[field.name], t),
    ]);
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <ServiceTitle order={3} service={service.service} driver={driver} />
        <Facts facts={facts} />
      </Stack>
    </Paper>
  );
}

function shown(field: DriverField, value: unknown, t: ReturnType<typeof useText>['t']): string {
  if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
  if (Array.isArray(value)) return value.join(', ');
  return field.widget === 'file-content' ? t('clusters:contentSet') : String(value);
}
