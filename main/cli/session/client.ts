import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../shared/contract/contract.ts';

/** The contract as commands call it, whether the engine is in this process or in a host. */
export type Client = ContractRouterClient<Contract>;
