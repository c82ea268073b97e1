import type { RestoreStep, StepOutcome } from '../../../shared/model/restore.ts';
import { isZooKeeperError, type ZooKeeperErrorCode } from '../../protocols/zookeeper/index.ts';
import type { ApplyOutput } from '../contract.ts';

/** A step and what became of it. */
export type Outcome = readonly [RestoreStep, StepOutcome];

export const APPLIED: StepOutcome = { outcome: 'applied' };
export const ALREADY: StepOutcome = { outcome: 'already' };

export function conflict(found: string): StepOutcome {
  return { outcome: 'conflict', found };
}

export function failed(problem: string): StepOutcome {
  return { outcome: 'failed', problem };
}

/** Bytes of data from which on the servers' frame limit is the likely reason for a lost connection. */
const NEAR_THE_FRAME_LIMIT = 512 * 1024;

const CONFLICTS: Partial<Record<ZooKeeperErrorCode, string>> = {
  NodeExists: 'it was created meanwhile',
  BadVersion: 'it was changed meanwhile',
  NotEmpty: 'it has children that the plan did not remove',
};

const PROBLEMS: Partial<Record<ZooKeeperErrorCode, string>> = {
  NoNode: 'the node above it is not there',
  NoAuth: 'the account is not allowed to',
  InvalidAcl: 'the servers do not accept the ACL: they may lack its authentication scheme',
  NoChildrenForEphemerals: 'the node above it is ephemeral',
  QuotaExceeded: 'a quota of the cluster is used up',
};

/** What the servers' refusal of a single change means for its step; `bytes`: the size of the change. */
export function refusal(step: RestoreStep, error: unknown, bytes: number): StepOutcome {
  if (!isZooKeeperError(error)) throw error;
  const { code } = error;
  if (code === 'NoNode' && step.action === 'remove') return ALREADY;
  if (code === 'NoNode' && step.action !== 'create') return conflict('it is gone');
  const found = CONFLICTS[code];
  if (found !== undefined) return conflict(found);
  if (code === 'ConnectionLoss') return failed(lostConnection(bytes));
  return failed(PROBLEMS[code] ?? `the servers refused it: ${code}`);
}

function lostConnection(bytes: number): string {
  if (bytes < NEAR_THE_FRAME_LIMIT) return 'the connection was lost each time it was sent';
  return `the servers drop the connection at its ${bytes} bytes: raise jute.maxbuffer there`;
}

/** Passes outcomes on one after the other, however many batches end at once. */
export class Outcomes {
  readonly #output: ApplyOutput;
  #last: Promise<void> = Promise.resolve();

  constructor(output: ApplyOutput) {
    this.#output = output;
  }

  async report(outcomes: readonly Outcome[]): Promise<void> {
    const own = this.#last.then(() => this.#pass(outcomes));
    this.#last = own.catch(() => {});
    await own;
  }

  async #pass(outcomes: readonly Outcome[]): Promise<void> {
    for (const [step, outcome] of outcomes) {
      const written = this.#output.done(step, outcome);
      if (written !== undefined) await written;
    }
  }
}
