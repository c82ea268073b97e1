import type { Entry } from '../../../../../shared/model/entry.ts';
import type { RestoreStep } from '../../../../../shared/model/restore.ts';
import type { Course } from '../course.ts';

/** A step with what the point and the cluster have at its key; the cluster still as the plan saw it. */
export interface Task {
  readonly step: RestoreStep;
  readonly wanted: Entry | undefined;
  readonly live: Entry | undefined;
}

/** Carries out tasks of one kind and action. A failure per task, in their order; undefined: done. */
export type Perform = (tasks: readonly Task[], course: Course) => Promise<readonly (Error | undefined)[]>;

/** The last component of the key that names the object itself. */
export function nameAt({ step }: Task, component: number): string {
  return step.key[component] ?? '';
}

/** What the point has; a task that sets something has been planned from it. */
export function wantedOf({ wanted, step }: Task): Entry {
  if (wanted === undefined) throw new RangeError(`the recovery point lacks ${step.key.join('/')}`);
  return wanted;
}
