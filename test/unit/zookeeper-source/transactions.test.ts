import { describe, expect, it } from 'vitest';
import {
  MultiError,
  type MultiOp,
  type NodeRead,
  openAcl,
  type ZooKeeperClient,
  ZooKeeperError,
} from '../../../main/protocols/zookeeper/index.ts';
import { LoadGate } from '../../../main/sources/load.ts';
import { creation } from '../../../main/sources/zookeeper/change.ts';
import type { Link } from '../../../main/sources/zookeeper/link.ts';
import { Outcomes } from '../../../main/sources/zookeeper/outcomes.ts';
import { createStep } from '../../../main/sources/zookeeper/steps.ts';
import { Transactions } from '../../../main/sources/zookeeper/transactions.ts';

const node = (data: string): NodeRead => ({
  data: Buffer.from(data),
  acl: openAcl,
  stat: {
    czxid: 9n,
    mzxid: 9n,
    pzxid: 9n,
    ctime: 0,
    mtime: 0,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: 0n,
    dataLength: data.length,
    numChildren: 0,
  },
});

/**
 * An ensemble whose first transaction is committed while its reply is lost. The server that the session is moved to
 * shows it once the session has synced, or after so many looks.
 */
class LateEnsemble {
  readonly #looksBehind: number;
  readonly #syncs: boolean;
  readonly #committed = new Map<string, NodeRead>();
  #sends = 0;
  #looks = 0;
  #caughtUp = false;

  constructor(looksBehind: number, syncs: boolean) {
    this.#looksBehind = looksBehind;
    this.#syncs = syncs;
  }

  /** What a restore uses of a link. */
  get link(): Link {
    const client = {
      commit: (ops: readonly MultiOp[]) => this.#commit(ops),
      readNodes: async (paths: readonly string[]) => this.#look(paths),
    } as unknown as ZooKeeperClient;
    return {
      client,
      read: (work: (client: ZooKeeperClient) => unknown) => work(client),
      sync: async () => {
        this.#caughtUp ||= this.#syncs;
        return 9n;
      },
    } as unknown as Link;
  }

  async #commit(ops: readonly MultiOp[]): Promise<void> {
    const taken = ops.findIndex(({ path }) => this.#committed.has(path));
    const failed = ops[taken];
    if (failed !== undefined) throw new MultiError('NodeExists', taken, failed);
    for (const { path } of ops) this.#committed.set(path, node('v'));
    if (this.#sends++ === 0) throw new ZooKeeperError('ConnectionLoss', { op: 'multi' });
  }

  #look(paths: readonly string[]): readonly (NodeRead | null)[] {
    if (this.#looks++ >= this.#looksBehind) this.#caughtUp = true;
    return paths.map((path) => (this.#caughtUp ? (this.#committed.get(path) ?? null) : null));
  }
}

async function createIn(ensemble: LateEnsemble, data = 'v'): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  const transactions = new Transactions({
    link: ensemble.link,
    gate: new LoadGate({ requestsInFlight: 2 }),
    outcomes: new Outcomes({
      done: ({ key }, { outcome }) => {
        outcomes[key.join('/')] = outcome;
      },
    }),
  });
  for (const name of ['a', 'b'])
    await transactions.add(creation(createStep([name], [name], false), Buffer.from(data), openAcl));
  await transactions.drain();
  return outcomes;
}

describe('a transaction whose reply was lost', () => {
  it('is looked for on a server that has caught up', async () => {
    const ensemble = new LateEnsemble(Number.POSITIVE_INFINITY, true);
    expect(await createIn(ensemble)).toEqual({ a: 'already', b: 'already' });
  });

  it('is no conflict where its own change is what stands in the way of the second attempt', async () => {
    expect(await createIn(new LateEnsemble(1, false))).toEqual({ a: 'already', b: 'already' });
  });

  it('is a conflict where it was somebody else’s', async () => {
    expect(await createIn(new LateEnsemble(1, false), 'other')).toEqual({ a: 'conflict', b: 'conflict' });
  });
});
