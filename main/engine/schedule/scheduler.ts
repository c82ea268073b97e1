import type { Schedule } from '../../../shared/model/task.ts';
import type { Clock } from '../clock.ts';
import { credible, dueRun, nextDue } from './due.ts';
import { validateTimeZone } from './time-zone.ts';

export interface ScheduledTask {
  readonly id: string;
  readonly schedule: Schedule;
  readonly paused: boolean;
  /** Everything up to here has been seen to: the start of the last run by schedule, or the task's creation. */
  readonly handled: Date;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  /**
   * Runs a task; resolves when the run has ended, whatever became of it. `busy`: it was not started, because the
   * task runs for another reason or its cluster is being restored. Then, and after a rejection, it is asked for again within a minute.
   */
  readonly start: (task: string, reason: 'schedule' | 'catch-up') => Promise<'ended' | 'busy'>;
  /** A `start` that rejected. */
  readonly onError: (task: string, error: unknown) => void;
}

interface Entry {
  schedule: Schedule;
  paused: boolean;
  handled: Date;
  running: boolean;
}

/**
 * The clock is looked at no less often: it may have been set, and timers stand still while the machine sleeps.
 */
const LONGEST_WAIT = 60_000;

/** Starts tasks when they are due, each at most once at a time. Holds at most one timer. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #entries = new Map<string, Entry>();
  #cancelTimer: (() => void) | undefined;
  /** When it was last looked for what is due. */
  #looked: Date | undefined;
  #stopped = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /**
   * Adds a task or changes it. What fell before a change of the schedule, or into a pause, is not caught up.
   * @throws HoldfastError `engine.unknown-time-zone`
   */
  put({ id, schedule, paused, handled }: ScheduledTask): void {
    validateTimeZone(schedule.timeZone);
    const old = this.#entries.get(id);
    if (old === undefined) {
      this.#entries.set(id, { schedule, paused, handled, running: false });
    } else {
      const afresh = (old.paused && !paused) || !sameSchedule(old.schedule, schedule);
      old.handled = latest(old.handled, handled, ...(afresh ? [this.#options.clock.now()] : []));
      old.schedule = schedule;
      old.paused = paused;
    }
    this.#wake(0);
  }

  /** A run under way goes on. */
  remove(id: string): void {
    this.#entries.delete(id);
    this.#wake(0);
  }

  /** Starts nothing more. Runs under way go on. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #wake(milliseconds: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#stopped || this.#entries.size === 0) return;
    this.#cancelTimer = this.#options.clock.after(milliseconds, () => this.#startWhatIsDue());
  }

  #startWhatIsDue(): void {
    const now = this.#options.clock.now();
    let wait = LONGEST_WAIT;
    for (const [id, entry] of this.#entries) {
      if (entry.paused || entry.running) continue;
      const due = dueRun(entry.schedule, credible(entry.handled, now, this.#looked), now);
      if (due !== undefined) void this.#run(id, entry, due.reason, now);
      wait = Math.min(wait, nextDue(entry.schedule, entry.handled, now).getTime() - now.getTime());
    }
    this.#looked = now;
    this.#wake(wait);
  }

  async #run(id: string, entry: Entry, reason: 'schedule' | 'catch-up', now: Date): Promise<void> {
    entry.running = true;
    try {
      if ((await this.#options.start(id, reason)) === 'busy') return;
      entry.handled = latest(credible(entry.handled, now), now);
      this.#wake(0);
    } catch (error) {
      this.#options.onError(id, error);
    } finally {
      entry.running = false;
    }
  }
}

function latest(...dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map((date) => date.getTime())));
}

function sameSchedule(a: Schedule, b: Schedule): boolean {
  return a.start === b.start && a.every === b.every && a.unit === b.unit && a.timeZone === b.timeZone;
}
