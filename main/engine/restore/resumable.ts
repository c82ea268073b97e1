import type { RunState } from '../../../shared/model/run.ts';

/** States in which a restore can be resumed. Of an incomplete one some steps failed: what kept them from being done may be gone. */
export const RESUMABLE: readonly RunState[] = ['interrupted', 'cancelled', 'failed', 'incomplete'];
