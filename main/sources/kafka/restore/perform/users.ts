import type { ScramMechanism } from '../../../../protocols/kafka/index.ts';
import { isZooKeeperError } from '../../../../protocols/zookeeper/index.ts';
import { userContent } from '../../content.ts';
import type { Verifier } from '../../scram-verifiers.ts';
import type { Course } from '../course.ts';
import { verifierOf } from '../judge/users.ts';
import { nameAt, type Perform, type Task, wantedOf } from './task.ts';

export const writeVerifiers: Perform = (tasks, course) =>
  throughZooKeeper(tasks, course, (task) => verifierOf(userContent(wantedOf(task))) ?? null);

/** Through ZooKeeper where there is a way: older brokers do not find users with special characters. */
export const deleteUsers: Perform = (tasks, course) => {
  const { access, signal } = course;
  if (access.verifiers !== undefined) return throughZooKeeper(tasks, course, () => null);
  const changes = tasks.map((task) => ({ action: 'delete', ...credentialOf(task) }) as const);
  return access.client.alterScram(changes, { signal });
};

/** One after the other: both credentials of a user stand in one node. */
async function throughZooKeeper(
  tasks: readonly Task[],
  { access: { verifiers }, signal }: Course,
  verifier: (task: Task) => Verifier | null,
): Promise<readonly (Error | undefined)[]> {
  const outcomes: (Error | undefined)[] = [];
  for (const task of tasks) {
    const { user, mechanism } = credentialOf(task);
    try {
      await verifiers?.write(user, mechanism, verifier(task), signal);
      outcomes.push(undefined);
    } catch (error) {
      if (!isZooKeeperError(error)) throw error;
      outcomes.push(error);
    }
  }
  return outcomes;
}

function credentialOf(task: Task): { readonly user: string; readonly mechanism: ScramMechanism } {
  return { user: nameAt(task, 1), mechanism: nameAt(task, 2) as ScramMechanism };
}
