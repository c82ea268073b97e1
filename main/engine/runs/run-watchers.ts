import type { LogLine, Run, RunEvent } from '../../../shared/model/run.ts';

const LEAST_INTERVAL_MS = 100;
const MOST_WAITING_LINES = 1000;

/**
 * Gives a run's events to any number of watchers. A slow watcher gets fewer progress events, never a growing
 * queue: progress is the run as it is when the watcher asks, log lines beyond a thousand lose the oldest.
 */
export class RunWatchers {
  readonly #watchers = new Set<Watcher>();
  readonly #current: () => Run;

  constructor(current: () => Run) {
    this.#current = current;
  }

  changed(): void {
    for (const watcher of this.#watchers) watcher.changed();
  }

  logged(line: LogLine): void {
    for (const watcher of this.#watchers) watcher.logged(line);
  }

  ended(): void {
    for (const watcher of this.#watchers) watcher.end();
  }

  async *watch(signal?: AbortSignal): AsyncGenerator<RunEvent> {
    if (signal?.aborted === true) return;
    const watcher = new Watcher();
    this.#watchers.add(watcher);
    const stop = () => watcher.leave();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      yield { event: 'progress', run: this.#current() };
      for (;;) {
        await watcher.wait();
        yield* logEvents(watcher.takeLines());
        if (watcher.left) return;
        if (watcher.finished) {
          // Those that came while the ones before were being taken.
          yield* logEvents(watcher.takeLines());
          yield { event: 'ended', run: this.#current() };
          return;
        }
        yield { event: 'progress', run: this.#current() };
        await watcher.pause(LEAST_INTERVAL_MS);
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#watchers.delete(watcher);
    }
  }
}

function logEvents(lines: readonly LogLine[]): readonly RunEvent[] {
  return lines.map((line) => ({ event: 'log', line }));
}

class Watcher {
  #lines: LogLine[] = [];
  #news = false;
  #urgent = false;
  #wake: () => void = () => {};
  finished = false;
  left = false;

  changed(): void {
    this.#news = true;
    this.#wake();
  }

  logged(line: LogLine): void {
    this.#lines.push(line);
    if (this.#lines.length > MOST_WAITING_LINES) this.#lines.shift();
    this.changed();
  }

  end(): void {
    this.finished = true;
    this.#stop();
  }

  leave(): void {
    this.left = true;
    this.#stop();
  }

  takeLines(): readonly LogLine[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  async wait(): Promise<void> {
    while (!this.#news) await this.#sleep();
    this.#news = false;
  }

  async pause(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds;
    for (let left = milliseconds; left > 0 && !this.#urgent; left = until - performance.now()) {
      await this.#sleep(left);
    }
  }

  /** Ends every wait at once. */
  #stop(): void {
    this.#urgent = true;
    this.changed();
  }

  #sleep(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.#wake = () => {
        if (milliseconds !== undefined && !this.#urgent) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
