import { HostNotStarted, type HostProblem, type RunningHost } from './host-child.ts';

/** How the host is. `gone`: it ended or did not start, and is started again soon. `failed`: only when told to. */
export type HostState =
  | { readonly state: 'starting' }
  | { readonly state: 'up'; readonly host: RunningHost }
  | { readonly state: 'gone' | 'failed'; readonly problem: HostProblem };

/** What a supervisor does its work with. */
export interface SupervisorWorld {
  /** The host that has the data directory already; undefined when none has. */
  find(): Promise<RunningHost | undefined>;
  /** Starts one of our own; the signal ends it before it serves. @throws HostNotStarted */
  launch(signal: AbortSignal): Promise<RunningHost>;
  /** Milliseconds, monotonic. */
  now(): number;
  delay(milliseconds: number): Promise<void>;
}

/** Milliseconds before the next try, by the number of those that failed in a row; after the last it gives up. */
const DELAYS = [250, 1000, 3000, 8000];
/** Milliseconds after which a host that ends counts as one that had worked. */
const STEADY = 60_000;

/** Keeps a host there: finds or starts one, and again when it ends; gives up when it ends again and again. */
export class HostSupervisor {
  readonly #world: SupervisorWorld;
  readonly #tell: (state: HostState) => void;
  #state: HostState = { state: 'starting' };
  readonly #stopping = new AbortController();
  #again: (() => void) | undefined;
  #working: Promise<void> | undefined;

  /** `tell` is called with each new state. */
  constructor(world: SupervisorWorld, tell: (state: HostState) => void) {
    this.#world = world;
    this.#tell = tell;
  }

  get state(): HostState {
    return this.#state;
  }

  start(): void {
    this.#working ??= this.#work();
  }

  /** Tries again at once after it has given up. */
  retry(): void {
    this.#again?.();
  }

  /** Ends our own host cleanly; resolves when it is gone. One that is not ours goes on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#again?.();
    if (this.#state.state === 'up') return this.#state.host.stop();
    // Between two tries there is nothing to end.
    if (this.#state.state !== 'gone') await this.#working;
  }

  async #work(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      this.#become({ state: 'starting' });
      const { problem, wasSteady } = await this.#once();
      if (this.#stopping.signal.aborted) return;
      failures = wasSteady ? 0 : failures;
      // What a person has to put right first is told at once.
      const pause = problem.retryable === false ? undefined : DELAYS[failures];
      failures++;
      if (pause === undefined) {
        failures = 0;
        await this.#giveUp(problem);
      } else {
        this.#become({ state: 'gone', problem });
        await this.#world.delay(pause);
      }
    }
  }

  /** From finding or starting a host to its end. */
  async #once(): Promise<{ readonly problem: HostProblem; readonly wasSteady: boolean }> {
    const { signal } = this.#stopping;
    try {
      const found = await this.#world.find();
      signal.throwIfAborted();
      const host = found ?? (await this.#world.launch(signal));
      // It served all the same.
      if (signal.aborted) await host.stop();
      signal.throwIfAborted();
      const since = this.#world.now();
      this.#become({ state: 'up', host });
      const problem = await host.ended;
      return { problem, wasSteady: this.#world.now() - since > STEADY };
    } catch (error) {
      return { problem: problemOf(error), wasSteady: false };
    }
  }

  async #giveUp(problem: HostProblem): Promise<void> {
    const asked = new Promise<void>((resolve) => {
      this.#again = resolve;
    });
    this.#become({ state: 'failed', problem });
    await asked;
    this.#again = undefined;
  }

  #become(state: HostState): void {
    this.#state = state;
    if (!this.#stopping.signal.aborted) this.#tell(state);
  }
}

function problemOf(error: unknown): HostProblem {
  if (error instanceof HostNotStarted) return error.problem;
  return { params: {}, text: error instanceof Error ? error.message : String(error) };
}
