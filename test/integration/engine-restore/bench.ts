import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Engine, openEngine } from '../../../main/engine/engine.ts';
import type { RestoreOrder, RestorePlan } from '../../../shared/model/plan.ts';
import type { Run, RunEvent } from '../../../shared/model/run.ts';
import type { Opening } from '../../../shared/model/target.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { asSuper } from './tree.ts';

type Client = ReturnType<typeof clientOf>;

interface Target {
  readonly connectString: string;
}

export interface ClusterWish {
  readonly readOnly?: boolean;
  readonly limits?: { readonly requestsInFlight: number; readonly objectsPerSecond?: number };
  readonly options?: Readonly<Record<string, unknown>>;
}

function clientOf(engine: Engine) {
  return createRouterClient(engine.router);
}

/** An engine with a data directory, a vault and a storage of its own. */
export class Bench {
  readonly folder: string;
  readonly dataDirectory: string;
  readonly storageFolder: string;
  #engine: Engine;
  #tasks = 0;

  private constructor(folder: string, dataDirectory: string, engine: Engine) {
    this.folder = folder;
    this.dataDirectory = dataDirectory;
    this.storageFolder = join(folder, 'storage');
    this.#engine = engine;
  }

  /** `data` in place of a data directory in the bench's own folder. */
  static async open(name: string, data?: string): Promise<Bench> {
    const folder = workFolder(name);
    const dataDirectory = data ?? join(folder, 'data');
    const bench = new Bench(folder, dataDirectory, await openEngine({ dataDirectory }));
    await bench.client.vault.init({ kind: 'key-file', path: join(folder, 'vault.key') });
    await bench.client.storages.add({
      name: 'local',
      driver: 'local',
      options: { directory: bench.storageFolder },
    });
    return bench;
  }

  get client(): Client {
    return clientOf(this.#engine);
  }

  /** Ends the engine, as the end of its process would, so that another process can have its data directory. */
  async leave(): Promise<void> {
    await this.#engine.close();
  }

  async reopen(): Promise<void> {
    await this.#engine.close();
    this.#engine = await openEngine({ dataDirectory: this.dataDirectory });
  }

  async addCluster(name: string, target: Target, { readOnly = false, limits, options }: ClusterWish = {}) {
    return this.client.clusters.add({
      name,
      environment: 'test',
      readOnly,
      ...(limits === undefined ? {} : { limits }),
      services: [
        {
          source: 'zookeeper',
          service: 'ZooKeeper',
          options: { connectString: target.connectString, ...asSuper, ...options },
        },
      ],
    });
  }

  /** Backs the cluster up by a new task; gives the point's id. */
  async backup(
    cluster: string,
    roots: readonly string[] = ['/'],
    key?: string,
    maximumCopies = 10,
  ): Promise<string> {
    const name = `task-${++this.#tasks}`;
    await this.client.tasks.create({
      name,
      cluster,
      policy: { kind: 'full' },
      sources: [
        {
          service: 'ZooKeeper',
          selection: { roots: [...roots] },
          storage: 'local',
          directory: '',
          maximumCopies,
          consent: true,
          ...(key === undefined ? {} : { key }),
        },
      ],
    });
    const ended = await this.ended((await this.client.tasks.run({ name })).id);
    if (ended.state !== 'succeeded')
      throw new Error(`the backup ${ended.state}: ${JSON.stringify(ended.error)}`);
    return ended.id;
  }

  /** Path of the archive of a point. */
  async archiveOf(point: string): Promise<string> {
    const { archives } = await this.client.points.show({ point });
    return join(this.storageFolder, archives[0]?.path ?? '');
  }

  /** Plans to restore all of a point and make the cluster equal to it, unless told otherwise. */
  async plan(from: RestoreOrder['from'] | string, wish: Partial<RestoreOrder> = {}): Promise<RestorePlan> {
    const target: RestoreOrder['from'] = typeof from === 'string' ? { of: 'point', point: from } : from;
    const order = { from: target, services: [], select: [], mode: 'equal' as const, ...wish };
    for await (const event of await this.client.restores.plan(order)) {
      if (event.event === 'planned') return event.plan;
    }
    throw new Error('planning ended without a plan');
  }

  async start(plan: RestorePlan, opening?: Opening): Promise<Run> {
    const unseal = opening === undefined ? {} : { opening };
    return this.client.restores.start({ plan: plan.id, confirm: plan.clusterName, ...unseal });
  }

  /** Plans and carries out. */
  async restore(from: RestoreOrder['from'] | string, wish: Partial<RestoreOrder> = {}): Promise<Run> {
    const plan = await this.plan(from, wish);
    return this.ended((await this.start(plan, wish.opening)).id);
  }

  async resume(run: string, opening?: Opening): Promise<Run> {
    const unseal = opening === undefined ? {} : { opening };
    return this.ended((await this.client.restores.resume({ run, ...unseal })).id);
  }

  /** The run once it has ended. */
  async ended(run: string): Promise<Run> {
    return (await this.when(run, () => false)) as Run;
  }

  /** Follows a run until an event is met; the run as it is then, or as it ended. */
  async when(run: string, met: (event: RunEvent, run: Run) => boolean): Promise<Run | undefined> {
    let latest: Run | undefined;
    for await (const event of await this.client.runs.watch({ run })) {
      if (event.event !== 'log') latest = event.run;
      if (event.event === 'ended') return event.run;
      if (latest !== undefined && met(event, latest)) return latest;
    }
    return latest;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine.close();
    removeWorkFolder(this.folder);
  }
}

/** Whether a run is at least so many objects into the phase. */
export function isInto(run: Run, step: string, objects = 1): boolean {
  return run.steps.some(
    (each) => each.name.startsWith(step) && each.done >= objects && each.state === 'running',
  );
}
