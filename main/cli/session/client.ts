import type { ContractRouterClient } from '@orpc/contract';
import type { EngineContract } from '../../../shared/contract/contract.ts';

/** The engine's part of the contract as commands call it, whether the engine is in this process or in a host. */
export type Client = ContractRouterClient<EngineContract>;
