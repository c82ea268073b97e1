import type { ZooKeeperClient } from '../../protocols/zookeeper/index.ts';
import type { Link } from './link.ts';

/*
 * Why several sessions: ACLs can be read only by a request for each node, and servers with ZooKeeper's own (NIO)
 * network layer take one request from one connection at a time, with a hand-over between threads for each. With more
 * connections every hand-over serves several requests. See docs/adr/0030.
 */

/** Sessions that read side by side, the link's own among them. */
const SESSIONS = 8;

/** Takes reads, repeating them as a {@link Link} does. */
export type Reads = Pick<Link, 'read'>;

/**
 * Several sessions that take turns to read. Each of them by itself never goes back in the service's history, but what
 * one has seen another may not see yet: after `sync` all of them see at least the service at that position, and what
 * any of them has seen by now is not after `newest`.
 */
export class Lanes implements Reads, AsyncDisposable {
  readonly #main: Link;
  #lanes: readonly Link[];
  #turn = 0;
  #newest = 0n;

  private constructor(main: Link, lanes: readonly Link[]) {
    this.#main = main;
    this.#lanes = [main, ...lanes];
  }

  /**
   * Opens as many sessions as there may be requests under way. Those that the servers refuse, as when they limit the
   * connections of one host, are done without. Every opened session moves the service's position.
   */
  static async open(main: Link, requestsInFlight: number, signal?: AbortSignal): Promise<Lanes> {
    const more = Math.max(0, Math.min(SESSIONS, requestsInFlight) - 1);
    const opened = await Promise.allSettled(Array.from({ length: more }, () => main.another(signal)));
    const lanes = new Lanes(
      main,
      opened.flatMap((lane) => (lane.status === 'fulfilled' ? [lane.value] : [])),
    );
    if (signal?.aborted !== true) return lanes;
    await lanes.close();
    throw signal.reason;
  }

  /** The newest transaction that any of the sessions may have seen. */
  get newest(): bigint {
    return this.#newest;
  }

  /** Resolves when every session sees what the service was at `position`, or later. One that does not is given up. */
  async sync(position: bigint, signal?: AbortSignal): Promise<void> {
    await Promise.all(
      this.#lanes.map((lane) => this.#orMain(lane, (each) => each.sync(signal, position), signal)),
    );
  }

  read<T>(work: (client: ZooKeeperClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#turn = (this.#turn + 1) % this.#lanes.length;
    const noting = async (client: ZooKeeperClient): Promise<T> => {
      const outcome = await work(client);
      // A reply tells how far its server is, which no reply before it was ahead of.
      if (client.lastZxid > this.#newest) this.#newest = client.lastZxid;
      return outcome;
    };
    return this.#orMain(this.#lanes[this.#turn] ?? this.#main, (lane) => lane.read(noting, signal), signal);
  }

  /** Ends all sessions but the link's own. */
  async close(): Promise<void> {
    const lanes = this.#lanes.filter((lane) => lane !== this.#main);
    this.#lanes = [this.#main];
    await Promise.all(lanes.map((lane) => lane.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A lane that cannot be had back, as when its place was taken by another program, is given up: the link has to do. */
  async #orMain<T>(
    lane: Link,
    work: (lane: Link) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    try {
      return await work(lane);
    } catch (error) {
      if (lane === this.#main || signal?.aborted === true) throw error;
      this.#lanes = this.#lanes.filter((other) => other !== lane);
      await lane.close();
      return work(this.#main);
    }
  }
}
