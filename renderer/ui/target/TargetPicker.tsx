import { NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { targetText } from '../../../shared/command/target.ts';
import type { Target } from '../../../shared/model/target.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { FileForm } from './FileForm.tsx';

type Kind = 'cluster' | 'point' | 'file';

const MOST_POINTS = 500;

export interface TargetPickerProps {
  /** What is being chosen, for screen readers: the left side, what to verify. */
  readonly label: string;
  readonly value: Target | undefined;
  readonly kinds: readonly Kind[];
  /** A point is chosen with all its services. */
  readonly wholePoints?: boolean;
  readonly onChange: (target: Target) => void;
}

/** Chooses a live cluster, a recovery point by its time, or an archive file on the host, each with its service. */
export function TargetPicker({ label, value, kinds, wholePoints = false, onChange }: TargetPickerProps) {
  const { t } = useText();
  const [kind, setKind] = useState<Kind>(kindOf(value) ?? kinds[0] ?? 'point');
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <SegmentedControl
        size="xs"
        aria-label={t('target:kind')}
        data={kinds.map((each) => ({ value: each, label: t(`target:kinds.${each}`) }))}
        value={kind}
        onChange={(chosen) => setKind(kinds.find((each) => each === chosen) ?? kind)}
      />
      {kind === 'cluster' && <ClusterChoice value={value} onChange={onChange} />}
      {kind === 'point' && <PointChoice value={value} whole={wholePoints} onChange={onChange} />}
      {kind === 'file' && (
        <FileForm
          path={value?.of === 'file' ? value.path : ''}
          onPath={(path) => onChange({ of: 'file', path })}
        />
      )}
    </Stack>
  );
}

type ChoiceProps = Pick<TargetPickerProps, 'value' | 'onChange'>;

function kindOf(target: Target | undefined): Kind | undefined {
  return target === undefined || target.of === 'undo' ? undefined : target.of;
}

function ClusterChoice({ value, onChange }: ChoiceProps) {
  const { t } = useText();
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  const targets = (clusters.data ?? []).flatMap(({ name, services }) =>
    services.map(({ service }): Target => ({ of: 'cluster', cluster: name, service })),
  );
  const chosen = value?.of === 'cluster' ? targetText(value) : '';
  return (
    <NativeSelect
      aria-label={t('target:kinds.cluster')}
      value={targets.some((each) => targetText(each) === chosen) ? chosen : ''}
      onChange={(event) => {
        const target = targets.find((each) => targetText(each) === event.currentTarget.value);
        if (target !== undefined) onChange(target);
      }}
      data={[
        { value: '', label: t(targets.length === 0 ? 'target:noClusters' : 'target:choose') },
        ...targets.map((target) => ({
          value: targetText(target),
          label: target.of === 'cluster' ? `${target.cluster} · ${target.service ?? ''}` : '',
        })),
      ]}
    />
  );
}

function PointChoice({ value, whole, onChange }: ChoiceProps & { readonly whole: boolean }) {
  const { t, format } = useText();
  const points = useQuery(api.points.timeline.queryOptions({ input: { limit: MOST_POINTS } }));
  const targets = (points.data ?? []).flatMap(({ id, services, taskName, created }) => {
    const label = `${format.dateTime(created)} · ${taskName}`;
    if (whole) return [{ target: { of: 'point', point: id } satisfies Target, label }];
    return services.map((service) => ({
      target: { of: 'point', point: id, service } satisfies Target,
      label: `${label} · ${service}`,
    }));
  });
  const known = targets.find(
    ({ target }) =>
      value?.of === 'point' &&
      value.point === target.point &&
      (whole || value.service === undefined || targetText(value) === targetText(target)),
  );
  return (
    <NativeSelect
      aria-label={t('target:kinds.point')}
      value={known === undefined ? '' : targetText(known.target)}
      onChange={(event) => {
        const found = targets.find(({ target }) => targetText(target) === event.currentTarget.value);
        if (found !== undefined) onChange(found.target);
      }}
      data={[
        { value: '', label: t(targets.length === 0 ? 'target:noPoints' : 'target:choose') },
        ...targets.map(({ target, label }) => ({ value: targetText(target), label })),
      ]}
    />
  );
}
