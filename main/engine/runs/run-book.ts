import { type ErrorReport, explainError, HoldfastError, reportError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { RUN_STATES } from '../../../shared/messages/words.ts';
import type { Run, RunEvent, RunKind } from '../../../shared/model/run.ts';
import type { RunRepository } from '../../catalog/catalog.ts';
import type { Surroundings } from '../surroundings.ts';
import { RunKeeper } from './run-keeper.ts';
import { RunRecorder } from './run-recorder.ts';
import { RunWatchers } from './run-watchers.ts';

export interface RunFacts {
  readonly kind: RunKind;
  readonly reason: Run['reason'];
  readonly task?: string;
  readonly cluster?: string;
  /** The recovery point that it uses. */
  readonly point?: string;
  readonly undoes?: string;
  /** Chosen beforehand; random unless given. */
  readonly id?: string;
  /** Given when an interrupted run goes on under its own id. */
  readonly resume?: Run;
}

export type RunWork = (recorder: RunRecorder, signal: AbortSignal) => Promise<void>;

interface OpenRun {
  readonly recorder: RunRecorder;
  readonly watchers: RunWatchers;
  readonly keeper: RunKeeper;
  readonly abort: AbortController;
}

interface ActiveRun extends OpenRun {
  readonly finished: Promise<Run>;
}

/** Starts runs, follows them while they are under way, and knows the one that a task has running. */
export class RunBook {
  readonly #store: RunRepository;
  readonly #surroundings: Surroundings;
  readonly #active = new Map<string, ActiveRun>();
  /** Ended runs that the catalog could not take. */
  readonly #owed = new Map<string, OpenRun>();
  #closed = false;

  constructor(store: RunRepository, surroundings: Surroundings) {
    this.#store = store;
    this.#surroundings = surroundings;
  }

  /**
   * Starts a run and returns at once; `finished` waits for it.
   * @throws HoldfastError `engine.task-busy` when the task has a run under way, `engine.not-resumable` when the run
   *   itself is, `engine.stopping` after `close`
   */
  start(facts: RunFacts, work: RunWork): Run {
    const run = this.#newRun(facts);
    this.#refuse(run);
    const open = this.#open(run);
    if (facts.resume === undefined) this.#store.add(run);
    else this.#store.update(run);
    this.#owed.delete(run.id);
    this.#active.set(run.id, { ...open, finished: this.#carryOut(open, work) });
    return run;
  }

  /** The run as it is now. @throws HoldfastError `engine.no-run` */
  show(id: string): Run {
    const open = this.#active.get(id) ?? this.#owed.get(id);
    return open?.recorder.run ?? this.#store.get(id);
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
    active.abort.abort(new HoldfastError('general.cancelled', { what: detail('run', { id }) }));
  }

  isTaskBusy(task: string): boolean {
    return [...this.#active.values()].some((active) => active.recorder.run.task === task);
  }

  /**
   * Stops everything under way and waits for it; nothing can be started any more. What was stopped so is
   * interrupted, not cancelled.
   */
  async close(): Promise<void> {
    this.#closed = true;
    for (const [id, { abort }] of this.#active) abort.abort(stopping(id));
    await Promise.all([...this.#active.values()].map((active) => active.finished));
    for (const { keeper } of this.#owed.values()) keeper.finish();
  }

  #open(run: Run): OpenRun {
    const abort = new AbortController();
    const watchers: RunWatchers = new RunWatchers(() => recorder.run);
    const keeper = new RunKeeper({
      save: () => this.#store.update(recorder.run),
      appendLog: (lines) => this.#store.appendLog(run.id, lines),
    });
    const listener = {
      changed: () => {
        keeper.changed();
        watchers.changed();
      },
      logged: (line: Parameters<RunKeeper['logged']>[0]) => {
        keeper.logged(line);
        watchers.logged(line);
      },
    };
    const now = () => this.#surroundings.clock.now();
    const recorder: RunRecorder = new RunRecorder(run, now, listener, abort.signal);
    return { recorder, watchers, keeper, abort };
  }

  async #carryOut(open: OpenRun, work: RunWork): Promise<Run> {
    const { recorder, watchers, keeper, abort } = open;
    try {
      await execute(recorder, work, abort.signal);
      const unkept = keeper.finish();
      if (unkept !== undefined) {
        recorder.log('error', 'run.history-unwritten', { problem: explainError(unkept).message });
        this.#owed.set(recorder.id, open);
      }
      return recorder.run;
    } finally {
      this.#active.delete(recorder.id);
      watchers.ended();
    }
  }

  #refuse({ id, task }: Run): void {
    if (this.#closed) throw stopping(id);
    if (this.#active.has(id))
      throw new HoldfastError('engine.not-resumable', { run: id, state: RUN_STATES.running });
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
      ...(facts.point === undefined ? {} : { point: facts.point }),
      ...(facts.undoes === undefined ? {} : { undoes: facts.undoes }),
      reason: facts.reason,
      started,
      steps: [],
      counts: {},
    };
  }
}

function stopping(run: string): HoldfastError {
  return new HoldfastError('engine.stopping', { what: detail('run', { id: run }) });
}

async function execute(recorder: RunRecorder, work: RunWork, signal: AbortSignal): Promise<void> {
  try {
    await work(recorder, signal);
    recorder.finish();
  } catch (thrown) {
    const reason = signal.aborted ? signal.reason : thrown;
    const report = reportError(reason);
    const { message: problem, remedy } = explainError(reason);
    recorder.log('error', 'run.failed', { problem, remedy });
    for (const cause of report.causes) recorder.log('error', 'run.cause', { cause });
    recorder.fail(stateAfter(report), report);
  }
}

function stateAfter({ code, category }: ErrorReport): 'failed' | 'cancelled' | 'interrupted' {
  if (code === 'engine.stopping') return 'interrupted';
  return category === 'cancelled' ? 'cancelled' : 'failed';
}
