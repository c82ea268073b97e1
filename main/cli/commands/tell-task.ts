import type { TaskView } from '../../../shared/contract/contract.ts';
import type { Invocation } from '../invocation.ts';
import { taskDetails } from '../output/task-text.ts';

/** Gives a task as the result, its storages by their names. */
export async function tellTask(invocation: Invocation, view: TaskView): Promise<void> {
  const { output } = invocation;
  const client = await invocation.client();
  const storages = await client.storages.list({});
  const names = new Map(storages.map(({ id, name }) => [id, name]));
  await output.result(view, () => taskDetails(view, names, output));
}
