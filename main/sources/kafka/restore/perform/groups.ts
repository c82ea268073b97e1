import type { Entry } from '../../../../../shared/model/entry.ts';
import type { KafkaError, Outcome } from '../../../../protocols/kafka/index.ts';
import { groupContent, offsetsContent } from '../../content.ts';
import { groupKey } from '../../keys.ts';
import { inOrder } from '../../lookahead.ts';
import type { Course } from '../course.ts';
import { plannedOffsets } from '../judge/groups.ts';
import { readLive } from '../live.ts';
import { nameAt, type Perform, type Task, wantedOf } from './task.ts';

const GROUPS_IN_FLIGHT = 32;
const CLASSIC = 'classic';

export const deleteGroups: Perform = (tasks, { access, signal }) =>
  access.client.deleteGroups(
    tasks.map((task) => nameAt(task, 1)),
    { signal },
  );

/** Sets offsets, and takes away those that the point does not have: one request per group for all its topics. */
export const changeOffsets: Perform = async (tasks, course) => {
  const groups = [...Map.groupBy(tasks, (task) => nameAt(task, 1))];
  const types = await groupTypes(
    groups.map(([id]) => id),
    course,
  );
  const failures = new Map<Task, KafkaError>();
  const changed = inOrder(groups, GROUPS_IN_FLIGHT, async ([id, own]) => {
    for (const [task, failure] of await changeGroup({ id, type: types.get(id) ?? CLASSIC }, own, course)) {
      failures.set(task, failure);
    }
  });
  for await (const _ of changed);
  return tasks.map((task) => failures.get(task));
};

/** What kind each group is now; one that is not there yet is made as the point had it where that makes a difference. */
async function groupTypes(
  ids: readonly string[],
  { reading, view, signal }: Course,
): Promise<Map<string, string>> {
  const live = await readLive(reading, ids.map(groupKey));
  const types = new Map<string, string>();
  for (const id of ids) {
    const entry = live(groupKey(id)) ?? (await view.entry(groupKey(id), signal));
    types.set(id, typeOf(entry));
  }
  return types;
}

/** Only share groups keep their offsets in another way. */
function typeOf(entry: Entry | undefined): string {
  const type = entry === undefined ? CLASSIC : groupContent(entry).type;
  return type === 'share' ? type : CLASSIC;
}

interface Group {
  readonly id: string;
  readonly type: string;
}

async function changeGroup(
  group: Group,
  tasks: readonly Task[],
  { access: { client }, circumstances, signal }: Course,
): Promise<ReadonlyMap<Task, KafkaError>> {
  const set = tasks.flatMap((task) =>
    task.step.action === 'remove'
      ? []
      : plannedOffsets(wantedOf(task), task.live, circumstances).set.map((offset) => ({ task, offset })),
  );
  const drop = tasks.flatMap((task) =>
    dropped(task, circumstances).map((partition) => ({
      task,
      partition: { topic: nameAt(task, 2), partition },
    })),
  );
  const failures = new Map<Task, KafkaError>();
  const note = (some: readonly { readonly task: Task }[], outcomes: readonly Outcome[]) => {
    for (const [i, { task }] of some.entries()) {
      const failure = outcomes[i];
      if (failure !== undefined) failures.set(task, failure);
    }
  };
  if (set.length > 0) {
    const offsets = set.map(({ offset }) => offset);
    note(set, await client.commitOffsets(group, offsets, { signal }));
  }
  if (drop.length > 0) {
    const partitions = drop.map(({ partition }) => partition);
    note(drop, await client.deleteOffsets(group, partitions, { signal }));
  }
  return failures;
}

function dropped({ step, wanted, live }: Task, circumstances: Course['circumstances']): readonly number[] {
  if (live === undefined) return [];
  if (step.action === 'remove') return offsetsContent(live).partitions.map(([partition]) => partition);
  return wanted === undefined ? [] : plannedOffsets(wanted, live, circumstances).drop;
}
