import type { Entry } from '../../../../shared/model/entry.ts';
import type { Fidelity } from '../../../../shared/model/fidelity.ts';
import type { RestoreStep, StepOutcome } from '../../../../shared/model/restore.ts';
import { describeFound } from './found.ts';
import { judge } from './judge/index.ts';
import type { Circumstances } from './judgement.ts';
import { ALREADY, conflict } from './outcomes.ts';

const CHANGED = 'it was changed meanwhile';
const LOSSES: readonly Fidelity[] = ['exact', 'equivalent', 'partial', 'operator'];

/**
 * Whether a planned step is still what is to be done, now that the live object has been read again. Undefined: it is;
 * else what became of it.
 */
export function decide(
  step: RestoreStep,
  wanted: Entry | undefined,
  live: Entry | undefined,
  circumstances: Circumstances,
): StepOutcome | undefined {
  if (step.action === 'remove' && live === undefined) return ALREADY;
  const pair = live === undefined ? wanted && { left: wanted } : { left: wanted, right: live };
  if (pair === undefined) return conflict('the recovery point does not have it');
  const { steps, difference } = judge(pair as Parameters<typeof judge>[0], circumstances);
  const same = steps.find(({ phase, action }) => phase === step.phase && action === step.action);
  if (same !== undefined) return stillHolds(step, same, live);
  // What is left of it nobody can take away.
  if (step.action === 'remove')
    return difference === undefined ? ALREADY : conflict('it is to be kept by now');
  if (live === undefined)
    return conflict(step.action === 'change' ? 'it is gone' : 'it cannot be made here any more');
  return step.members.some((member) => difference?.includes(member) === true)
    ? conflict(foundNow(step.action === 'create' ? 'it was created meanwhile' : CHANGED, live))
    : ALREADY;
}

function stillHolds(
  planned: RestoreStep,
  now: RestoreStep,
  live: Entry | undefined,
): StepOutcome | undefined {
  if (JSON.stringify(planned.expect) !== JSON.stringify(now.expect)) {
    return conflict(foundNow(CHANGED, live));
  }
  return LOSSES.indexOf(now.fidelity) > LOSSES.indexOf(planned.fidelity)
    ? conflict('it could not be restored as it was planned any more')
    : undefined;
}

function foundNow(what: string, live: Entry | undefined): string {
  const found = live === undefined ? '' : describeFound(live);
  return found === '' ? what : `${what}: ${found}`;
}
