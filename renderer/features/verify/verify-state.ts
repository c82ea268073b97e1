import type { VerifyEvent } from '../../../shared/contract/contract.ts';
import type { Verification } from '../../../shared/model/listing.ts';

/** A verification under way or over. */
export interface VerifyState {
  /** Bytes of the archive that is being read. */
  readonly done: number;
  readonly total: number | undefined;
  readonly results: readonly Verification[];
}

export const NOTHING_VERIFIED: VerifyState = { done: 0, total: undefined, results: [] };

export function addVerifyEvent(state: VerifyState, event: VerifyEvent): VerifyState {
  if (event.event === 'progress') return { ...state, done: event.done, total: event.total };
  return { done: 0, total: undefined, results: [...state.results, event.verification] };
}
