import type { Run } from '../../../shared/model/run.ts';

const STOPPED: readonly Run['state'][] = ['interrupted', 'cancelled', 'failed', 'incomplete'];
const NO_WAY_BACK = ['engine.undo-point-incomplete', 'engine.undo-point-lost'];

/** Whether a restore can go on where its journal ends. */
export function isResumable({ kind, state }: Pick<Run, 'kind' | 'state'>): boolean {
  return kind !== 'backup' && STOPPED.includes(state);
}

/** Whether it stopped because it could not be taken back in full, which an admin may accept. */
export function lacksWayBack({ error }: Pick<Run, 'error'>): boolean {
  return error !== undefined && NO_WAY_BACK.includes(error.code);
}
