import { HoldfastError } from '../../../../shared/errors/error.ts';
import type { CheckResult } from '../../../../shared/model/preflight.ts';
import type { RestoreStep } from '../../../../shared/model/restore.ts';
import type {
  ApplyOutput,
  Difference,
  PlanOutput,
  PointView,
  RestorePhase,
  RestoreRequest,
} from '../../contract.ts';
import type { KafkaAccess } from '../access.ts';
import { SERVICE } from '../faults.ts';
import type { KafkaSelection } from '../selection.ts';

interface Restoring {
  readonly access: KafkaAccess;
  readonly view: PointView;
  readonly request: RestoreRequest;
  readonly signal?: AbortSignal | undefined;
}

export const phases: readonly RestorePhase[] = [];

export function affected(_selection: KafkaSelection, _request: RestoreRequest): KafkaSelection {
  throw unsupported();
}

export async function plan(_restoring: Restoring & { readonly output: PlanOutput }): Promise<void> {
  throw unsupported();
}

export async function apply(
  _restoring: Restoring & { readonly output: ApplyOutput },
  _steps: AsyncIterable<readonly RestoreStep[]>,
): Promise<void> {
  throw unsupported();
}

export function compare(_restoring: Restoring): AsyncIterable<readonly Difference[]> {
  throw unsupported();
}

export function restoreChecks(_checking: Pick<Restoring, 'access' | 'signal'>): AsyncIterable<CheckResult> {
  throw unsupported();
}

function unsupported(): HoldfastError {
  return new HoldfastError('source.unsupported', { service: SERVICE, problem: 'restoring is not built yet' });
}
