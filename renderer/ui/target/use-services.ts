import { useQuery } from '@tanstack/react-query';
import type { Target } from '../../../shared/model/target.ts';
import { api } from '../../connection/client.ts';

/** The services that a target has; undefined as long as it is not known, or where there is nothing to choose. */
export function useServices(target: Target | undefined): readonly string[] | undefined {
  const cluster = useQuery({
    ...api.clusters.show.queryOptions({ input: { name: target?.of === 'cluster' ? target.cluster : '' } }),
    enabled: target?.of === 'cluster',
  });
  const point = useQuery({
    ...api.points.show.queryOptions({ input: { point: target?.of === 'point' ? target.point : '' } }),
    enabled: target?.of === 'point',
  });
  if (target?.of === 'cluster') return cluster.data?.services.map(({ service }) => service);
  if (target?.of === 'point') return point.data?.archives.map(({ service }) => service);
  return undefined;
}

/** The same target with this service; a file has only one. */
export function withService(target: Target, service: string): Target {
  return target.of === 'file' ? target : { ...target, service };
}

/** The service that is looked into; undefined: the target does not say. */
export function serviceOf(target: Target): string | undefined {
  return target.of === 'file' ? undefined : target.service;
}
