import type { Entry } from '../../../../shared/model/entry.ts';
import type { Fidelity } from '../../../../shared/model/fidelity.ts';
import type { RestoreStep, StepOutcome } from '../../../../shared/model/restore.ts';
import { describeFound } from './found.ts';
import { judge } from './judge/index.ts';
import type { Circumstances } from './judgement.ts';
import { ALREADY, conflict } from './outcomes.ts';

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
  if (pair === undefined) return conflict('not-in-point');
  const { steps, difference } = judge(pair as Parameters<typeof judge>[0], circumstances);
  const same = steps.find(({ phase, action }) => phase === step.phase && action === step.action);
  if (same !== undefined) return stillHolds(step, same, live);
  // What is left of it nobody can take away.
  if (step.action === 'remove') return difference === undefined ? ALREADY : conflict('to-be-kept');
  if (live === undefined) return conflict(step.action === 'change' ? 'gone' : 'not-possible');
  return step.members.some((member) => difference?.includes(member) === true)
    ? foundNow(step.action === 'create' ? 'created' : 'changed', live)
    : ALREADY;
}

function stillHolds(
  planned: RestoreStep,
  now: RestoreStep,
  live: Entry | undefined,
): StepOutcome | undefined {
  if (JSON.stringify(planned.expect) !== JSON.stringify(now.expect)) {
    return foundNow('changed', live);
  }
  return LOSSES.indexOf(now.fidelity) > LOSSES.indexOf(planned.fidelity)
    ? conflict('not-as-planned')
    : undefined;
}

function foundNow(what: 'created' | 'changed', live: Entry | undefined): StepOutcome {
  const now = live === undefined ? '' : describeFound(live);
  if (now === '') return conflict(what);
  return what === 'created' ? conflict('created-as', { now }) : conflict('changed-to', { now });
}
