import type { Cluster } from '../../shared/model/cluster.ts';
import type { Instant } from '../../shared/model/identifier.ts';
import type { Point, PointArchive } from '../../shared/model/point.ts';
import type { Proof } from '../../shared/model/proof.ts';
import type { LogLine, Run, RunKind, RunState } from '../../shared/model/run.ts';
import type { StorageConfig } from '../../shared/model/storage.ts';
import type { Task } from '../../shared/model/task.ts';

/*
 * What ran and what exists. A cache of the storages: everything but clusters, storages and the history of runs
 * can be built again from them.
 *
 * Calls are synchronous and atomic. What is read has been checked against its schema; a row that does not fit
 * fails with `catalog.damaged`. Full disks and the like fail with `catalog.failed`. Secrets never come here:
 * options hold references into the vault.
 */

/** Things that people call by a unique name. */
export interface NamedRepository<T extends { readonly id: string; readonly name: string }> {
  /** By name, in alphabetical order. */
  list(): T[];
  find(id: string): T | undefined;
  /** @throws `catalog.no-cluster`, `catalog.no-storage` or `catalog.no-task`; so do `byName`, `update`, `remove` */
  get(id: string): T;
  findByName(name: string): T | undefined;
  byName(name: string): T;
  /** @throws `catalog.name-taken` */
  add(item: T): void;
  /** Replaces the one of the same id. @throws `catalog.name-taken` */
  update(item: T): void;
  /**
   * A cluster or storage that a task uses stays: `catalog.in-use`. With a storage, what the catalog knew of its
   * archives goes; the archives stay where they are. With a task, its runs and points stay.
   */
  remove(id: string): void;
}

export interface RunFilter {
  /** Id of a task. */
  readonly task?: string;
  readonly kinds?: readonly RunKind[];
  readonly states?: readonly RunState[];
  /** Id of a cluster. */
  readonly cluster?: string;
  /** When they started, both ends included. */
  readonly since?: Instant;
  readonly until?: Instant;
  /** Only runs older than the one of this id: the last of the page before, which may be gone since. */
  readonly after?: string;
  readonly limit: number;
}

export interface RunRepository {
  add(run: Run): void;
  /** Replaces everything but the log. @throws `engine.no-run` */
  update(run: Run): void;
  find(id: string): Run | undefined;
  /** @throws `engine.no-run` */
  get(id: string): Run;
  /** By the id or an unambiguous beginning of it. @throws `engine.no-run`, `catalog.ambiguous-id` */
  resolve(id: string): Run;
  /** Newest first. @throws `engine.no-run` when there never was the one that it goes on after */
  list(filter: RunFilter): Run[];
  /** The task's latest run, of the given reasons if any are given. */
  latest(task: string, reasons?: readonly Run['reason'][]): Run | undefined;
  /** One transaction for all lines. @throws `engine.no-run` */
  appendLog(run: string, lines: readonly LogLine[]): void;
  /** Oldest first; `offset` lines are skipped. All of them unless limited. */
  log(run: string, page?: { readonly offset?: number; readonly limit?: number }): LogLine[];
  /** Runs that a dead process left running become interrupted, ended now. Gives them back, newest first. */
  interruptUnfinished(now: Date): Run[];
  /** Forgets ended runs (with their logs) that started before; the points stay. Gives their number. */
  forget(before: Date): number;
}

export interface PointFilter {
  readonly task?: string;
  readonly cluster?: string;
  /** When they were made, both ends included. */
  readonly since?: Instant;
  readonly until?: Instant;
  /** Only points older than the one of this id, which may be gone since. */
  readonly after?: string;
  readonly limit: number;
}

/** What a point has to be of; all that is given together. */
export interface PointOwner {
  /** Ids. */
  readonly task?: string;
  readonly cluster?: string;
}

export interface GoodPoint {
  readonly id: string;
  readonly created: Instant;
}

export interface PointRepository {
  /** Adds the point or replaces it, archives included. */
  put(point: Point): void;
  find(id: string): Point | undefined;
  /** @throws `engine.no-point` */
  get(id: string): Point;
  /** By the id or an unambiguous beginning of it. @throws `engine.no-point`, `catalog.ambiguous-id` */
  resolve(id: string): Point;
  /** Newest first. @throws `engine.no-point` when there never was the one that it goes on after */
  list(filter: PointFilter): Point[];
  /**
   * The newest point that can be gone back to: complete, and no verification found it damaged. With a service only
   * the archive of that service has to be so.
   */
  lastGood(of: PointOwner & { readonly service?: string }): GoodPoint | undefined;
  /** How many archives lie in each storage that has any, by its id; bytes. */
  contents(): ReadonlyMap<string, { readonly archives: number; readonly bytes: number }>;
  /** The archive and the point it belongs to. */
  findArchive(archive: string): { readonly point: Point; readonly archive: PointArchive } | undefined;
  /** Archives in a storage, oldest point first; of one task where given. */
  archivesIn(storage: string, task?: string): { readonly point: string; readonly archive: PointArchive }[];
  /** @throws `engine.no-point` */
  pin(id: string, pinned: boolean): void;
  /** Notes what a verification found, as `standingProof` has it. An archive that is not here is left alone. */
  verified(archive: string, proof: Proof): void;
  /** Takes an archive out; a point without archives goes, one that lost an archive is no longer complete. */
  removeArchive(archive: string): void;
  remove(id: string): void;
}

export interface Catalog {
  readonly clusters: NamedRepository<Cluster>;
  readonly storages: NamedRepository<StorageConfig>;
  readonly tasks: NamedRepository<Task>;
  readonly runs: RunRepository;
  readonly points: PointRepository;
  /** Everything that `work` does is kept, or nothing when it throws. Synchronous. May be nested. */
  transaction<T>(work: () => T): T;
  /** Reads every page and every row; gives what is wrong, one sentence each. Empty: sound. */
  check(): string[];
  close(): void;
}
