import { forEachInFlight } from '../../../shared/in-flight.ts';
import type { RestoreStep, StepOutcome } from '../../../shared/model/restore.ts';
import { isZooKeeperError, type MultiOp, openAcl, type Stat } from '../../protocols/zookeeper/index.ts';
import type { LoadGate } from '../load.ts';
import { isPassing } from './faults.ts';
import type { Link } from './link.ts';
import { ALREADY, APPLIED, conflict, failed, refusal } from './outcomes.ts';
import { childPath, pathOf } from './paths.ts';
import { nextSequence } from './sequence.ts';
import { expectationOf } from './steps.ts';

export interface RaiseOptions {
  readonly link: Link;
  readonly gate: LoadGate;
  /** From 0 inclusive to 1 exclusive. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Nodes created and deleted in one transaction. */
const PAIRS_AT_ONCE = 100;
/** Looks at the counter before it is given up. */
const MOST_TRIES = 10;

/**
 * Raises a node's sequence counter to at least `wanted`, by creating and deleting a child so many times. Both happen in
 * one transaction, so nobody ever sees the child. A counter only goes up: children that others create meanwhile are
 * looked at and counted in, or leave it a little higher, which no sequence minds.
 */
export async function raise(step: RestoreStep, wanted: number, options: RaiseOptions): Promise<StepOutcome> {
  const path = pathOf(step.key);
  const planned = expectationOf(step)?.czxid;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stat = await look(path, options);
    if (stat === null) return conflict('gone');
    if (planned !== undefined && planned !== stat.czxid.toString()) return conflict('recreated');
    const missing = wanted - nextSequence(stat);
    if (missing <= 0) return tries === 0 ? ALREADY : APPLIED;
    try {
      await createAndDelete(path, missing, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!isPassing(error) && !isZooKeeperError(error, 'NodeExists')) return refusal(step, error, 0);
    }
  }
  return failed('counter-stuck');
}

function look(path: string, { link, gate, signal }: RaiseOptions): Promise<Stat | null> {
  return gate.run(1, signal, () => link.read((client) => client.exists(path, signal && { signal }), signal));
}

async function createAndDelete(parent: string, pairs: number, options: RaiseOptions): Promise<void> {
  const { link, gate, random, signal } = options;
  const path = childPath(parent, `holdfast-counter-${Math.floor(random() * 2 ** 32).toString(16)}`);
  const pair: readonly MultiOp[] = [
    { op: 'create', path, data: null, acl: openAcl },
    { op: 'delete', path },
  ];
  await forEachInFlight(
    portions(pairs, gate.batchSize(PAIRS_AT_ONCE)),
    gate.requestsInFlight,
    async (portion) => {
      const ops = Array.from({ length: portion }, () => pair).flat();
      await gate.run(portion, signal, () => link.client.multi(ops, signal && { signal }));
    },
  );
}

function* portions(total: number, size: number): Generator<number> {
  for (let left = total; left > 0; left -= size) yield Math.min(left, size);
}
