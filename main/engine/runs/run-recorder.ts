import type { ErrorReport } from '../../../shared/errors/error.ts';
import { plainParams } from '../../../shared/errors/text.ts';
import { type MessageCode, type MessageParams, say } from '../../../shared/messages/message.ts';
import type { LogLine, Run, RunState, RunStep } from '../../../shared/model/run.ts';

/** Where a run's progress goes. Called as often as the work likes: coalescing is the listener's. */
export interface RunListener {
  changed(): void;
  logged(line: LogLine): void;
}

/** Follows one step of a run. */
export interface StepRecorder {
  /** Objects done so far and, where known, in all. */
  progress(done: number, total?: number): void;
  addBytes(bytes: number): void;
  end(state: RunState): void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What the work of a run writes to: steps, counts, log, outcome. The run it shows is a copy. */
export class RunRecorder {
  readonly #run: Mutable<Run>;
  readonly #now: () => Date;
  readonly #listener: RunListener;
  readonly #signal: AbortSignal;
  #outcome: RunState = 'succeeded';

  /** `signal` aborts the run: what fails from then on fails because of that. */
  constructor(run: Run, now: () => Date, listener: RunListener, signal: AbortSignal) {
    this.#run = { ...run, steps: [...run.steps], counts: { ...run.counts } };
    this.#now = now;
    this.#listener = listener;
    this.#signal = signal;
  }

  get run(): Run {
    return {
      ...this.#run,
      steps: this.#run.steps.map((step) => ({ ...step })),
      counts: { ...this.#run.counts },
    };
  }

  get id(): string {
    return this.#run.id;
  }

  step(name: string, subject: string): StepRecorder {
    const step: Mutable<RunStep> = {
      name,
      subject,
      state: 'running',
      started: this.#now().toISOString(),
      done: 0,
      bytes: 0,
    };
    this.#run.steps.push(step);
    this.#listener.changed();
    return {
      progress: (done, total) => {
        step.done = done;
        if (total !== undefined) step.total = total;
        this.#listener.changed();
      },
      addBytes: (bytes) => {
        step.bytes += bytes;
        this.#listener.changed();
      },
      end: (state) => {
        step.state = state;
        step.ended = this.#now().toISOString();
        this.#listener.changed();
      },
    };
  }

  /** Runs one step; its state follows from how the work ends. A step that an abort ends gets the run's state. */
  async during<T>(name: string, subject: string, work: (step: StepRecorder) => Promise<T>): Promise<T> {
    const step = this.step(name, subject);
    try {
      const result = await work(step);
      step.end('succeeded');
      return result;
    } catch (error) {
      if (!this.#signal.aborted) step.end('failed');
      throw error;
    }
  }

  count(name: string, by = 1): void {
    this.#run.counts[name] = (this.#run.counts[name] ?? 0) + by;
    this.#listener.changed();
  }

  /** Begins these counts anew: what an earlier attempt counted is done again, and counted then. */
  recount(...names: readonly string[]): void {
    for (const name of names) delete this.#run.counts[name];
    this.#listener.changed();
  }

  log<C extends MessageCode>(level: LogLine['level'], code: C, ...params: MessageParams<C>): void {
    this.#listener.logged({ at: this.#now().toISOString(), level, ...say(code, ...params) });
  }

  attach(facts: Partial<Pick<Run, 'point' | 'cluster' | 'undoes'>>): void {
    Object.assign(this.#run, facts);
  }

  /** The state that the run ends in when nothing throws; the worst one said wins over success. */
  conclude(state: 'incomplete' | 'conflict' | 'failed'): void {
    if (this.#outcome === 'succeeded' || state === 'failed') this.#outcome = state;
  }

  finish(): void {
    this.#end(this.#outcome);
  }

  fail(state: 'failed' | 'cancelled' | 'interrupted', error: ErrorReport): void {
    this.#run.error = { ...error, params: plainParams(error.params), causes: [...error.causes] };
    const ended = this.#now().toISOString();
    this.#run.steps = this.#run.steps.map((step) =>
      step.state === 'running' ? { ...step, state, ended } : step,
    );
    this.#end(state);
  }

  #end(state: RunState): void {
    this.#run.state = state;
    this.#run.ended = this.#now().toISOString();
    this.#listener.changed();
  }
}
