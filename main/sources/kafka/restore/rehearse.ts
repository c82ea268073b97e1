import type { RestoreStep } from '../../../../shared/model/restore.ts';
import { CONFIG, QUOTA, TOPIC } from '../content.ts';
import type { Course, Judged } from './course.ts';
import { nameOf } from './judgement.ts';
import { type Finding, finding } from './notes.ts';
import { isOpen, refusal } from './outcomes.ts';
import { perform, type Task } from './perform/index.ts';
import { REFUSED } from './reasons.ts';

/** Kinds of which a cluster says whether it would make a change, without making it. */
const REHEARSED: readonly string[] = [CONFIG, QUOTA, TOPIC];

/**
 * What of the steps the cluster would refuse as it is now: a value that its release does not take, a right that the
 * account lacks. Nothing is changed.
 */
export async function rehearse(judged: readonly Judged[], course: Course): Promise<readonly Finding[]> {
  const tasks = judged.flatMap(({ pair, judgement }) => {
    const steps = judgement.steps.filter(canBeRehearsed);
    return steps.map((step) => ({ step, wanted: pair.left, live: pair.right }));
  });
  const failures = await perform(tasks, { ...course, validateOnly: true });
  return tasks.flatMap((task, i) => {
    const failure = failures[i];
    return failure === undefined || isOpen(failure) ? [] : refused(task, failure);
  });
}

/** Deleting a topic cannot be tried. */
function canBeRehearsed({ kind, action }: RestoreStep): boolean {
  return REHEARSED.includes(kind) && !(kind === TOPIC && action === 'remove');
}

function refused({ step }: Task, failure: Error): Finding[] {
  const outcome = refusal(step, failure);
  const problem = outcome.outcome === 'failed' ? outcome.problem.en : failure.message;
  return [finding({ ...REFUSED, kind: step.kind }, nameOf(step), { problem })];
}
