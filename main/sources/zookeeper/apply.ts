import type { Entry } from '../../../shared/model/entry.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import type { Key } from '../../../shared/order/key.ts';
import {
  type Acl,
  creatorAllAcl,
  isZooKeeperError,
  ZooKeeperError,
} from '../../protocols/zookeeper/index.ts';
import type { ApplyOutput, PointView } from '../contract.ts';
import { EntryFeed } from '../entry-feed.ts';
import type { LoadGate } from '../load.ts';
import { type OwnIdentity, restorableAcl } from './acl.ts';
import { creation, inlineData, removal, storedData, writing } from './change.ts';
import { recordedSequence, znodeContent } from './content.ts';
import type { Link } from './link.ts';
import { failed, Outcomes } from './outcomes.ts';
import { parentPath, pathOf } from './paths.ts';
import { type Protection, setAcls } from './protect.ts';
import { raise } from './raise.ts';
import type { Mapping } from './selection.ts';
import { Transactions } from './transactions.ts';
import { Window } from './window.ts';

export interface ApplyOptions {
  readonly link: Link;
  readonly gate: LoadGate;
  readonly view: PointView;
  readonly mapping: Mapping;
  readonly identity: OwnIdentity;
  readonly random: () => number;
  readonly output: ApplyOutput;
  readonly signal?: AbortSignal | undefined;
}

const ACLS_AT_ONCE = 100;

/** Carries out the steps of a plan, each phase to its end before the next begins. */
export async function apply(
  options: ApplyOptions,
  steps: AsyncIterable<readonly RestoreStep[]>,
): Promise<void> {
  let phase: PhaseWork | undefined;
  let current = '';
  try {
    for await (const batch of steps) {
      for (const step of batch) {
        if (phase === undefined || step.phase !== current) {
          await phase?.finish();
          await phase?.close();
          phase = new PhaseWork(options);
          current = step.phase;
        }
        const taken = phase.take(step);
        if (taken !== undefined) await taken;
      }
    }
    await phase?.finish();
  } finally {
    await phase?.close();
  }
}

/** The steps of one phase on their way. */
class PhaseWork {
  readonly #options: ApplyOptions;
  readonly #outcomes: Outcomes;
  readonly #feed: EntryFeed;
  readonly #transactions: Transactions;
  readonly #window: Window;
  #protections: Protection[] = [];

  constructor(options: ApplyOptions) {
    const { link, gate, view, mapping, output, signal } = options;
    this.#options = options;
    this.#outcomes = new Outcomes(output);
    this.#feed = new EntryFeed(view, mapping.from, signal);
    this.#transactions = new Transactions({ link, gate, outcomes: this.#outcomes, signal });
    this.#window = new Window(gate.requestsInFlight);
  }

  /** A promise, when there is one, must be awaited before the next step; most steps only join a batch. */
  take(step: RestoreStep): void | Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (step.action === 'remove') return this.#transactions.add(removal(step));
    if (step.from === undefined) return this.#makeParent(step);
    const entry = this.#feed.atHand(step.from);
    return entry === undefined ? this.#lookUp(step, step.from) : this.#takeWith(step, entry);
  }

  async #lookUp(step: RestoreStep, from: Key): Promise<void> {
    const entry = await this.#feed.get(from);
    if (entry !== undefined) return this.#takeWith(step, entry);
    await this.#outcomes.report([[step, failed('not-in-point')]]);
  }

  /** Waits until every step has its outcome. */
  async finish(): Promise<void> {
    await this.#transactions.drain();
    await this.#protectCollected();
    await this.#window.drain();
  }

  async close(): Promise<void> {
    await this.#feed.close();
  }

  #takeWith(step: RestoreStep, entry: Entry): void | Promise<void> {
    const { identity } = this.#options;
    if (step.action === 'raise') return this.#raise(step, recordedSequence(entry));
    if (step.action === 'protect')
      return this.#protect(step, restorableAcl(identity, znodeContent(entry).acl));
    const data = inlineData(entry);
    if (data === undefined) return this.#writeStored(step, entry);
    return this.#transactions.add(writing(step, entry, data, identity));
  }

  async #writeStored(step: RestoreStep, entry: Entry): Promise<void> {
    const { view, identity, signal } = this.#options;
    const data = await storedData(entry, view, signal);
    await this.#transactions.add(writing(step, entry, data, identity));
  }

  #raise(step: RestoreStep, wanted: number): Promise<void> {
    return this.#window.add(async () => {
      await this.#outcomes.report([[step, await raise(step, wanted, this.#options)]]);
    });
  }

  #protect(step: RestoreStep, acl: readonly Acl[]): void | Promise<void> {
    this.#protections.push({ step, acl });
    if (this.#protections.length >= this.#options.gate.batchSize(ACLS_AT_ONCE))
      return this.#protectCollected();
  }

  async #protectCollected(): Promise<void> {
    const batch = this.#protections;
    this.#protections = [];
    const { link, gate, signal } = this.#options;
    if (batch.length === 0) return;
    await this.#window.add(() => setAcls(batch, { link, gate, outcomes: this.#outcomes, signal }));
  }

  /** A node that the point does not have, on the way to one that it has. */
  async #makeParent(step: RestoreStep): Promise<void> {
    await this.#transactions.drain();
    const acl = await this.#aclAbove(step);
    if (acl instanceof ZooKeeperError) {
      return this.#outcomes.report([[step, failed('acl-above-unreadable', { code: acl.code })]]);
    }
    return this.#transactions.add(creation(step, null, acl));
  }

  async #aclAbove({ key }: RestoreStep): Promise<readonly Acl[] | ZooKeeperError> {
    const { link, gate, identity, signal } = this.#options;
    const parent = parentPath(pathOf(key)) ?? '/';
    try {
      const { acl } = await gate.run(1, signal, () =>
        link.read((client) => client.getAcl(parent, signal && { signal }), signal),
      );
      return restorableAcl(identity, acl);
    } catch (error) {
      if (!isZooKeeperError(error, 'NoAuth', 'NoNode')) throw error;
      return error.code === 'NoAuth' && identity.named ? creatorAllAcl : error;
    }
  }
}
