import type { Connection } from './connection.ts';
import { ZooKeeperError } from './errors.ts';
import { JuteFormatError, type JuteReader } from './jute-reader.ts';
import { OpCode, Xid } from './opcodes.ts';
import type { Chroot } from './paths.ts';
import type { WatchEvent, WatchListener, WatchMode } from './types.ts';

interface Entry {
  readonly mode: WatchMode;
  readonly listeners: Set<WatchListener>;
}

/** `Watcher.Event.EventType`. */
const eventTypes: ReadonlyMap<number, WatchEvent['type']> = new Map([
  [1, 'created'],
  [2, 'deleted'],
  [3, 'dataChanged'],
  [4, 'childrenChanged'],
]);

/** Characters of paths in one setWatches2 frame: far below the server's frame limit of 1 MiB. */
const restoreCharacters = 64 * 1024;

/** The standing watches of a session, by the caller's paths. */
export class Watches {
  #chroot: Chroot;
  #entries = new Map<string, Entry>();

  constructor(chroot: Chroot) {
    this.#chroot = chroot;
  }

  /** Throws `BadArguments` where the path is watched in the other mode: a server keeps one per path. */
  add(path: string, mode: WatchMode, listener: WatchListener): void {
    const entry = this.#entries.get(path) ?? { mode, listeners: new Set() };
    if (entry.mode !== mode) {
      const message = `the path is watched as ${entry.mode} already`;
      throw new ZooKeeperError('BadArguments', { op: 'addWatch', path, message });
    }
    entry.listeners.add(listener);
    this.#entries.set(path, entry);
  }

  /** True where this was the last listener of its path. */
  remove(path: string, listener: WatchListener): boolean {
    const entry = this.#entries.get(path);
    if (entry === undefined || !entry.listeners.delete(listener) || entry.listeners.size > 0) return false;
    return this.#entries.delete(path);
  }

  /** Hands a `WatcherEvent` to whom it concerns. */
  dispatch(body: JuteReader, zxid: bigint): void {
    const type = eventTypes.get(body.int());
    body.int();
    const path = this.#chroot.toClient(body.string());
    if (type === undefined) return;
    if (!path.startsWith('/')) throw new JuteFormatError('a watch event has no path');
    const event: WatchEvent = { type, path, zxid: zxid > 0n ? zxid : null };
    notify(this.#entries.get(path), event);
    for (const above of ancestors(path)) {
      const entry = this.#entries.get(above);
      if (entry?.mode === 'persistentRecursive') notify(entry, event);
    }
  }

  /** Sets every watch again on a new connection of the session. */
  async restore(connection: Connection): Promise<void> {
    for (const chunk of this.#chunks()) {
      const persistent = chunk.filter((path) => this.#entries.get(path)?.mode === 'persistent');
      const recursive = chunk.filter((path) => this.#entries.get(path)?.mode === 'persistentRecursive');
      await connection.sendControl(Xid.setWatches, OpCode.setWatches2, 'setWatches', (w) => {
        w.long(connection.lastZxid);
        // Data, exist and child watches, which fire once: this client has none.
        for (let kind = 0; kind < 3; kind++) w.strings([]);
        w.strings(persistent.map((path) => this.#chroot.toServer(path)));
        w.strings(recursive.map((path) => this.#chroot.toServer(path)));
      });
    }
  }

  /** Tells every listener that changes went by unseen. */
  announceGap(): void {
    for (const [path, entry] of [...this.#entries]) notify(entry, { type: 'gap', path, zxid: null });
  }

  #chunks(): string[][] {
    const chunks: string[][] = [];
    let room = 0;
    for (const path of this.#entries.keys()) {
      room -= path.length;
      if (room < 0) {
        chunks.push([]);
        room = restoreCharacters - path.length;
      }
      chunks.at(-1)?.push(path);
    }
    return chunks;
  }
}

function notify(entry: Entry | undefined, event: WatchEvent): void {
  if (entry === undefined) return;
  // A server tells a recursive watch no children's changes; one meant for another watch is not passed on.
  if (entry.mode === 'persistentRecursive' && event.type === 'childrenChanged') return;
  for (const listener of [...entry.listeners]) callApart(() => listener(event));
}

/** A listener that throws must not end the connection: its error surfaces as an uncaught one. */
export function callApart(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function* ancestors(path: string): Generator<string> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) yield path.slice(0, at);
  if (path !== '/') yield '/';
}
