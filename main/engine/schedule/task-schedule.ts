import type { Run } from '../../../shared/model/run.ts';
import type { Task } from '../../../shared/model/task.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Clock } from '../clock.ts';
import { Scheduler } from './scheduler.ts';

/** Starts a task's backup and resolves when the run has ended; `busy` when the task already runs or its
 * cluster is being restored. */
export type StartScheduled = (task: Task, reason: 'schedule' | 'catch-up') => Promise<'ended' | 'busy'>;

const SCHEDULED_REASONS: readonly Run['reason'][] = ['schedule', 'catch-up'];

/** Keeps the scheduler in step with the catalog's periodic tasks. Does nothing until it is started. */
export class TaskSchedule {
  readonly #catalog: Catalog;
  readonly #clock: Clock;
  #scheduler: Scheduler | undefined;

  constructor(catalog: Catalog, clock: Clock) {
    this.#catalog = catalog;
    this.#clock = clock;
  }

  /**
   * From now on due tasks are started. `onError` hears of runs that could not be started at all, and of tasks whose
   * schedule cannot be followed; the others go on.
   */
  start(startTask: StartScheduled, onError: (task: string, error: unknown) => void): void {
    this.#scheduler ??= new Scheduler({
      clock: this.#clock,
      start: async (id, reason) => startTask(this.#catalog.tasks.get(id), reason),
      onError,
    });
    for (const task of this.#catalog.tasks.list()) {
      try {
        this.put(task);
      } catch (error) {
        onError(task.id, error);
      }
    }
  }

  /** Adds a task or follows its change. */
  put(task: Task): void {
    const { id, schedule, paused, created } = task;
    if (this.#scheduler === undefined) return;
    if (schedule === undefined) {
      this.#scheduler.remove(id);
      return;
    }
    const last = this.#catalog.runs.latest(id, SCHEDULED_REASONS);
    this.#scheduler.put({ id, schedule, paused, handled: new Date(last?.started ?? created) });
  }

  remove(id: string): void {
    this.#scheduler?.remove(id);
  }

  stop(): void {
    this.#scheduler?.stop();
    this.#scheduler = undefined;
  }
}
