import type { InventoryLine } from '../contract.ts';
import type { KafkaAccess } from './access.ts';
import { BRANCHES, type Branch } from './keys.ts';
import { READERS } from './read/branches.ts';
import { selectedGroups } from './read/groups.ts';
import { readBranch } from './read/pass.ts';
import { Reading } from './reading.ts';
import { type KafkaSelection, scopeOf } from './selection.ts';

/** How much a selection has of each kind, as listings tell it. What cannot be read counts as none. */
export async function inventory(
  access: KafkaAccess,
  selection: KafkaSelection,
  signal?: AbortSignal,
): Promise<readonly InventoryLine[]> {
  const scope = scopeOf(selection);
  const reading = new Reading(access, scope, signal, () => {});
  const lines: InventoryLine[] = [];
  for (const branch of BRANCHES.filter((each) => scope.branches.has(each))) {
    const entries = await count(reading, branch);
    if (entries > 0) lines.push({ kind: READERS[branch].kind, entries });
  }
  return lines;
}

/** Topics and groups without their configs and offsets. */
async function count(reading: Reading, branch: Branch): Promise<number> {
  if (branch === 'topics') return (await reading.topics()).length;
  if (branch === 'groups') return (await selectedGroups(reading)).length;
  let entries = 0;
  for await (const batch of readBranch(reading, branch)) entries += batch.length;
  return entries;
}
