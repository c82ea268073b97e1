import type { InferContractRouterOutputs } from '@orpc/contract';
import { useQuery } from '@tanstack/react-query';
import type { Contract } from '../../shared/contract/contract.ts';
import { api } from '../connection/client.ts';

/** Every driver, as faces describe them. */
export type Drivers = InferContractRouterOutputs<Contract>['drivers']['list'];

/** What sources and storages there are: the same as long as the host runs. */
export function useDrivers() {
  return useQuery(api.drivers.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
}
