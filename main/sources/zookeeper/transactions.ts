import type { StepOutcome } from '../../../shared/model/restore.ts';
import { isZooKeeperError, MultiError, type Stat } from '../../protocols/zookeeper/index.ts';
import type { LoadGate } from '../load.ts';
import { type Change, examine, isAsPlanned } from './change.ts';
import { asSourceError, isPassing } from './faults.ts';
import type { Link } from './link.ts';
import { APPLIED, type Outcome, type Outcomes, refusal } from './outcomes.ts';
import { parentPath } from './paths.ts';
import { Window } from './window.ts';

/** Changes in one transaction. */
const BATCH = 100;
/** Bytes in one transaction: half of what servers take by default. */
const BATCH_BYTES = 512 * 1024;
/** A change of more bytes goes alone, with nothing else under way: should the server drop the connection over it, nothing else is hit. */
const LONE_BYTES = 256 * 1024;
/** Connections that one batch may lose before its changes are tried one by one, and one change before it has failed. */
const MOST_LOSSES = 2;

export interface TransactionOptions {
  readonly link: Link;
  readonly gate: LoadGate;
  readonly outcomes: Outcomes;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes changes in transactions, many under way at once. The servers keep the order of one session, so a child's
 * transaction may be sent before its parent's is answered. What fails is settled in the same order: the batch is
 * looked at, what is done or no longer as planned is sorted out, and the rest is sent again, so that one change in
 * conflict holds up no other.
 */
export class Transactions {
  readonly #options: TransactionOptions;
  readonly #window: Window;
  #batch: Change[] = [];
  #bytes = 0;
  #sent: Promise<unknown> = Promise.resolve();
  #settled: Promise<unknown> = Promise.resolve();

  constructor(options: TransactionOptions) {
    this.#options = options;
    this.#window = new Window(options.gate.requestsInFlight);
  }

  /** A promise, when there is one, must be awaited before the next change: a batch is being sent. */
  add(change: Change): void | Promise<void> {
    if (change.bytes > LONE_BYTES) return this.#addAlone(change);
    const full = this.#batch.length >= this.#options.gate.batchSize(BATCH);
    if (full || this.#bytes + change.bytes > BATCH_BYTES)
      return this.#dispatch().then(() => this.#put(change));
    this.#put(change);
  }

  async #addAlone(change: Change): Promise<void> {
    await this.drain();
    this.#put(change);
    await this.drain();
  }

  #put(change: Change): void {
    this.#batch.push(change);
    this.#bytes += change.bytes;
  }

  /** Sends what is left and waits for everything to be settled. */
  async drain(): Promise<void> {
    await this.#dispatch();
    await this.#window.drain();
  }

