import type { JsonObject, Line } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { type NodeRead, type Stat, ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import type { CaptureOutput } from '../contract.ts';
import { isMasked } from './acl.ts';
import { blobEntry, EPHEMERAL, inlineEntry, kindOf, needsBlob } from './content.ts';
import { Ledger } from './ledger.ts';
import { PathList } from './path-list.ts';
import { parentPath } from './paths.ts';
import type { Scope } from './scope.ts';
import { type Mark, markBefore } from './verdict.ts';
import type { Visited } from './walk.ts';

/** Corrections kept in memory before they are written as a generation of their own. */
const MOST_CORRECTIONS = 20_000;
const MOST_CORRECTION_BYTES = 16 * 1024 * 1024;

/** A node and what tells whether it is still the same. */
export interface Marked {
  readonly path: string;
  readonly mark: Mark;
}

/** What a capture put out so far, and what it has to remember of it to look at it again. */
export class CaptureRecords {
  /** The service's position before the first pass. */
  readonly horizon: bigint;
  /** Covered nodes that could not be read, and nodes whose children could not be looked at though some may be covered. */
  readonly unreadable = new PathList();
  /** Nodes that could not be read and need not be: what is covered below them was asked for by name. */
  readonly passed = new PathList();
  readonly masked = new PathList();
  readonly reread = new PathList();
  /** Of the unreadable ones, those whose children nobody looked at; true: that is worth another try. */
  readonly #unvisited = new Map<string, boolean>();
  #ephemerals = 0;
  #done = 0;
  readonly #output: CaptureOutput;
  readonly #ledger = new Ledger();
  /** Nodes that changed after the horizon, and all that were read again; null: gone. They override the ledger. */
  readonly #young = new Map<string, Mark | null>();
  #corrections = new Map<string, Line>();
  #correctionBytes = 0;
  #generation = 0;

  constructor(output: CaptureOutput, horizon: bigint) {
    this.#output = output;
    this.horizon = horizon;
  }

  get ephemerals(): number {
    return this.#ephemerals;
  }

  /** Puts out what the first pass met. Only what has to be waited for is a promise: this runs once for every node. */
  first({ key, path, scope, node }: Visited): void | Promise<void> {
    if (node instanceof ZooKeeperError) return this.#refused(path, scope);
    this.#ledger.append(key, node.stat.aversion);
    if (this.#isYoung(node.stat)) this.#young.set(path, markOf(node.stat));
    if (isMasked(node.acl) && scope.selected) this.masked.add(path);
    if (kindOf(node.stat) === EPHEMERAL) this.#ephemerals++;
    this.#output.progress(++this.#done);
    if (needsBlob(node)) return this.#putWithBlob(key, node);
    return this.#output.put(inlineEntry(key, node));
  }

  /** Corrects what was put out before; null: the node is gone. */
  async correct({
    key,
    path,
    scope,
    node,
  }: Omit<Visited, 'node'> & { node: Visited['node'] | null }): Promise<void> {
    this.reread.add(path);
    this.passed.delete(path);
    this.masked.delete(path);
    const readable = node instanceof ZooKeeperError ? null : node;
    if (node instanceof ZooKeeperError) this.#refused(path, scope);
    else if (node === null || !this.#unvisited.has(path)) this.#forgive(path);
    else this.#unvisited.set(path, true);
    if (readable !== null && isMasked(readable.acl) && scope.selected) this.masked.add(path);
    this.#young.set(path, readable === null ? null : markOf(readable.stat));
    await this.#keep(path, readable === null ? { key, removed: true } : await this.#line(key, readable));
  }

  /** The node's children could not be looked at; `again`: it is worth another try. */
  unvisited(path: string, again: boolean): void {
    this.unreadable.add(path);
    this.#unvisited.set(path, again);
  }

  /** The node's children were looked at after all; it stays noted where it may not be read itself. */
  visited(path: string): void {
    if (this.#unvisited.get(path) === true) this.#forgive(path);
  }

  /** Nodes that can be read as far as is known, but whose children nobody looked at. */
  *toVisit(): Generator<string> {
    for (const [path, again] of this.#unvisited) if (again) yield path;
  }

  /** What was captured of every node that the content has; of those that `but` has nothing. */
  *marks(but: ReadonlySet<string>): Generator<Marked> {
    for (const { path, aversion } of this.#ledger.lines()) {
      if (!this.#young.has(path)) yield { path, mark: markBefore(this.horizon, aversion) };
    }
    for (const [path, mark] of this.#young) if (mark !== null && !but.has(path)) yield { path, mark };
  }

  /** What was captured of nodes that were read again. */
  rereadMarks(paths: Iterable<string>): Marked[] {
    const marks = [...paths].map((path) => ({ path, mark: this.#young.get(path) }));
    return marks.filter((each): each is Marked => each.mark !== undefined && each.mark !== null);
  }

  /** Names of the children that the content has of each of the nodes. */
  childrenOf(parents: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
    const children = new Map([...parents].map((parent) => [parent, new Set<string>()]));
    const add = (path: string): void => {
      const parent = parentPath(path);
      if (parent !== undefined) children.get(parent)?.add(path.slice(path.lastIndexOf('/') + 1));
    };
    for (const { path } of this.#ledger.lines()) if (!this.#young.has(path)) add(path);
    for (const [path, mark] of this.#young) if (mark !== null) add(path);
    return children;
  }

  /** Writes the corrections that are still kept. */
  async flush(): Promise<void> {
    if (this.#corrections.size === 0) return;
    this.#generation++;
    const lines = [...this.#corrections.values()].sort((a, b) => compareKeys(a.key, b.key));
    this.#corrections = new Map();
    this.#correctionBytes = 0;
    for (const line of lines) await this.#output.put(line, this.#generation);
  }

  /** Notes a node that may not be read: what is lost with it are the node, if it is covered, and children of any name. */
  #refused(path: string, scope: Scope): void {
    if (scope.below && scope.names === undefined) this.unvisited(path, false);
    else if (scope.selected) this.unreadable.add(path);
    else this.passed.add(path);
  }

  #forgive(path: string): void {
    this.unreadable.delete(path);
    this.#unvisited.delete(path);
  }

  async #putWithBlob(key: Key, node: NodeRead): Promise<void> {
    await this.#output.put(await this.#withBlob(key, node));
  }

  async #keep(path: string, line: Line): Promise<void> {
    this.#corrections.set(path, line);
    this.#correctionBytes += path.length * 2 + ('content' in line ? dataLength(line.content) : 0);
    const full = this.#corrections.size >= MOST_CORRECTIONS || this.#correctionBytes >= MOST_CORRECTION_BYTES;
    if (full) await this.flush();
  }

  async #line(key: Key, node: NodeRead): Promise<Line> {
    return needsBlob(node) ? this.#withBlob(key, node) : inlineEntry(key, node);
  }

  async #withBlob(key: Key, node: NodeRead): Promise<Line> {
    const { name, locations } = await this.#output.blob(node.data ?? Buffer.alloc(0));
    return blobEntry(key, node, name, locations);
  }

  #isYoung({ czxid, mzxid, pzxid }: Stat): boolean {
    return czxid > this.horizon || mzxid > this.horizon || pzxid > this.horizon;
  }
}

function markOf({ czxid, mzxid, pzxid, aversion }: Stat): Mark {
  return { czxid, mzxid, pzxid, aversion };
}

function dataLength(content: JsonObject): number {
  return typeof content.data === 'string' ? content.data.length : 0;
}
