import { isWithin, type Key } from '../../../shared/order/key.ts';
import { isZooKeeperError, type WatchEvent, type ZooKeeperClient } from '../../protocols/zookeeper/index.ts';
import type { Link } from './link.ts';
import { keyOf, parentPath, pathOf } from './paths.ts';

/** Paths kept before the watch gives up and counts what it missed as a gap. */
const MOST_PATHS = 500_000;

/** What changed while nobody looked. */
export interface Changes {
  /** Every node that was created, changed or deleted, and the parents of those created or deleted. */
  readonly paths: ReadonlySet<string>;
  /** Nodes only got other data: none was created or deleted. */
  readonly dataOnly: boolean;
}

/**
 * Collects what recursive watches report (3.6 and later). The servers send an event before any reply that shows its
 * effect, so when the reply of a `sync` is here, the events of everything before it are. They report data, creation
 * and deletion; not changes of ACLs, and not what happened while the connection was lost: then `era` changes.
 */
export class ChangeWatch {
  readonly #link: Link;
  readonly #roots: readonly Key[];
  #client: ZooKeeperClient | undefined;
  #watches: { remove(): Promise<void> }[] = [];
  #era = 0;
  #paths = new Set<string>();
  #dataOnly = true;

  constructor(link: Link, roots: readonly Key[]) {
    this.#link = link;
    this.#roots = roots;
  }

  /** Begins to watch, again after the session was replaced. Where the servers cannot, it stays undefined. */
  async ensure(signal?: AbortSignal): Promise<void> {
    await this.#link.read(async (client) => {
      if (this.#client === client) return;
      this.#era++;
      this.#watches = [];
      this.#client = undefined;
      if ((await client.capabilities(signal && { signal })).addWatch) await this.#begin(client, signal);
    }, signal);
  }

  /** Stands for an unbroken time of watching; undefined while nothing is watched. */
  get era(): number | undefined {
    return this.#client !== undefined && this.#client === this.#link.client ? this.#era : undefined;
  }

  /** True where the node's changes are reported. */
  covers(path: string): boolean {
    const key = keyOf(path);
    return this.#roots.some((root) => isWithin(key, root));
  }

  /** Hands over what was collected and begins anew. */
  take(): Changes {
    const changes = { paths: this.#paths, dataOnly: this.#dataOnly };
    this.#paths = new Set();
    this.#dataOnly = true;
    return changes;
  }

  /** True when a change of the node is collected and not taken yet. */
  saw(path: string): boolean {
    return this.#paths.has(path);
  }

  async end(): Promise<void> {
    const watches = this.#watches;
    this.#watches = [];
    this.#client = undefined;
    // The session may be gone, and its watches with it.
    await Promise.all(watches.map((watch) => watch.remove().catch(() => {})));
  }

  async #begin(client: ZooKeeperClient, signal: AbortSignal | undefined): Promise<void> {
    const listener = (event: WatchEvent): void => this.#note(client, event);
    for (const root of this.#roots) {
      try {
        const watch = await client.addWatch(
          pathOf(root),
          'persistentRecursive',
          listener,
          signal && { signal },
        );
        this.#watches.push(watch);
      } catch (error) {
        if (isZooKeeperError(error, 'NoAuth')) return;
        throw error;
      }
    }
    this.#client = client;
  }

  #note(client: ZooKeeperClient, { type, path }: WatchEvent): void {
    if (client !== this.#client) return;
    if (type === 'gap' || this.#paths.size >= MOST_PATHS) {
      this.#era++;
      return;
    }
    this.#paths.add(path);
    if (type === 'dataChanged') return;
    this.#dataOnly = false;
    const parent = parentPath(path);
    if (parent !== undefined) this.#paths.add(parent);
  }
}
