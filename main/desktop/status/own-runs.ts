import type { Status } from './status.ts';

/**
 * How many runs end with the program: those of its own host. While that does not answer, or wants a sign-in, they are
 * as many as it told last.
 */
export class OwnRuns {
  #hasOwnHost = false;
  #running = 0;

  get count(): number {
    return this.#hasOwnHost ? this.#running : 0;
  }

  /** A host is there. `isOwn`: it ends with the program. */
  hostUp(isOwn: boolean): void {
    this.#hasOwnHost = isOwn;
  }

  /** The host has ended, and its runs with it. */
  hostGone(): void {
    this.#hasOwnHost = false;
    this.#running = 0;
  }

  /** The host told how things are. */
  hear(status: Status): void {
    if (status.state !== 'away') this.#running = status.running;
  }
}