  async #dispatch(): Promise<void> {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#bytes = 0;
    await this.#window.add(() => {
      const before = { sent: this.#sent, settled: this.#settled };
      const sent = Promise.withResolvers<void>();
      this.#sent = sent.promise;
      const carried = this.#carry(batch, before, sent.resolve).finally(sent.resolve);
      this.#settled = carried.catch(() => {});
      return carried;
    });
  }

  async #carry(
    batch: readonly Change[],
    before: { readonly sent: Promise<unknown>; readonly settled: Promise<unknown> },
    sent: () => void,
  ): Promise<void> {
    const doubtful = await this.#findDoubtful(batch);
    await before.sent;
    const certain = doubtful.size === 0 ? batch : batch.filter((change) => !doubtful.has(change));
    const reply = this.#transact(certain);
    sent();
    const applied = await reply.then(
      () => true,
      (error: unknown) => mustBeSettled(error),
    );
    await before.settled;
    if (applied) await this.#options.outcomes.report(certain.map(appliedStep));
    await this.#settle(applied ? [...doubtful] : batch);
  }

  /**
   * Changes whose node is not the one they were planned on. The transaction itself compares the data's version; a
   * node that was deleted and created again can have that version by chance, so its zxids are compared before.
   */
  async #findDoubtful(batch: readonly Change[]): Promise<ReadonlySet<Change>> {
    const planned = batch.filter((change) => change.expected !== null);
    if (planned.length === 0) return new Set();
    const { link, gate, signal } = this.#options;
    const paths = planned.map(({ path }) => path);
    const stats = await gate.run(paths.length, signal, () =>
      link.read((client) => client.readStats(paths, signal && { signal }), signal),
    );
    return new Set(planned.filter((change, i) => !isAsPlanned(change, statOrNull(stats[i]))));
  }

  async #transact(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const { link, gate, signal } = this.#options;
    const ops = changes.map(({ op }) => op);
    await gate.run(changes.length, signal, () => link.client.commit(ops, signal && { signal }));
  }

  /** Brings changes to an end of which it is not known whether they were made. */
  async #settle(changes: readonly Change[]): Promise<void> {
    let open = changes;
    for (let losses = 0; open.length > 0; ) {
      const { ready, outcomes } = await this.#examineAll(open);
      await this.#options.outcomes.report(outcomes);
      if (losses >= MOST_LOSSES && ready.length > 1) {
        for (const change of ready) await this.#settle([change]);
        return;
      }
      const failure = await this.#transact(ready).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (failure === undefined) return this.#options.outcomes.report(ready.map(appliedStep));
      mustBeSettled(failure.error);
      if (isPassing(failure.error) && ++losses < MOST_LOSSES + (ready.length > 1 ? 1 : 0)) open = ready;
      else open = await this.#dropCulprits(ready, failure.error);
    }
  }

  async #examineAll(changes: readonly Change[]): Promise<{ ready: Change[]; outcomes: Outcome[] }> {
    const { link, gate, signal } = this.#options;
    const paths = changes.map(({ path }) => path);
    // After a loss the session may have moved to a server that does not have yet what the lost one was sent.
    await link.sync(signal);
    const nodes = await gate.run(paths.length, signal, () =>
      link.read((client) => client.readNodes(paths, signal && { signal }), signal),
    );
    const ready: Change[] = [];
    const outcomes: Outcome[] = [];
    for (const [i, change] of changes.entries()) {
      const outcome: StepOutcome | undefined = examine(change, nodes[i] ?? null);
      if (outcome === undefined) ready.push(change);
      else outcomes.push([change.step, outcome]);
    }
    return { ready, outcomes };
  }

  /** Reports the change that the error is about, and those that must fail with it; gives the others. */
  async #dropCulprits(changes: readonly Change[], error: unknown): Promise<readonly Change[]> {
    const culprit = changes[error instanceof MultiError ? error.index : 0];
    if (culprit === undefined) throw asSourceError(error);
    const orphaned = isZooKeeperError(error, 'NoNode') && culprit.op.op === 'create';
    const parent = parentPath(culprit.path);
    const hit = changes.filter((each) => each === culprit || (orphaned && parentPath(each.path) === parent));
    // What stands in the way may be what an attempt made whose reply was lost.
    const again = isZooKeeperError(error, 'NodeExists', 'BadVersion');
    const { outcomes } = again ? await this.#examineAll([culprit]) : { outcomes: [] };
    if (outcomes.length > 0) await this.#options.outcomes.report(outcomes);
    else
      await this.#options.outcomes.report(hit.map(({ step, bytes }) => [step, refusal(step, error, bytes)]));
    return changes.filter((each) => !hit.includes(each));
  }
}

/** False: the changes have to be looked at. Throws what no look at them can settle. */
function mustBeSettled(error: unknown): false {
  if (error instanceof MultiError || isPassing(error)) return false;
  throw asSourceError(error);
}

function statOrNull(item: Stat | Error | null | undefined): Stat | null {
  return item === undefined || item instanceof Error ? null : item;
}

function appliedStep({ step }: Change): Outcome {
  return [step, APPLIED];
}
