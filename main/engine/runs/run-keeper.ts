import type { LogLine } from '../../../shared/model/run.ts';

const SAVE_INTERVAL_MS = 1000;
/** What is kept in memory while it cannot be written. */
const MOST_OWED_LINES = 10_000;

/** Where a run is kept. Calls are synchronous and may throw. */
export interface RunStore {
  save(): void;
  appendLog(lines: readonly LogLine[]): void;
}

/**
 * Keeps a run while it goes on: its state at most once a second, its log lines of one turn of the event loop in one
 * write. A write that fails (a full disk) disturbs neither the run nor the process: it is tried again with the next
 * news and at the end.
 */
export class RunKeeper {
  readonly #store: RunStore;
  #saveTimer: NodeJS.Timeout | undefined;
  #logTimer: NodeJS.Immediate | undefined;
  #lines: LogLine[] = [];

  constructor(store: RunStore) {
    this.#store = store;
  }

  changed(): void {
    this.#saveTimer ??= setTimeout(() => {
      this.#saveTimer = undefined;
      attempt(() => this.#store.save());
    }, SAVE_INTERVAL_MS);
  }

  logged(line: LogLine): void {
    if (this.#lines.push(line) > MOST_OWED_LINES) this.#lines.shift();
    this.#logTimer ??= setImmediate(() => {
      this.#logTimer = undefined;
      attempt(() => this.#writeLines());
    });
  }

  /** Writes everything that is owed. Gives the error when that fails; may then be called again. */
  finish(): Error | undefined {
    clearTimeout(this.#saveTimer);
    clearImmediate(this.#logTimer);
    this.#saveTimer = undefined;
    this.#logTimer = undefined;
    const unsaved = attempt(() => this.#store.save());
    return unsaved ?? attempt(() => this.#writeLines());
  }

  #writeLines(): void {
    if (this.#lines.length === 0) return;
    this.#store.appendLog(this.#lines);
    this.#lines = [];
  }
}

function attempt(write: () => void): Error | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
