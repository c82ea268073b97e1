import { useQuery } from '@tanstack/react-query';
import { api } from '../connection/client.ts';

/** What sources and storages there are: the same as long as the host runs. */
export function useDrivers() {
  return useQuery(api.drivers.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
}
