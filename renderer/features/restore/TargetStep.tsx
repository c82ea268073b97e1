import { NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { PlannedOrder } from '../../../shared/model/plan.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { ToneIcon } from '../../ui/StatusBadge.tsx';
import { serviceOf } from '../../ui/target/use-services.ts';
import { isIntoPath } from './order.ts';
import classes from './restore.module.css';
import type { RestoreSearch } from './search.ts';

interface TargetStepProps {
  readonly order: PlannedOrder;
  readonly onChange: (part: Partial<RestoreSearch>) => void;
}

/** Into which cluster, below which path, and whether what the point does not have goes or stays. */
export function TargetStep({ order, onChange }: TargetStepProps) {
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  return (
    <QueryView query={clusters} loading={<LoadingPanel height={280} />}>
      {(all) => <TargetForm order={order} onChange={onChange} clusters={all} />}
    </QueryView>
  );
}

function TargetForm({
  order,
  onChange,
  clusters,
}: TargetStepProps & { readonly clusters: readonly Cluster[] }) {
  const { t } = useText();
  const origin = useOrigin(order);
  const home = clusters.find(({ id }) => id === origin.cluster);
  const chosen = order.to === undefined ? home : clusters.find(({ name }) => name === order.to);
  const elsewhere = chosen !== undefined && home !== undefined && chosen.id !== home.id;
  return (
    <Stack gap="lg">
      <NativeSelect
        label={t('restore:target.cluster')}
        description={t('restore:target.clusterHelp')}
        value={order.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
        data={[
          {
            value: '',
            label:
              home === undefined
                ? t('restore:target.choose')
                : t('restore:target.same', { cluster: home.name }),
          },
          ...clusters
            .filter(({ id }) => id !== home?.id)
            .map(({ name, readOnly }) => ({
              value: name,
              label: readOnly ? t('restore:target.readOnlyOption', { cluster: name }) : name,
              disabled: readOnly,
            })),
        ]}
      />
      {origin.error !== null && <ErrorPanel error={origin.error} />}
      {chosen?.readOnly === true && <Warning text={t('restore:target.readOnly', { cluster: chosen.name })} />}
      {elsewhere && (
        <Warning text={t('restore:target.elsewhere', { cluster: chosen.name, home: home.name })} />
      )}
      {origin.sources.every((source) => source === 'zookeeper') && (
        <IntoField into={order.into} onChange={(into) => onChange({ into })} />
      )}
      <Radio.Group
        label={t('restore:target.mode')}
        value={order.mode}
        onChange={(mode) => onChange({ mode: mode === 'merge' ? 'merge' : undefined })}
      >
        <Stack gap="sm" mt="xs">
          <Radio
            value="equal"
            label={t('restore:mode.equal')}
            description={t(
              order.select.length === 0 ? 'restore:mode.equalHelp' : 'restore:mode.equalPartHelp',
            )}
          />
          <Radio value="merge" label={t('restore:mode.merge')} description={t('restore:mode.mergeHelp')} />
        </Stack>
      </Radio.Group>
    </Stack>
  );
}

function Warning({ text }: { readonly text: string }) {
  return (
    <div className={classes.warning}>
      <ToneIcon tone="warn" size={18} />
      <Text size="sm">{text}</Text>
    </div>
  );
}

function IntoField(props: {
  readonly into: string | undefined;
  readonly onChange: (into: string | undefined) => void;
}) {
  const { t } = useText();
  const { into = '', onChange } = props;
  return (
    <TextInput
      label={t('restore:target.into')}
      description={t('restore:target.intoHelp')}
      placeholder="/"
      value={into}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      error={isIntoPath(into) ? undefined : t('restore:target.intoInvalid')}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

/** Where the point came from, and the kinds of the services that are restored. */
function useOrigin({ from, services }: PlannedOrder) {
  const point = useQuery({
    ...api.points.show.queryOptions({ input: { point: from.of === 'point' ? from.point : '' } }),
    enabled: from.of === 'point',
  });
  const only = serviceOf(from);
  const wanted = services.length > 0 ? services : only === undefined ? [] : [only];
  const archives = (point.data?.archives ?? []).filter(
    ({ service }) => wanted.length === 0 || wanted.includes(service),
  );
  return {
    cluster: point.data?.cluster,
    sources: archives.map(({ source }) => source),
    error: point.error,
  };
}
