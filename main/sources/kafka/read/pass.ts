import type { Entry } from '../../../../shared/model/entry.ts';
import { isKafkaError } from '../../../protocols/kafka/index.ts';
import { isUnknownKind } from '../faults.ts';
import { BRANCHES, type Branch } from '../keys.ts';
import { readAhead } from '../lookahead.ts';
import type { Reading } from '../reading.ts';
import { READERS } from './branches.ts';

/** Batches of each branch read before it is their turn: topics wait for what groups have to ask for one by one. */
const AHEAD = 12;

/**
 * Everything that is selected, in key order. All branches are begun at once, so that the small ones are there when
 * their turn comes and the cluster has something to do meanwhile. A kind that the cluster does not know is empty; one
 * that cannot be read is a problem.
 */
export async function* readPass(reading: Reading): AsyncGenerator<readonly Entry[]> {
  const branches = BRANCHES.filter((branch) => reading.scope.branches.has(branch));
  const begun = branches.map((branch) => ({
    branch,
    batches: readAhead(READERS[branch].read(reading), AHEAD),
  }));
  try {
    for (const { branch, batches } of begun) yield* readBranch(reading, branch, batches);
  } finally {
    await Promise.allSettled(begun.map(({ batches }) => batches.return()));
  }
}

/** One branch; what stops it is told as a problem. */
export async function* readBranch(
  reading: Reading,
  branch: Branch,
  batches: AsyncIterable<readonly Entry[]> = READERS[branch].read(reading),
): AsyncGenerator<readonly Entry[]> {
  try {
    yield* batches;
  } catch (error) {
    if (isUnknownKind(error)) return;
    if (!isKafkaError(error) || isLost(error.code)) throw error;
    reading.problem({ branch, kind: READERS[branch].kind, error });
  }
}

/** The cluster itself is gone, which is no matter of one kind. */
function isLost(code: string): boolean {
  return ['Unreachable', 'TimedOut', 'SignInFailed', 'TlsFailed', 'Closed', 'BROKER_NOT_AVAILABLE'].includes(
    code,
  );
}
