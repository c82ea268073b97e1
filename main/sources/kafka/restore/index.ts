import type { RestoreRequest } from '../../contract.ts';
import type { KafkaSelection } from '../selection.ts';
import { restoreScope } from './scope.ts';

export { apply } from './apply.ts';
export { restoreChecks } from './checks.ts';
export { compare } from './compare.ts';
export { phases } from './phases.ts';
export { plan } from './plan.ts';
export { tryRecords } from './trial.ts';

/** The selection of everything that a restore may change; where two lists of patterns apply at once it covers more. */
export function affected(selection: KafkaSelection, request: RestoreRequest): KafkaSelection {
  return restoreScope(selection, request).affected;
}
