import type { Entry } from '../../../../shared/model/entry.ts';
import { compareUtf8 } from '../../../../shared/order/key.ts';
import {
  type CommittedOffset,
  type GroupListing,
  type GroupOffsets,
  isKafkaError,
} from '../../../protocols/kafka/index.ts';
import { GROUP } from '../content.ts';
import { groupEntry, offsetsEntry } from '../entries.ts';
import { inOrder, inRuns } from '../lookahead.ts';
import type { BranchReader, Reading } from '../reading.ts';
import { LogEnds } from './log-ends.ts';

/** Groups whose offsets are asked for together. */
const RUN = 200;
const RUNS_AHEAD = 3;

/** The selected groups with the offsets that they committed. */
export const readGroups: BranchReader = async function* (reading) {
  yield* groupEntries(reading, await selectedGroups(reading));
};

export async function selectedGroups(reading: Reading): Promise<readonly GroupListing[]> {
  return (await reading.allGroups()).filter(({ id }) => reading.scope.group(id));
}

/** Entries of the given groups, in their order; each group's own comes before its offsets. */
export async function* groupEntries(
  reading: Reading,
  groups: readonly GroupListing[],
): AsyncGenerator<readonly Entry[]> {
  const ends = new LogEnds(reading);
  yield* inOrder(inRuns(groups, RUN), RUNS_AHEAD, (run) => withOffsets(reading, ends, run));
}

async function withOffsets(
  { access: { client }, signal, problem }: Reading,
  ends: LogEnds,
  groups: readonly GroupListing[],
): Promise<readonly Entry[]> {
  const fetched = await client.fetchOffsets(groups, { signal });
  const known = fetched.filter((offsets): offsets is GroupOffsets => !isKafkaError(offsets));
  await ends.learn(known.flatMap(({ offsets }) => offsets));
  const entries: Entry[] = [];
  for (const [i, group] of groups.entries()) {
    const offsets = fetched[i];
    if (offsets === undefined || isKafkaError(offsets, 'GROUP_ID_NOT_FOUND')) continue;
    if (isKafkaError(offsets)) {
      problem({ branch: 'groups', kind: GROUP, name: group.id, error: offsets });
      continue;
    }
    entries.push(groupEntry(group), ...offsetEntries(group.id, offsets.offsets, ends));
  }
  return entries;
}

function offsetEntries(group: string, offsets: readonly CommittedOffset[], ends: LogEnds): Entry[] {
  const topics = Map.groupBy(offsets, ({ topic }) => topic);
  return [...topics]
    .sort(([a], [b]) => compareUtf8(a, b))
    .map(([topic, some]) => offsetsEntry(group, topic, some, (partition) => ends.of(topic, partition)));
}
