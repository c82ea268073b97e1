import type { RestoreStep } from '../../../../../shared/model/restore.ts';
import { isKafkaError } from '../../../../protocols/kafka/index.ts';
import { ACL, CONFIG, FEATURE, GROUP, OFFSETS, QUOTA, TOPIC, USER } from '../../content.ts';
import type { Course } from '../course.ts';
import { createAcls, deleteAcls } from './acls.ts';
import { changeConfigs } from './configs.ts';
import { raiseFeatures } from './features.ts';
import { changeOffsets, deleteGroups } from './groups.ts';
import { changeQuotas } from './quotas.ts';
import type { Perform, Task } from './task.ts';
import { addPartitions, createTopics, deleteTopics } from './topics.ts';
import { deleteUsers, writeVerifiers } from './users.ts';

export type { Task } from './task.ts';

/** Carries out tasks, whatever their kinds. A failure per task, in their order; undefined: done. */
export async function perform(
  tasks: readonly Task[],
  course: Course,
): Promise<readonly (Error | undefined)[]> {
  const failures = new Map<Task, Error | undefined>();
  for (const [carryOut, own] of Map.groupBy(tasks, ({ step }) => performerOf(step))) {
    const outcomes = await attempted(carryOut, own, course);
    for (const [i, task] of own.entries()) failures.set(task, outcomes[i]);
  }
  return tasks.map((task) => failures.get(task));
}

/** A request that could not be made at all is the failure of each of its tasks. */
async function attempted(
  carryOut: Perform,
  tasks: readonly Task[],
  course: Course,
): Promise<readonly (Error | undefined)[]> {
  try {
    return await carryOut(tasks, course);
  } catch (error) {
    if (!isKafkaError(error)) throw error;
    return tasks.map(() => error);
  }
}

function performerOf({ kind, action, phase }: RestoreStep): Perform {
  const removes = action === 'remove';
  switch (kind) {
    case ACL:
      return removes ? deleteAcls : createAcls;
    case CONFIG:
      return changeConfigs;
    case FEATURE:
      return raiseFeatures;
    case GROUP:
      return deleteGroups;
    case OFFSETS:
      return changeOffsets;
    case QUOTA:
      return changeQuotas;
    case TOPIC:
      return topicPerformer(action, phase);
    case USER:
      return removes ? deleteUsers : writeVerifiers;
    default:
      throw new RangeError(`no Kafka source plans steps of kind ${kind}`);
  }
}

function topicPerformer(action: RestoreStep['action'], phase: string): Perform {
  if (phase === 'configs') return changeConfigs;
  if (action === 'remove') return deleteTopics;
  return action === 'create' ? createTopics : addPartitions;
}
