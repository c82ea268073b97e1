import { type BatchRead, MultiReadBatch, PipelinedBatch } from './batch.ts';
import type { ServerAddress } from './connect-string.ts';
import { isZooKeeperError, ZooKeeperError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { CommitRequest, MultiRequest } from './multi.ts';
import { aclAndStat, aclOfIncarnation, childNames, dataAndStat, joinRead, statOnly } from './node-reads.ts';
import {
  anyVersion,
  createRequest,
  deleteRequest,
  existsRequest,
  getAclRequest,
  getChildrenRequest,
  getDataRequest,
  setAclRequest,
  setDataRequest,
  syncRequest,
} from './node-requests.ts';
import type { Acl, Stat } from './records.ts';
import type { Session } from './session.ts';
import {
  addWatchRequest,
  getAllChildrenNumberRequest,
  getEphemeralsRequest,
  removeWatchRequest,
  whoAmIRequest,
} from './session-requests.ts';
import type {
  AclAndStat,
  BatchItem,
  Capabilities,
  ChildrenAndStat,
  Created,
  DataAndStat,
  Identity,
  MultiOp,
  MultiResult,
  NodeData,
  NodeRead,
  NodeSpec,
  RequestOptions,
  SessionState,
  StateListener,
  Watch,
  WatchListener,
  WatchMode,
} from './types.ts';

/** A request that may insist on a version; any is accepted where none is given. */
export interface VersionOptions extends RequestOptions {
  readonly version?: number;
}

/**
 * A ZooKeeper session. Requests are pipelined over one socket and answered in order; those of one tick
 * leave in one write. All paths are below the chroot of the connect string.
 *
 * Every call rejects with a {@link ZooKeeperError}, or with the reason of its signal. Those in flight when
 * the connection ends reject with `ConnectionLoss`; while `suspended`, new ones wait for a connection, at
 * most one session timeout.
 */
export class ZooKeeperClient implements AsyncDisposable {
  #session: Session;

  /** For {@link connect}. */
  constructor(session: Session) {
    this.#session = session;
  }

  get state(): SessionState {
    return this.#session.state;
  }

  get sessionId(): bigint {
    return this.#session.ticket.sessionId;
  }

  /** As granted by the server, ms. */
  get sessionTimeoutMs(): number {
    return this.#session.ticket.timeoutMs;
  }

  /** Newest transaction that any reply told of. */
  get lastZxid(): bigint {
    return this.#session.ticket.lastZxid;
  }

  /** The server in use, or while suspended the one that was. */
  get server(): ServerAddress {
    return this.#session.server;
  }

  /** Prefix of every path at the server; empty for none. */
  get chroot(): string {
    return this.#session.chroot.prefix;
  }

  /** Calls `listener` on every change of state, until the returned function is called. */
  onState(listener: StateListener): () => void {
    return this.#session.onState(listener);
  }

  /** Lets what is in flight finish, ends the session at the server, and drops the connection. Never rejects. */
  close(): Promise<void> {
    return this.#session.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What the connected server knows; probed once per connection, on a throw-away one. */
  capabilities({ signal }: RequestOptions = {}): Promise<Capabilities> {
    return this.#session.capabilities(signal);
  }

  /** Proves one more identity, now and after every reconnect. `AuthFailed` ends this connection. */
  addAuth(scheme: string, auth: string | Buffer): Promise<void> {
    return this.#session.addAuth({ scheme, auth });
  }

  async create(path: string, data: NodeData, options: NodeSpec & RequestOptions = {}): Promise<Created> {
    return this.#submit(createRequest(this.#session.chroot, path, data, options), options);
  }

  async delete(path: string, options: VersionOptions = {}): Promise<void> {
    return this.#submit(deleteRequest(this.#session.chroot, path, options.version ?? anyVersion), options);
  }

  /** Null where there is no such node. */
  async exists(path: string, options: RequestOptions = {}): Promise<Stat | null> {
    return this.#submit(existsRequest(this.#session.chroot, path), options);
  }

  async getData(path: string, options: RequestOptions = {}): Promise<DataAndStat> {
    return this.#submit(getDataRequest(this.#session.chroot, path), options);
  }

  async setData(path: string, data: NodeData, options: VersionOptions = {}): Promise<Stat> {
    return this.#submit(
      setDataRequest(this.#session.chroot, path, data, options.version ?? anyVersion),
      options,
    );
  }

  async getAcl(path: string, options: RequestOptions = {}): Promise<AclAndStat> {
    return this.#submit(getAclRequest(this.#session.chroot, path), options);
  }

  /** `version` is the node's `aversion`. */
  async setAcl(path: string, acl: readonly Acl[], options: VersionOptions = {}): Promise<Stat> {
    return this.#submit(
      setAclRequest(this.#session.chroot, path, acl, options.version ?? anyVersion),
      options,
    );
  }

  async getChildren(path: string, options: RequestOptions = {}): Promise<ChildrenAndStat> {
    return this.#submit(getChildrenRequest(this.#session.chroot, path), options);
  }

  /** Lets the server catch up with its leader; the outcome is the zxid it has reached. */
  async sync(path = '/', options: RequestOptions = {}): Promise<bigint> {
    return this.#submit(syncRequest(this.#session.chroot, path), options);
  }

  /** Applies all operations or none; a `MultiError` names the one that failed. */
  async multi(ops: readonly MultiOp[], options: RequestOptions = {}): Promise<MultiResult> {
    return this.#submit(new MultiRequest(this.#session.chroot, ops), options);
  }

  /** Like {@link multi}, at less cost for both sides: resolves with the transaction's zxid alone. */
  async commit(ops: readonly MultiOp[], options: RequestOptions = {}): Promise<bigint> {
    return this.#submit(new CommitRequest(this.#session.chroot, ops), options);
  }

  /** Ephemeral nodes of this session whose paths begin with `prefix`. 3.6 and later. */
  async getEphemerals(prefix = '/', options: RequestOptions = {}): Promise<string[]> {
    await this.#require('getEphemerals', prefix, options);
    return this.#submit(getEphemeralsRequest(this.#session.chroot, prefix), options);
  }

  /** Number of nodes below `path`. The server counts by looking at every node it has. 3.6 and later. */
  async getAllChildrenNumber(path: string, options: RequestOptions = {}): Promise<number> {
    await this.#require('getAllChildrenNumber', path, options);
    return this.#submit(getAllChildrenNumberRequest(this.#session.chroot, path), options);
  }

  /** Identities that the server holds for this session. 3.7 and later. */
  async whoAmI(options: RequestOptions = {}): Promise<Identity[]> {
    await this.#require('whoAmI', '', options);
    return this.#submit(whoAmIRequest(), options);
  }

  /** Reports every change until it is removed or the session ends, over reconnects too. 3.6 and later. */
  async addWatch(
    path: string,
    mode: WatchMode,
    listener: WatchListener,
    options: RequestOptions = {},
  ): Promise<Watch> {
    await this.#require('addWatch', path, options);
    const { chroot, watches } = this.#session;
    const request = addWatchRequest(chroot, path, mode);
    // Own identity, so that one function can watch twice and each watch is removed by itself.
    const own: WatchListener = (event) => listener(event);
    watches.add(path, mode, own);
    try {
      await this.#submit(request, options);
    } catch (error) {
      watches.remove(path, own);
      throw error;
    }
    return { path, mode, remove: (removeOptions) => this.#removeWatch(path, own, removeOptions) };
  }

  /** Data, stat and ACL of many nodes; all three are of the same incarnation of a node. */
  async readNodes(paths: readonly string[], options: RequestOptions = {}): Promise<BatchItem<NodeRead>[]> {
    const multiRead = await this.#knowsMultiRead(options);
    const [nodes, acls] = await Promise.all([
      this.#read(paths, dataAndStat, multiRead, options),
      this.#read(paths, aclOfIncarnation, false, options),
    ]);
    const items: BatchItem<NodeRead>[] = new Array(paths.length);
    const torn: number[] = [];
    for (let i = 0; i < paths.length; i++) {
      const joined = joinRead(nodes[i], acls[i]);
      if (joined === undefined) torn.push(i);
      else items[i] = joined;
    }
    if (torn.length === 0) return items;
    const again = await this.readNodes(
      torn.map((i) => paths[i] ?? ''),
      options,
    );
    for (const [at, i] of torn.entries()) items[i] = again[at] ?? null;
    return items;
  }

  /** Data and stat of many nodes. */
  async readData(paths: readonly string[], options: RequestOptions = {}): Promise<BatchItem<DataAndStat>[]> {
    return this.#read(paths, dataAndStat, await this.#knowsMultiRead(options), options);
  }

  /** Names of the children of many nodes. */
  async readChildren(paths: readonly string[], options: RequestOptions = {}): Promise<BatchItem<string[]>[]> {
    return this.#read(paths, childNames, await this.#knowsMultiRead(options), options);
  }

  /** ACL and stat of many nodes. */
  readAcls(paths: readonly string[], options: RequestOptions = {}): Promise<BatchItem<AclAndStat>[]> {
    return this.#read(paths, aclAndStat, false, options);
  }

  /** Stat of many nodes. */
  readStats(paths: readonly string[], options: RequestOptions = {}): Promise<BatchItem<Stat>[]> {
    return this.#read(paths, statOnly, false, options);
  }

  #submit<T>(exchange: Exchange<T>, { signal }: RequestOptions): Promise<T> {
    return this.#session.submit(exchange, signal);
  }

  async #read<T>(
    paths: readonly string[],
    read: BatchRead<T>,
    multiRead: boolean,
    options: RequestOptions,
  ): Promise<BatchItem<T>[]> {
    if (paths.length === 0) return [];
    for (const path of paths) {
      if (path.charCodeAt(0) === slash) continue;
      throw new ZooKeeperError('BadArguments', { op: read.op, path, message: 'a path starts with a slash' });
    }
    const { chroot } = this.#session;
    const batch = multiRead
      ? new MultiReadBatch(chroot, paths, read)
      : new PipelinedBatch(chroot, paths, read);
    return this.#submit(batch, options);
  }

  async #knowsMultiRead(options: RequestOptions): Promise<boolean> {
    const { multiRead } = this.#session.knownCapabilities ?? (await this.capabilities(options));
    return multiRead;
  }

  /** Asking a server for what it does not know would cost the connection. */
  async #require(op: keyof Capabilities, path: string, options: RequestOptions): Promise<void> {
    const known = this.#session.knownCapabilities ?? (await this.capabilities(options));
    if (!known[op])
      throw new ZooKeeperError('Unimplemented', { op, path, message: 'unknown to this server' });
  }

  async #removeWatch(path: string, listener: WatchListener, options: RequestOptions = {}): Promise<void> {
    const last = this.#session.watches.remove(path, listener);
    // A watch that is not set again on the next connection is gone without a request.
    if (!last || this.#session.state !== 'connected') return;
    try {
      await this.#submit(removeWatchRequest(this.#session.chroot, path), options);
    } catch (error) {
      if (!isZooKeeperError(error, 'NoWatcher', 'ConnectionLoss')) throw error;
    }
  }
}

const slash = 0x2f;
