import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type ArchiveFacts, PartCheck, type PartJob, type PartVerdict } from './part-check.ts';

/** Checks the parts of one stretch at a time, several stretches at once. */
export interface PartCheckers {
  /** How many stretches are worth having under way. */
  readonly atOnce: number;
  /** Takes the jobs' bytes over: each must have a buffer of its own. */
  check(jobs: readonly PartJob[]): Promise<readonly PartVerdict[]>;
  close(): Promise<void>;
}

const MOST_THREADS = 4;
/** Below this many bytes of file, starting threads takes longer than it saves. */
const THREADS_FROM = 8 * 1024 * 1024;
/** Megabytes. Blocks' texts die young and would otherwise fill a large nursery in every thread. */
const YOUNG_GENERATION = 4;

/** On this thread for a small file, else on as many as there are cores. */
export function openPartCheckers(facts: ArchiveFacts, fileSize: number): PartCheckers {
  return fileSize < THREADS_FROM ? new OwnThread(facts) : new Threads(facts);
}

class OwnThread implements PartCheckers {
  readonly atOnce = 1;
  readonly #check: PartCheck;

  constructor(facts: ArchiveFacts) {
    this.#check = new PartCheck(facts);
  }

  async check(jobs: readonly PartJob[]): Promise<readonly PartVerdict[]> {
    return jobs.map((job) => this.#check.check(job));
  }

  async close(): Promise<void> {}
}

class Threads implements PartCheckers {
  readonly #threads: readonly Thread[];

  constructor(facts: ArchiveFacts) {
    const count = Math.min(MOST_THREADS, availableParallelism());
    this.#threads = Array.from({ length: count }, () => new Thread(facts));
  }

  get atOnce(): number {
    return this.#threads.length + 1;
  }

  check(jobs: readonly PartJob[]): Promise<readonly PartVerdict[]> {
    const idlest = this.#threads.reduce((best, thread) => (thread.waiting < best.waiting ? thread : best));
    return idlest.check(jobs);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

interface Waiter {
  resolve(verdicts: readonly PartVerdict[]): void;
  reject(error: unknown): void;
}

/** One worker thread; it answers in the order in which it was asked. */
class Thread {
  readonly #worker: Worker;
  readonly #waiters: Waiter[] = [];
  /** Bytes of jobs that were given and not answered. */
  waiting = 0;

  constructor(facts: ArchiveFacts) {
    this.#worker = new Worker(new URL('./part-worker.ts', import.meta.url), {
      workerData: facts,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    this.#worker.on('message', (verdicts: readonly PartVerdict[]) =>
      this.#waiters.shift()?.resolve(verdicts),
    );
    this.#worker.on('error', (error) => {
      for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
    });
  }

  check(jobs: readonly PartJob[]): Promise<readonly PartVerdict[]> {
    const bytes = jobs.reduce((sum, job) => sum + job.bytes.length, 0);
    this.waiting += bytes;
    const answer = new Promise<readonly PartVerdict[]>((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#worker.postMessage(
        jobs,
        jobs.map((job) => job.bytes.buffer),
      );
    });
    return answer.finally(() => {
      this.waiting -= bytes;
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
