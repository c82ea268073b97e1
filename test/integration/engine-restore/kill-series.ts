import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { type Moment, momentOf, restoreKilled } from './killed.ts';
import { seededRandom } from './random.ts';
import { breakTree, openSuper, plantTree, type Seen, see, superPassword } from './tree.ts';

const NODES = 400;
const BREAKAGE = 7;
/** More operations than any restore of the series has. */
const NEVER = 1e9;

/** A restore that was killed, and where. */
export interface Killed {
  readonly plan: RestorePlan;
  /** Undefined when the restore ended before the moment came. */
  readonly moment: Moment | undefined;
}

/** A cluster with a recovery point, whose restore is killed again and again. */
export class KillSeries {
  readonly bench: Bench;
  readonly server: ZooKeeperServer;
  readonly point: Seen;
  readonly #pointId: string;
  readonly #client: ZooKeeperClient;
  /** Operations of a restore that is left alone. */
  #operations = 0;
  /** Where steps are carried out, as far as it is known. */
  #shareOfSteps = 0.7;

  private constructor(
    bench: Bench,
    server: ZooKeeperServer,
    client: ZooKeeperClient,
    pointId: string,
    point: Seen,
  ) {
    this.bench = bench;
    this.server = server;
    this.#client = client;
    this.#pointId = pointId;
    this.point = point;
  }

  static async open(seed: number): Promise<KillSeries> {
    const server = await startZooKeeper({ superPassword });
    const bench = await Bench.open('killed');
    const client = await openSuper(server);
    await plantTree(client, NODES, seed);
    await bench.addCluster('zk', server, { limits: { requestsInFlight: 4 } });
    const point = await bench.backup('zk');
    const series = new KillSeries(bench, server, client, point, await see(server));
    await series.#measure();
    return series;
  }

  /** Makes the cluster differ from the point; the same way each time, when it was equal to it. */
  break(): Promise<void> {
    return breakTree(this.#client, BREAKAGE);
  }

  /**
   * One moment out of each of so many equal stretches of a restore, the first two right at its start and the last at its
   * very end.
   */
  moments(count: number, seed: number): number[] {
    const random = seededRandom(seed);
    return Array.from({ length: count }, (_, i) => {
      if (i === 0) return 1 + Math.floor(random() * 20);
      if (i === 1) return 30 + Math.floor(random() * 200);
      const share = i === count - 1 ? 0.97 : (i + random()) / count;
      return this.at(share);
    });
  }

  /** The moment at which a restore has about this share of itself behind it. */
  at(share: number): number {
    return Math.floor(share * this.#operations);
  }

  /** Plans to bring back the point and starts it in a process that dies of so many operations. */
  async kill(operations: number): Promise<Killed> {
    const plan = await this.bench.plan(this.#pointId);
    return { plan, moment: await this.killPlan(plan, operations) };
  }

  /** Plans to bring back the point, and kills that among its steps; the bench is open again. */
  async killAmongSteps(): Promise<RestorePlan> {
    for (; this.#shareOfSteps < 1; this.#shareOfSteps += 0.05) {
      const { plan, moment } = await this.kill(this.at(this.#shareOfSteps));
      await this.bench.reopen();
      if (moment === 'steps') return plan;
    }
    throw new Error('no restore could be killed among its steps');
  }

  /** Where the process that carries the plan out, or goes on with it, died; undefined when it did not. */
  async killPlan(plan: RestorePlan, operations: number): Promise<Moment | undefined> {
    await this.bench.leave();
    const ended = await restoreKilled(this.bench, plan, operations);
    return ended === undefined ? momentOf(this.bench, plan) : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
    await this.bench[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
  }

  async #measure(): Promise<void> {
    await this.break();
    const plan = await this.bench.plan(this.#pointId);
    await this.bench.leave();
    const ended = await restoreKilled(this.bench, plan, NEVER);
    if (ended?.state !== 'succeeded') throw new Error(`the restore to measure ended as ${ended?.state}`);
    this.#operations = ended.operations;
    await this.bench.reopen();
  }
}
