import type { RestoreStep, StepOutcome } from '../../../shared/model/restore.ts';
import {
  type Acl,
  type AclAndStat,
  type BatchItem,
  ZooKeeperError,
} from '../../protocols/zookeeper/index.ts';
import type { LoadGate } from '../load.ts';
import { isMadeFrom } from './acl.ts';
import { isPassing } from './faults.ts';
import type { Link } from './link.ts';
import { ALREADY, APPLIED, conflict, type Outcome, type Outcomes, refusal } from './outcomes.ts';
import { pathOf } from './paths.ts';
import { expectationOf } from './steps.ts';

/** A node and the ACL that it is to have. */
export interface Protection {
  readonly step: RestoreStep;
  readonly acl: readonly Acl[];
}

export interface ProtectOptions {
  readonly link: Link;
  readonly gate: LoadGate;
  readonly outcomes: Outcomes;
  readonly signal?: AbortSignal | undefined;
}

/** Connections that setting one ACL may lose. */
const MOST_LOSSES = 3;

/**
 * Sets ACLs where they are still the ones that were planned on. The servers compare the ACL's version with the change
 * itself; transactions know no such operation, so each goes by itself, all of a batch together.
 */
export async function setAcls(batch: readonly Protection[], options: ProtectOptions): Promise<void> {
  let open = batch;
  for (let losses = 0; open.length > 0; losses++) {
    // The session may have moved to a server that does not have yet what the lost one was the last to do.
    if (losses > 0) await options.link.sync(options.signal);
    const { ready, outcomes } = await examineAll(open, options);
    await options.outcomes.report(outcomes);
    const lost = await setAll(ready, options, losses === MOST_LOSSES);
    open = lost;
  }
}

async function examineAll(
  batch: readonly Protection[],
  { link, gate, signal }: ProtectOptions,
): Promise<{ ready: Protection[]; outcomes: Outcome[] }> {
  const paths = batch.map(({ step }) => pathOf(step.key));
  const acls = await gate.run(paths.length, signal, () =>
    link.read((client) => client.readAcls(paths, signal && { signal }), signal),
  );
  const ready: Protection[] = [];
  const outcomes: Outcome[] = [];
  for (const [i, each] of batch.entries()) {
    const outcome = examine(each, acls[i] ?? null);
    if (outcome === undefined) ready.push(each);
    else outcomes.push([each.step, outcome]);
  }
  return { ready, outcomes };
}

function examine({ step, acl }: Protection, live: BatchItem<AclAndStat>): StepOutcome | undefined {
  if (live instanceof ZooKeeperError) return refusal(step, live, 0);
  if (live === null) return conflict('gone');
  if (isMadeFrom(acl, live.acl)) return ALREADY;
  const expected = expectationOf(step);
  const sameNode = expected?.czxid === undefined || expected.czxid === live.stat.czxid.toString();
  if (sameNode && expected?.aversion === live.stat.aversion) return undefined;
  return conflict('acl-version', { version: live.stat.aversion });
}

/** Gives those whose connection was lost. */
async function setAll(
  batch: readonly Protection[],
  { link, gate, outcomes, signal }: ProtectOptions,
  last: boolean,
): Promise<readonly Protection[]> {
  if (batch.length === 0) return [];
  const replies = await gate.run(batch.length, signal, () => {
    const { client } = link;
    return Promise.allSettled(
      batch.map(({ step, acl }) => {
        const version = expectationOf(step)?.aversion ?? 0;
        return client.setAcl(pathOf(step.key), acl, { version, ...(signal && { signal }) });
      }),
    );
  });
  signal?.throwIfAborted();
  const lost: Protection[] = [];
  const settled: Outcome[] = [];
  for (const [i, each] of batch.entries()) {
    const reply = replies[i];
    if (reply?.status === 'fulfilled') settled.push([each.step, APPLIED]);
    else if (isPassing(reply?.reason) && !last) lost.push(each);
    else settled.push([each.step, refusal(each.step, reply?.reason, 0)]);
  }
  await outcomes.report(settled);
  return lost;
}
