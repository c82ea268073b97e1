import type { Clock } from './clock.ts';

/** What the engine takes from the world; injected, so that tests choose it. */
export interface Surroundings {
  readonly clock: Clock;
  /** From 0 inclusive to 1 exclusive. */
  readonly random: () => number;
  /** Twice as many hex digits as bytes. */
  readonly randomHex: (bytes: number) => string;
  /** Name of this machine, for leases and messages. */
  readonly hostName: string;
  /** Where the SSH agent of whoever runs this listens; undefined: there is none. */
  readonly sshAgent?: string | undefined;
}
