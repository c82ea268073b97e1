import { forEachInFlight } from '../../../shared/in-flight.ts';
import type { Key } from '../../../shared/order/key.ts';
import { isZooKeeperError, type NodeRead, ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import type { LoadGate } from '../load.ts';
import type { CaptureRecords, Marked } from './capture-records.ts';
import type { ChangeWatch } from './change-watch.ts';
import { inBatches } from './in-batches.ts';
import type { Link } from './link.ts';
import { PathList } from './path-list.ts';
import { keyOf } from './paths.ts';
import { matters, onlyChildren, type Scope, scopeAt, scopeAtPath } from './scope.ts';
import { judge, type Mark } from './verdict.ts';
import { walk } from './walk.ts';

/*
 * How a capture becomes the content of one moment, and what that rests on.
 *
 * A first pass that read node n at time r(n) may have seen each node at another moment, and in another session: all
 * of its sessions had reached the position noted before it, and this one has since reached the newest that any of them
 * saw (both are looked at, as a sync alone does not bring it about while a server follows a leader that was replaced
 * and does not know yet). The repair looks for a *cut*: a transaction z such that everything captured is what the tree was right after z.
 *
 * Facts of the service used: a session never sees the history go back; the reply of a `sync` shows the session's server
 * to have applied everything up to the zxid it carries; every change of data, of the list of children and of the node
 * itself gives the node (or its parent) a new mzxid, pzxid or czxid, and every change of the ACL another aversion; an
 * event is sent before any reply that shows its effect; a multiRead is answered between two transactions.
 *
 * 1. Nothing happened. If the position did not move between the syncs before and after the first pass, no transaction
 *    of any client fell into it. The caller looks at that before it comes here.
 *
 * 2. With an unbroken watch. Settling reads again what the watch reported, until a round of it sees no event between
 *    its start and the reply of a sync: all that was captured has then been read after its last change of data,
 *    children or existence. That reply is the cut. Under steady writes to the same few nodes no such pause comes; there
 *    a round also counts when it read, by one multiRead, every node that changed since the settling began, with the ACL
 *    versions of the ACLs read before, and while it ran only these got other data: the cut is the moment of that
 *    multiRead.
 *    Changes of ACLs are not reported. So verifying looks at the stat of every captured node once more, after the cut:
 *    a node that still has the aversion captured with its ACL had that ACL at the cut. One that has another is read
 *    again, and another cut is looked for; the node is then read right before that one and looked at right after it,
 *    so that a node whose ACL changes often does not keep the rest from being proved. One that was deleted after the cut cannot be asked any more: it is counted
 *    as unconfirmed, and named.
 *    Verifying also compares zxids: a change up to the cut that the watch did not report is found and repaired.
 *
 * 3. Without a watch (3.5, or after a gap). The cut is the reply of a sync after everything stale was read again, and
 *    verifying demands that nothing at all differs: every node was the same before and after the cut, and so at the cut.
 *    Any difference is read again, with new children found by listing, and the next round begins.
 *
 * When the rounds are used up first, the content is not of one moment, and the capture says so.
 */

/** What came of a repair. */
export interface Repaired {
  readonly consistent: boolean;
  /** The position at the cut, or where the last attempt ended. */
  readonly position: bigint;
  readonly rounds: number;
  /** Captured, but changed again and again. Empty when consistent. */
  readonly unsettled: PathList;
  /** Deleted after the cut, before the ACL could be looked at a second time. */
  readonly unconfirmed: PathList;
}

export interface RepairOptions {
  readonly link: Link;
  readonly gate: LoadGate;
  readonly scope: Scope;
  readonly records: CaptureRecords;
  readonly watch: ChangeWatch;
  /** The watch's era when the first pass began; undefined when there was none. */
  readonly era: number | undefined;
  readonly mostRounds: number;
  readonly signal?: AbortSignal | undefined;
}

/** Tries to find a pause within one round. */
const MOST_PAUSES = 40;
/** Nodes that one multiRead reads between two transactions. */
const MOST_AT_ONCE = 200;
const MOST_CHARACTERS_AT_ONCE = 50_000;
const STATS_AT_ONCE = 400;
/** Nodes looked at first after a cut. */
const MOST_VOLATILE = 50;

interface Cut {
  /** A position not after the cut. */
  readonly low: bigint;
  /** A position not before it. */
  readonly high: bigint;
}

/** A node that was read again. */
interface Reread {
  readonly path: string;
  readonly key: Key;
  readonly scope: Scope;
  readonly node: NodeRead | ZooKeeperError | null;
}

/** Corrects what the first pass captured until it is the content of one moment, or the rounds are used up. */
export async function repair(options: RepairOptions): Promise<Repaired> {
  return new Repair(options).run();
}

class Repair {
  readonly #options: RepairOptions;
  /** Nodes to read again; true: their children, too, have to be compared. */
  #stale = new Map<string, boolean>();
  /** The watch's era under which all that was captured was read or verified. */
  #era: number | undefined;
  #unconfirmed = new PathList();
  /** Nodes that verifying once found changed: read last before a cut, and looked at first after it. */
  #volatile = new Set<string>();

  constructor(options: RepairOptions) {
    this.#options = options;
    this.#era = options.era;
  }

  async run(): Promise<Repaired> {
    const { mostRounds, watch, signal } = this.#options;
    let position = this.#options.records.horizon;
    for (let round = 1; round <= mostRounds; round++) {
      await watch.ensure(signal);
      const settled = await this.#settle();
      position = settled.cut.high;
      if (!settled.quiet) continue;
      if (await this.#verify(settled.cut)) return this.#result(true, position, round);
    }
    await this.#readStale();
    return this.#result(false, await this.#sync(), mostRounds);
  }

  #result(consistent: boolean, position: bigint, rounds: number): Repaired {
    const unsettled = new PathList();
    if (!consistent) for (const path of this.#stale.keys()) unsettled.add(path);
    return { consistent, position, rounds, unsettled, unconfirmed: this.#unconfirmed };
  }

  /** True while the watch has reported everything since the content was captured. */
  get #watched(): boolean {
    const { watch } = this.#options;
    return this.#era !== undefined && this.#era === watch.era;
  }

  /** Reads again what is stale. With the watch: until it is known to be the state of one moment. */
  async #settle(): Promise<{ cut: Cut; quiet: boolean }> {
    const { watch } = this.#options;
    await this.#readStale();
    let changing = new Set([...this.#volatile, ...watch.take().paths]);
    for (let pause = 0; pause < MOST_PAUSES; pause++) {
      const nodes = await this.#reread(changing);
      const few = this.#fitsOneRead(changing);
      const low = await this.#sync();
      const atOnce = few && (await this.#readAtOnce(nodes));
      const high = await this.#sync();
      const changes = watch.take();
      if (!this.#watched || changes.paths.size === 0) return { cut: { low: high, high }, quiet: true };
      const onlyThese = changes.dataOnly && [...changes.paths].every((path) => changing.has(path));
      if (atOnce && onlyThese) return { cut: { low, high }, quiet: true };
      // Few nodes are read again each time, so that those that change often are read together.
      changing = new Set([...(few ? changing : this.#volatile), ...changes.paths]);
    }
    for (const path of changing) this.#stale.set(path, false);
    const position = await this.#sync();
    return { cut: { low: position, high: position }, quiet: false };
  }

  #fitsOneRead(paths: ReadonlySet<string>): boolean {
    const characters = [...paths].reduce((sum, path) => sum + path.length, 0);
    return paths.size <= this.#options.gate.batchSize(MOST_AT_ONCE) && characters <= MOST_CHARACTERS_AT_ONCE;
  }

  /** Looks at every captured node a second time; true when all of it was at the cut what was captured. */
  async #verify(cut: Cut): Promise<boolean> {
    const { gate, records, watch } = this.#options;
    const eraBefore = watch.era;
    const trusted = this.#watched;
    this.#unconfirmed = new PathList();
    const look = (batch: readonly Marked[]): Promise<void> => this.#lookAt(batch, cut, trusted);
    const first = records.rereadMarks(this.#volatile);
    if (first.length > 0) await look(first);
    const rest = inBatches(records.marks(this.#volatile), gate.batchSize(STATS_AT_ONCE));
    await forEachInFlight(rest, gate.requestsInFlight, look);
    for (const path of records.toVisit()) this.#stale.set(path, true);
    const unbroken = watch.era === eraBefore;
    for (const path of [...this.#stale.keys()].slice(0, MOST_VOLATILE)) this.#volatile.add(path);
    // Whatever differed will be read again, so from here on the watch speaks for everything.
    this.#era = unbroken ? eraBefore : undefined;
    return this.#stale.size === 0 && (unbroken || !trusted);
  }

  async #lookAt(batch: readonly Marked[], cut: Cut, trusted: boolean): Promise<void> {
    const { link, gate, signal } = this.#options;
    const stats = await gate.run(batch.length, signal, () =>
      link.read((client) => client.readStats(pathsOf(batch), signal && { signal }), signal),
    );
    for (const [i, { path, mark }] of batch.entries()) {
      const now = stats[i] ?? null;
      if (isZooKeeperError(now)) throw now;
      this.#look(path, mark, now, cut, trusted);
    }
  }

  #look(path: string, mark: Mark, now: Mark | null, cut: Cut, trusted: boolean): void {
    const { records, watch } = this.#options;
    const watched = trusted && this.#watched && watch.covers(path);
    const verdict = judge(mark, now, records.horizon, { watched, reported: watch.saw(path), cut: cut.low });
    if (verdict === 'unconfirmed') this.#unconfirmed.add(path);
    else if (verdict !== 'same') this.#stale.set(path, verdict === 'restructured');
  }

  async #readStale(): Promise<void> {
    const stale = this.#stale;
    for (const path of this.#options.records.toVisit()) stale.set(path, true);
    this.#stale = new Map();
    await this.#reread(stale.keys());
    const parents = new Set([...stale].filter(([, restructured]) => restructured).map(([path]) => path));
    if (parents.size > 0) await this.#findNewChildren(parents);
  }

  /** Reads nodes again and corrects what was captured of them. */
  async #reread(paths: Iterable<string>): Promise<readonly Reread[]> {
    const { link, gate, scope, records, signal } = this.#options;
    const covered = [...paths]
      .map((path) => ({ path, key: keyOf(path) }))
      .map(({ path, key }) => ({ path, key, scope: scopeAt(scope, key) }))
      .filter((each) => matters(each.scope));
    const reread: Reread[] = [];
    for (const batch of inBatches(covered, gate.batchSize(MOST_AT_ONCE))) {
      const nodes = await gate.run(batch.length, signal, () =>
        link.read((client) => client.readNodes(pathsOf(batch), signal && { signal }), signal),
      );
      for (const [i, each] of batch.entries()) {
        const node = nodes[i] ?? null;
        await records.correct({ ...each, node });
        if (batch.length === covered.length) reread.push({ ...each, node });
      }
    }
    return reread;
  }

  /**
   * Reads the data of nodes by one multiRead. True when it shows the same nodes with the same ACLs as when these were
   * read: then everything captured of them is of its moment.
   */
  async #readAtOnce(nodes: readonly Reread[]): Promise<boolean> {
    const { link, gate, records, signal } = this.#options;
    if (nodes.length === 0) return true;
    const items = await gate.run(nodes.length, signal, () =>
      link.read((client) => client.readData(pathsOf(nodes), signal && { signal }), signal),
    );
    for (const [i, { node, ...place }] of nodes.entries()) {
      const now = items[i] ?? null;
      if (node === null || now === null || node instanceof ZooKeeperError || now instanceof ZooKeeperError) {
        if (node !== now) return false;
        continue;
      }
      if (node.stat.czxid !== now.stat.czxid || node.stat.aversion !== now.stat.aversion) return false;
      if (node.stat.mzxid !== now.stat.mzxid || node.stat.pzxid !== now.stat.pzxid) {
        await records.correct({ ...place, node: { ...now, acl: node.acl } });
      }
    }
    return true;
  }

  /** Captures children that the content lacks, with all below them. */
  async #findNewChildren(parents: ReadonlySet<string>): Promise<void> {
    const { link, gate, scope, records, signal } = this.#options;
    const known = records.childrenOf(parents);
    const onRefused = (path: string): void => records.unvisited(path, true);
    for (const batch of inBatches(parents, gate.batchSize(MOST_AT_ONCE))) {
      const listings = await gate.run(batch.length, signal, () =>
        link.read((client) => client.readChildren(batch, signal && { signal }), signal),
      );
      for (const [i, parent] of batch.entries()) {
        const key = keyOf(parent);
        const inner = scopeAt(scope, key);
        const names = this.#children(parent, inner, listings[i] ?? []).filter(
          (name) => known.get(parent)?.has(name) !== true,
        );
        if (names.length === 0) continue;
        const added = scopeAtPath(
          key,
          onlyChildren(names.sort(), (name) => inner.enter(name)),
        );
        for await (const visited of walk({ link, gate, scope: added, start: key, signal, onRefused })) {
          for (const node of visited) await records.correct({ ...node, scope: scopeAt(scope, node.key) });
        }
      }
    }
  }

  /** Names of the children that matter, as far as they can be known. */
  #children(parent: string, scope: Scope, listed: readonly string[] | ZooKeeperError): readonly string[] {
    const { records } = this.#options;
    if (!(listed instanceof ZooKeeperError)) {
      records.visited(parent);
      return listed;
    }
    if (listed.code !== 'NoAuth') throw listed;
    if (scope.below && scope.names === undefined) records.unvisited(parent, false);
    return scope.names ?? [];
  }

  #sync(): Promise<bigint> {
    const { link, signal } = this.#options;
    return link.sync(signal);
  }
}

function pathsOf(nodes: readonly { readonly path: string }[]): readonly string[] {
  return nodes.map(({ path }) => path);
}
