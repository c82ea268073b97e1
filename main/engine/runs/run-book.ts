import { type ErrorReport, HoldfastError, reportError } from '../../../shared/errors/error.ts';
import type { LogLine, Run, RunEvent, RunKind } from '../../../shared/model/run.ts';
import type { RunRepository } from '../../catalog/catalog.ts';
import type { Surroundings } from '../surroundings.ts';
import { RunRecorder } from './run-recorder.ts';
import { RunWatchers } from './run-watchers.ts';

export interface RunFacts {
  readonly kind: RunKind;
  readonly reason: Run['reason'];
  readonly task?: string;
  readonly cluster?: string;
  readonly undoes?: string;
  /** Chosen beforehand; random unless given. */
  readonly id?: string;
  /** Given when an interrupted run goes on under its own id. */
  readonly resume?: Run;
}

export type RunWork = (recorder: RunRecorder, signal: AbortSignal) => Promise<void>;

interface ActiveRun {
  readonly recorder: RunRecorder;
  readonly watchers: RunWatchers;
  readonly abort: AbortController;
  readonly finished: Promise<Run>;
}

const SAVE_INTERVAL_MS = 1000;

/** Starts runs, follows them while they are under way, and knows the one that a task has running. */
export class RunBook {
  readonly #store: RunRepository;
  readonly #surroundings: Surroundings;
  readonly #active = new Map<string, ActiveRun>();

  constructor(store: RunRepository, surroundings: Surroundings) {
    this.#store = store;
    this.#surroundings = surroundings;
  }

  /**
   * Starts a run and returns at once; `finished` waits for it.
   * @throws HoldfastError `engine.task-busy` when the task has a run under way.
   */
  start(facts: RunFacts, work: RunWork): Run {
    this.#refuseSecondRun(facts.task);
    const run = this.#newRun(facts);
    const abort = new AbortController();
    const lines = new LogBuffer((batch) => this.#store.appendLog(run.id, batch));
    const watchers: RunWatchers = new RunWatchers(() => recorder.run);
    const saving = new Saving(() => this.#store.update(recorder.run));
    const recorder: RunRecorder = new RunRecorder(run, () => this.#surroundings.clock.now(), {
      changed: () => {
        saving.soon();
        watchers.changed();
      },
      logged: (line) => {
        lines.add(line);
        watchers.logged(line);
      },
    });
    if (facts.resume === undefined) this.#store.add(run);
    else this.#store.update(run);
    const finished = execute(recorder, work, abort.signal).then(() => {
      lines.flush();
      saving.now();
      this.#active.delete(run.id);
      watchers.ended();
      return recorder.run;
    });
    this.#active.set(run.id, { recorder, watchers, abort, finished });
    return run;
  }

  /** The run as it is now. @throws HoldfastError `engine.no-run` */
  show(id: string): Run {
    return this.#active.get(id)?.recorder.run ?? this.#store.get(id);
  }

  /** Resolves when the run has ended, in whatever state. */
  async finished(id: string): Promise<Run> {
    return (await this.#active.get(id)?.finished) ?? this.show(id);
  }

  /** Events from now on, the last one being `ended`. */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    const active = this.#active.get(id);
    if (active === undefined) yield { event: 'ended', run: this.show(id) };
    else yield* active.watchers.watch(signal);
  }

  /** Asks the run to stop; it ends as `cancelled` once it has left a known state. */
  cancel(id: string): void {
    const active = this.#active.get(id);
    if (active === undefined) {
      this.#store.get(id);
      return;
    }
    active.abort.abort(new HoldfastError('general.cancelled', { what: `Run ${id}` }));
  }

  isTaskBusy(task: string): boolean {
    return [...this.#active.values()].some((active) => active.recorder.run.task === task);
  }

  /** Stops everything under way and waits for it. What was stopped so is interrupted, not cancelled. */
  async close(): Promise<void> {
    for (const [id, { abort }] of this.#active)
      abort.abort(new HoldfastError('engine.stopping', { run: id }));
    await Promise.all([...this.#active.values()].map((active) => active.finished));
  }

  #refuseSecondRun(task: string | undefined): void {
    if (task !== undefined && this.isTaskBusy(task)) throw new HoldfastError('engine.task-busy', { task });
  }

  #newRun(facts: RunFacts): Run {
    const started = this.#surroundings.clock.now().toISOString();
    if (facts.resume !== undefined) {
      const { error: _, ended: __, ...kept } = facts.resume;
      return { ...kept, state: 'running' };
    }
    return {
      id: facts.id ?? this.#surroundings.randomHex(8),
      kind: facts.kind,
      state: 'running',
      ...(facts.task === undefined ? {} : { task: facts.task }),
      ...(facts.cluster === undefined ? {} : { cluster: facts.cluster }),
      ...(facts.undoes === undefined ? {} : { undoes: facts.undoes }),
      reason: facts.reason,
      started,
      steps: [],
      counts: {},
    };
  }
}

async function execute(recorder: RunRecorder, work: RunWork, signal: AbortSignal): Promise<void> {
  try {
    await work(recorder, signal);
    recorder.finish();
  } catch (thrown) {
    const report = reportError(signal.aborted ? signal.reason : thrown);
    recorder.log('error', `${report.message}. ${report.remedy}`);
    for (const cause of report.causes) recorder.log('error', `caused by: ${cause}`);
    recorder.fail(stateAfter(report), report);
  }
}

function stateAfter({ code, category }: ErrorReport): 'failed' | 'cancelled' | 'interrupted' {
  if (code === 'engine.stopping') return 'interrupted';
  return category === 'cancelled' ? 'cancelled' : 'failed';
}

/** Saves at most once a second while a run goes on, and surely at its end. */
class Saving {
  readonly #save: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(save: () => void) {
    this.#save = save;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => this.now(), SAVE_INTERVAL_MS);
  }

  now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#save();
  }
}

/** Collects log lines of one turn of the event loop into one write. */
class LogBuffer {
  readonly #write: (lines: readonly LogLine[]) => void;
  #lines: LogLine[] = [];

  constructor(write: (lines: readonly LogLine[]) => void) {
    this.#write = write;
  }

  add(line: LogLine): void {
    if (this.#lines.push(line) === 1) setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines;
    this.#lines = [];
    this.#write(lines);
  }
}
