import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Engine, openEngine } from '../../../main/engine/engine.ts';
import type { Surroundings } from '../../../main/engine/surroundings.ts';
import type { TaskView } from '../../../shared/contract/contract.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { Run, RunEvent } from '../../../shared/model/run.ts';
import type { Policy, Schedule } from '../../../shared/model/task.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';

interface Target {
  readonly connectString: string;
}

/** What a test says of a task's source; the rest has a default. */
export interface SourceWish {
  readonly service?: string;
  readonly storage?: string;
  readonly directory?: string;
  readonly roots?: readonly string[];
  readonly maximumCopies?: number;
  readonly key?: string;
  readonly consent?: boolean;
}

export interface TaskWish {
  readonly cluster?: string;
  readonly policy?: Policy;
  readonly schedule?: Schedule;
  readonly sources?: readonly SourceWish[];
}

/** A run that has ended, with everything it told. */
export interface EndedRun {
  readonly run: Run;
  /** `level: text`, one a line. */
  readonly log: readonly string[];
}

export const OPTIONS = { auth: 'digest', user: 'super', password: 'top-secret-of-super' } as const;
export const SUPER = `${OPTIONS.user}:${OPTIONS.password}`;

/** An installation of Holdfast: an engine with its own data directory, driven as its faces drive it. */
export class Workstation implements AsyncDisposable {
  readonly dataDirectory: string;
  readonly #surroundings: Partial<Surroundings>;
  readonly #folder: string | undefined;
  #engine: Engine;

  private constructor(
    engine: Engine,
    dataDirectory: string,
    surroundings: Partial<Surroundings>,
    folder: string | undefined,
  ) {
    this.#engine = engine;
    this.dataDirectory = dataDirectory;
    this.#surroundings = surroundings;
    this.#folder = folder;
  }

  /** With a data directory that goes with it, unless one is given. */
  static async open(surroundings: Partial<Surroundings> = {}, dataDirectory?: string): Promise<Workstation> {
    const folder = dataDirectory === undefined ? workFolder('workstation') : undefined;
    const directory = dataDirectory ?? join(folder ?? '', 'data');
    const engine = await openEngine({ dataDirectory: directory, surroundings });
    return new Workstation(engine, directory, surroundings, folder);
  }

  get client() {
    return createRouterClient(this.#engine.router);
  }

  startScheduler(): void {
    this.#engine.startScheduler();
  }

  /** Ends the engine as the end of its process would. */
  close(): Promise<void> {
    return this.#engine.close();
  }

  async reopen(): Promise<void> {
    await this.close();
    this.#engine = await openEngine({
      dataDirectory: this.dataDirectory,
      surroundings: this.#surroundings,
    });
  }

  async initVault(): Promise<void> {
    await this.client.vault.init({ kind: 'key-file', path: join(this.dataDirectory, '..', 'vault.key') });
  }

  /** One ZooKeeper service for each target: `ZooKeeper`, `ZooKeeper-2`, … */
  async addCluster(
    name: string,
    targets: readonly Target[],
    options: Readonly<Record<string, unknown>> = {},
    limits?: { requestsInFlight: number; objectsPerSecond?: number },
  ): Promise<void> {
    await this.client.clusters.add({
      name,
      environment: 'test',
      readOnly: false,
      ...(limits === undefined ? {} : { limits }),
      services: targets.map(({ connectString }, index) => ({
        source: 'zookeeper',
        service: index === 0 ? 'ZooKeeper' : `ZooKeeper-${index + 1}`,
        options: { connectString, ...options },
      })),
    });
  }

  async addStorage(name: string, directory: string): Promise<void> {
    await this.client.storages.add({ name, driver: 'local', options: { directory } });
  }

  createTask(name: string, wish: TaskWish = {}): Promise<TaskView> {
    const { cluster = 'zk', policy = { kind: 'full' }, schedule, sources = [{}] } = wish;
    return this.client.tasks.create({
      name,
      cluster,
      policy,
      ...(schedule === undefined ? {} : { schedule }),
      sources: sources.map(({ service = 'ZooKeeper', roots = ['/'], ...source }) => ({
        service,
        selection: { roots: [...roots] },
        storage: 'disk',
        directory: '',
        maximumCopies: 10,
        consent: true,
        ...source,
      })),
    });
  }

  /** Runs a task and waits for its end. */
  async run(name: string): Promise<EndedRun> {
    return this.ended((await this.client.tasks.run({ name })).id);
  }

  /** Follows a run to its end. */
  async ended(run: string): Promise<EndedRun> {
    let last: RunEvent | undefined;
    for await (const event of await this.client.runs.watch({ run })) last = event;
    if (last?.event !== 'ended') throw new Error(`the events of run ${run} stopped at ${last?.event}`);
    const log = await this.client.runs.log({ run });
    return { run: last.run, log: log.map(({ level, text }) => `${level}: ${text}`) };
  }

  /** Runs a task that must succeed; gives its point. */
  async backup(name: string): Promise<Point> {
    const { run, log } = await this.run(name);
    if (run.state !== 'succeeded') throw new Error(`the run of ${name} ${run.state}: ${log.join('; ')}`);
    return this.client.points.show({ point: run.id });
  }

  /** Ids of all points, newest first. */
  async points(): Promise<string[]> {
    return (await this.client.points.list({ limit: 1000 })).map(({ id }) => id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    if (this.#folder !== undefined) removeWorkFolder(this.#folder);
  }
}
