import { type OutcomeCode, type OutcomeParams, outcomeText } from '../../../shared/messages/step-outcomes.ts';
import type { RestoreStep, StepOutcome } from '../../../shared/model/restore.ts';
import { isZooKeeperError, type ZooKeeperErrorCode } from '../../protocols/zookeeper/index.ts';
import type { ApplyOutput } from '../contract.ts';

/** A step and what became of it. */
export type Outcome = readonly [RestoreStep, StepOutcome];

export const APPLIED: StepOutcome = { outcome: 'applied' };
export const ALREADY: StepOutcome = { outcome: 'already' };

export function conflict<C extends OutcomeCode>(code: C, ...params: OutcomeParams<C>): StepOutcome {
  return { outcome: 'conflict', found: outcomeText(code, ...params) };
}

export function failed<C extends OutcomeCode>(code: C, ...params: OutcomeParams<C>): StepOutcome {
  return { outcome: 'failed', problem: outcomeText(code, ...params) };
}

/** Bytes of data from which on the servers' frame limit is the likely reason for a lost connection. */
const NEAR_THE_FRAME_LIMIT = 512 * 1024;

const CONFLICTS = new Map<ZooKeeperErrorCode, StepOutcome>([
  ['NodeExists', conflict('created')],
  ['BadVersion', conflict('changed')],
  ['NotEmpty', conflict('has-children')],
]);

const PROBLEMS = new Map<ZooKeeperErrorCode, StepOutcome>([
  ['NoNode', failed('no-parent')],
  ['NoAuth', failed('not-allowed')],
  ['InvalidAcl', failed('acl-refused')],
  ['NoChildrenForEphemerals', failed('parent-ephemeral')],
  ['QuotaExceeded', failed('quota-used-up')],
]);

/** What the servers' refusal of a single change means for its step; `bytes`: the size of the change. */
export function refusal(step: RestoreStep, error: unknown, bytes: number): StepOutcome {
  if (!isZooKeeperError(error)) throw error;
  const { code } = error;
  if (code === 'NoNode' && step.action === 'remove') return ALREADY;
  if (code === 'NoNode' && step.action !== 'create') return conflict('gone');
  if (code === 'ConnectionLoss') return lostConnection(bytes);
  return CONFLICTS.get(code) ?? PROBLEMS.get(code) ?? failed('refused', { code });
}

function lostConnection(bytes: number): StepOutcome {
  return bytes < NEAR_THE_FRAME_LIMIT ? failed('connection-lost') : failed('too-large', { bytes });
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
