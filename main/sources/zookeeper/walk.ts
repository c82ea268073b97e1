import type { Key } from '../../../shared/order/key.ts';
import { isZooKeeperError, type NodeRead, ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import type { LoadGate } from '../load.ts';
import type { Reads } from './lanes.ts';
import { pathOf } from './paths.ts';
import { type Scope, scopeAt } from './scope.ts';
import { compareDirectories, Directory, DirectoryQueue, type Slot, sortNames } from './walk-directory.ts';

/** A node as a walk met it. */
export interface Visited {
  readonly key: Key;
  readonly path: string;
  /** Whether the node is covered, or only on the way to what is. */
  readonly scope: Scope;
  /** The error where the node may not be read: what lies below it is not visited either. */
  readonly node: NodeRead | ZooKeeperError;
}

export interface WalkOptions {
  readonly link: Reads;
  readonly gate: LoadGate;
  /** What to visit, seen from the root of the tree. */
  readonly scope: Scope;
  /** Start here instead of at the root. */
  readonly start?: Key;
  readonly signal?: AbortSignal | undefined;
  /** Told of nodes that could be read while their children could not be listed: none of these is visited. */
  readonly onRefused?: (path: string) => void;
}

/** Paths of one request: larger ones are no faster. */
const BATCH = 200;
/**
 * Batches read ahead of the node that is given out next, for each that may be under way: the answers of several
 * sessions come in any order, and those that came need not wait for the slowest.
 */
const BATCHES_AHEAD = 2;
/** And nodes at most: each takes a kilobyte or two. */
const MOST_AHEAD = 16_000;
/** Bytes of data read ahead, as far as the nodes seen so far let it be foreseen. */
const LOOK_AHEAD_BYTES = 32 * 1024 * 1024;
/** Bytes that one batch of reads is meant to bring. */
const BATCH_BYTES = 2 * 1024 * 1024;
/** Names listed ahead of those that are asked for next. */
const LISTED_AHEAD = 20_000;
/** Children in one batch of listings. */
const LISTED_AT_ONCE = 50_000;
/** Nodes in a batch that goes past the look-ahead because nothing else can move. */
const NARROW_BATCH = 20;
/** Weight of the newest batch in the mean size of a node. */
const NEWEST = 0.5;

/**
 * Visits a tree depth first, in ascending key order, reading data, stat and ACL of every node. Many batches are under
 * way at once; they go ahead of the node that is given out next only so far that memory stays bounded, however wide
 * or deep the tree is. Nodes that vanish meanwhile are left out. The same path is never given out twice.
 */
export async function* walk(options: WalkOptions): AsyncGenerator<readonly Visited[]> {
  const walker = new Walker(options);
  try {
    for (;;) {
      const visited = walker.take();
      if (visited.length > 0) yield visited;
      else if (walker.finished) return;
      else await walker.progress();
    }
  } finally {
    walker.stop();
  }
}

class Walker {
  readonly #options: WalkOptions;
  /** Directories from the top to the one that is given out. */
  readonly #stack: Directory[] = [];
  readonly #unlisted = new DirectoryQueue();
  readonly #unread = new DirectoryQueue();
  /** Nodes that may be asked for and not given out. */
  readonly #lookAhead: number;
  #underWay = 0;
  /** Nodes asked for and not given out, and the bytes of those that were read. */
  #held = 0;
  #heldBytes = 0;
  /** Nodes asked for and not answered. */
  #asked = 0;
  #listed = 0;
  #meanBytes = 1024;
  #stopped = false;
  #failure: { readonly error: unknown } | undefined;
  #arrival: PromiseWithResolvers<void> | undefined;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#lookAhead = Math.min(MOST_AHEAD, BATCHES_AHEAD * BATCH * options.gate.requestsInFlight);
    const start = options.start ?? [];
    const top = new Directory(
      start.slice(0, -1),
      pathOf(start.slice(0, -1)),
      topScope(options.scope, start),
      0,
    );
    this.#adopt(top, start.slice(-1));
    if (start.length === 0) this.#askRoot(top);
    this.#stack.push(top);
  }

  get finished(): boolean {
    return this.#stack.length === 0;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Resolves after the next answer. */
  async progress(): Promise<void> {
    if (this.#failure === undefined) {
      this.#arrival ??= Promise.withResolvers();
      this.#pump();
      await this.#arrival.promise;
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** What can be given out now. */
  take(): readonly Visited[] {
    const visited: Visited[] = [];
    for (let directory = this.#stack.at(-1); directory !== undefined; directory = this.#stack.at(-1)) {
      const slot = directory.head;
      if (slot === undefined && directory.finished) this.#stack.pop();
      else if (slot?.read === undefined) break;
      else this.#give(slot, slot.read, visited);
    }
    this.#pump();
    return visited;
  }

  #give(slot: Slot, node: NodeRead | ZooKeeperError | null, visited: Visited[]): void {
    const { directory, name, path, scope } = slot;
    directory.give();
    this.#held--;
    if (node !== null) {
      const key = name === '' ? [] : [...directory.key, name];
      visited.push({ key, path, scope, node });
      this.#heldBytes -= bytesOf(node);
    }
    if (slot.children !== undefined) this.#stack.push(slot.children);
  }

  /** Sends as many batches as the limits allow. */
  #pump(): void {
    const { gate } = this.#options;
    while (!this.#stopped && this.#underWay < gate.requestsInFlight) {
      const directories = this.#nextListings();
      if (directories.length > 0) {
        this.#send(directories.length, () => this.#list(directories));
        continue;
      }
      const slots = this.#nextReads();
      if (slots.length === 0) break;
      this.#send(slots.length, () => this.#read(slots));
    }
  }

  #nextListings(): Directory[] {
    const directories: Directory[] = [];
    let expected = 0;
    const most = this.#options.gate.batchSize(BATCH);
    for (let next = this.#unlisted.first; next !== undefined; next = this.#unlisted.first) {
      if (this.#listed + expected + next.expected > LISTED_AHEAD && !this.#comesNext(next)) break;
      if (directories.length > 0 && expected + next.expected > LISTED_AT_ONCE) break;
      if (directories.length >= most) break;
      this.#unlisted.shift();
      directories.push(next);
      expected += next.expected;
    }
    this.#listed += expected;
    return directories;
  }

  /** True when nothing can be given out after the nodes under way until this directory is listed. */
  #comesNext(directory: Directory): boolean {
    const unread = this.#unread.first;
    return unread === undefined || compareDirectories(directory, unread) < 0;
  }

  #nextReads(): Slot[] {
    const room =
      this.#held < this.#lookAhead && this.#heldBytes + this.#asked * this.#meanBytes < LOOK_AHEAD_BYTES;
    // The first nodes in order are always those that free the ones held: with nothing under way they must go on.
    if (!room && this.#underWay > 0) return [];
    const fitting = Math.max(1, Math.min(BATCH, Math.floor(BATCH_BYTES / this.#meanBytes)));
    const limit = this.#options.gate.batchSize(room ? fitting : Math.min(fitting, NARROW_BATCH));
    const slots: Slot[] = [];
    for (
      let next = this.#unread.first;
      next !== undefined && slots.length < limit;
      next = this.#unread.first
    ) {
      const before = next.unasked;
      next.ask(limit, slots);
      this.#listed -= before - next.unasked;
      if (next.unasked === 0) this.#unread.shift();
    }
    this.#held += slots.length;
    this.#asked += slots.length;
    return slots;
  }

  #askRoot(top: Directory): void {
    const slot: Slot = { name: '', path: '/', scope: this.#options.scope, directory: top };
    top.push(slot);
    this.#held++;
    this.#asked++;
    this.#send(1, () => this.#read([slot]));
  }

  #send(objects: number, work: () => Promise<void>): void {
    const { gate, signal } = this.#options;
    this.#underWay++;
    gate.run(objects, signal, work).then(
      () => this.#answered(),
      (error: unknown) => {
        this.#failure ??= { error };
        this.#stopped = true;
        this.#answered();
      },
    );
  }

  #answered(): void {
    this.#underWay--;
    this.#pump();
    const arrival = this.#arrival;
    this.#arrival = undefined;
    arrival?.resolve();
  }

  async #read(slots: readonly Slot[]): Promise<void> {
    const { link, signal } = this.#options;
    const paths = slots.map((slot) => slot.path);
    const items = await link.read((client) => client.readNodes(paths, signal && { signal }), signal);
    let bytes = 0;
    for (const [i, slot] of slots.entries()) {
      const read = items[i] ?? null;
      slot.read = read;
      if (read === null) continue;
      bytes += bytesOf(read);
      this.#descend(slot, read);
    }
    this.#asked -= slots.length;
    this.#heldBytes += bytes;
    this.#meanBytes += (Math.max(64, bytes / slots.length) - this.#meanBytes) * NEWEST;
  }

  /** Prepares the node's children for the walk, when there are some that matter. */
  #descend(slot: Slot, read: NodeRead | ZooKeeperError): void {
    const { scope, path, name } = slot;
    const unreadable = read instanceof ZooKeeperError;
    const known = scope.names;
    if (!scope.below || (unreadable ? known === undefined : read.stat.numChildren === 0)) return;
    const key = name === '' ? [] : [...slot.directory.key, name];
    const children = new Directory(key, path, scope, unreadable ? 0 : read.stat.numChildren);
    slot.children = children;
    if (known === undefined) this.#unlisted.push(children);
    else this.#adopt(children, known);
  }

  async #list(directories: readonly Directory[]): Promise<void> {
    const { link, signal } = this.#options;
    const paths = directories.map((directory) => directory.path);
    const items = await link.read((client) => client.readChildren(paths, signal && { signal }), signal);
    for (const [i, directory] of directories.entries()) {
      this.#listed -= directory.expected;
      const names = items[i] ?? [];
      if (isZooKeeperError(names)) this.#refuse(directory, names);
      else this.#adopt(directory, sortNames(names));
    }
  }

  /** Its ACL was changed between the reading and the listing. */
  #refuse(directory: Directory, error: ZooKeeperError): void {
    if (error.code !== 'NoAuth') throw error;
    this.#options.onRefused?.(directory.path);
    this.#adopt(directory, []);
  }

  #adopt(directory: Directory, names: readonly string[]): void {
    directory.names = names;
    this.#listed += names.length;
    if (names.length > 0) this.#unread.push(directory);
  }
}

/** The scope whose only child is the start. */
function topScope(scope: Scope, start: Key): Scope {
  return scopeAt(scope, start.slice(0, -1));
}

function bytesOf(node: NodeRead | ZooKeeperError): number {
  return node instanceof ZooKeeperError ? 0 : (node.data?.length ?? 0);
}
