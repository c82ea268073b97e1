import { useQuery } from '@tanstack/react-query';
import type { Target } from '../../../shared/model/target.ts';
import { api } from '../../connection/client.ts';

const NONE: readonly string[] = [];

/** The services that a target has; none where there is nothing to choose or they cannot be told; undefined: not known yet. */
export function useServices(target: Target | undefined): readonly string[] | undefined {
  const cluster = useQuery({
    ...api.clusters.show.queryOptions({ input: { name: target?.of === 'cluster' ? target.cluster : '' } }),
    enabled: target?.of === 'cluster',
  });
  const point = useQuery({
    ...api.points.show.queryOptions({ input: { point: target?.of === 'point' ? target.point : '' } }),
    enabled: target?.of === 'point',
  });
  if (target === undefined) return undefined;
  if (target.of === 'cluster') return namesOf(cluster.data?.services, cluster.isError);
  if (target.of === 'point') return namesOf(point.data?.archives, point.isError);
  return NONE;
}

function namesOf(all: readonly { readonly service: string }[] | undefined, failed: boolean) {
  return all?.map(({ service }) => service) ?? (failed ? NONE : undefined);
}

/** The same target with this service; a file has only one. */
export function withService(target: Target, service: string): Target {
  return target.of === 'file' ? target : { ...target, service };
}

/** The service that is looked into; undefined: the target does not say. */
export function serviceOf(target: Target): string | undefined {
  return target.of === 'file' ? undefined : target.service;
}
