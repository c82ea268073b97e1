import type { Dial } from '../dialer.ts';
import type { ZooKeeperError } from './errors.ts';
import type { Acl, Stat } from './records.ts';

/** TLS towards the server. The server's certificate and name are verified unless `verify` is false. */
export interface TlsOptions {
  /** PEM of the authorities to trust in place of the system's. */
  readonly ca?: string | Buffer;
  /** PEM of the client certificate chain, for mutual TLS. */
  readonly cert?: string | Buffer;
  /** PEM of the client's private key. */
  readonly key?: string | Buffer;
  readonly passphrase?: string;
  /** Name to ask for and to check, where it differs from the host in the connect string. */
  readonly servername?: string;
  readonly verify?: boolean;
}

/** One identity as `addAuth` sends it, e.g. scheme `digest` with `user:password`. */
export interface AuthEntry {
  readonly scheme: string;
  readonly auth: string | Buffer;
}

/** Credentials for SASL DIGEST-MD5. */
export interface SaslCredentials {
  readonly username: string;
  readonly password: string;
}

export interface ConnectOptions {
  /** `host:port,host:port/chroot`; port 2181 where none is given; IPv6 in brackets. */
  readonly connectString: string;
  /** Asked of the server, which clamps it. Default 30,000 ms. */
  readonly sessionTimeoutMs?: number;
  /** Bound for one server: TCP, TLS, handshake and authentication. Default 10,000 ms. */
  readonly connectTimeoutMs?: number;
  /**
   * Longest time without any request being answered while some are in flight, even if pings are
   * answered. Default 60,000 ms.
   */
  readonly replyTimeoutMs?: number;
  /** Longest time that `close()` waits for the server to end the session. Default 5,000 ms. */
  readonly closeTimeoutMs?: number;
  /** Largest frame accepted from the server. Default 256 MiB. */
  readonly maxFrameBytes?: number;
  readonly tls?: TlsOptions;
  /** Another way to the servers than this machine's own network; TLS runs inside it. */
  readonly dial?: Dial;
  /** Sent on every connection, in this order, after SASL. */
  readonly auth?: readonly AuthEntry[];
  readonly sasl?: SaslCredentials;
  /** Newest transaction known of: a server that lags behind it is passed over. Default 0: any will do. */
  readonly lastZxid?: bigint;
  /** Clients of one ensemble that share it probe each server once between them. */
  readonly probes?: ProbeMemory;
  /** Uniform in [0, 1): order of servers and jitter of the backoff. Default `Math.random`. */
  readonly random?: () => number;
  /** Ends the attempt to connect; a client that is connected no longer looks at it. */
  readonly signal?: AbortSignal;
}

/** What servers, as `host:port`, were found to know; forgotten when a connection to one is lost. */
export type ProbeMemory = Map<string, Promise<Capabilities>>;

/** Accepted by every request: the caller stops waiting; a write that was sent is not taken back. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
}

/** Kind of node to create, as `CreateMode` of ZooKeeper's own client. */
export type CreateMode =
  | 'persistent'
  | 'ephemeral'
  | 'persistentSequential'
  | 'ephemeralSequential'
  | 'container'
  | 'persistentTtl'
  | 'persistentSequentialTtl';

export interface NodeSpec {
  /** Default: world, anyone, all permissions. */
  readonly acl?: readonly Acl[];
  /** Default `persistent`. */
  readonly mode?: CreateMode;
  /** Required by the TTL modes, in ms, 1 to 2^40 - 1. */
  readonly ttlMs?: number;
}

/** Bytes of a node. `null` is stored as null by the server, which is not the same as empty. */
export type NodeData = Uint8Array | null;

/** Data to write: as bytes, or as their base64 text, which is decoded straight into the request. */
export type NewData = NodeData | { readonly base64: string };

export interface Created {
  /** With the sequence number, where one was asked for. */
  readonly path: string;
  readonly stat: Stat;
}

export interface DataAndStat {
  /** A view into the receive buffer: copy it if it is to be kept long. */
  readonly data: Buffer | null;
  readonly stat: Stat;
}

export interface ChildrenAndStat {
  /** In the server's order, which is none. */
  readonly children: string[];
  readonly stat: Stat;
}

export interface AclAndStat {
  readonly acl: readonly Acl[];
  readonly stat: Stat;
}

/** All that a client can read of one node. */
export interface NodeRead {
  /** A view into the receive buffer: copy it if it is to be kept long. */
  readonly data: Buffer | null;
  /** Taken with the data, except `aversion`, which is that of `acl`. */
  readonly stat: Stat;
  readonly acl: readonly Acl[];
}

/** Outcome for one path of a batch: `null` where there is no such node, an error where it was refused. */
export type BatchItem<T> = T | ZooKeeperError | null;

/** One operation of a transaction. `version` is -1 (any) where it is absent. */
export type MultiOp =
  | ({ readonly op: 'create'; readonly path: string; readonly data: NewData } & NodeSpec)
  | { readonly op: 'delete'; readonly path: string; readonly version?: number }
  | { readonly op: 'setData'; readonly path: string; readonly data: NewData; readonly version?: number }
  | { readonly op: 'check'; readonly path: string; readonly version: number };

/** What an operation of a transaction did, in the order of the operations. */
export type MultiOpResult =
  /** `stat` is null where the server leaves it out: 3.5 and 3.6 do, except for container and TTL nodes. */
  | { readonly op: 'create'; readonly path: string; readonly stat: Stat | null }
  | { readonly op: 'delete' }
  | { readonly op: 'setData'; readonly stat: Stat }
  | { readonly op: 'check' };

export interface MultiResult {
  readonly results: readonly MultiOpResult[];
  /** Of the transaction. */
  readonly zxid: bigint;
}

/** `persistent`: the node and its list of children; `persistentRecursive`: the node and all below it. */
export type WatchMode = 'persistent' | 'persistentRecursive';

/**
 * A change seen by a watch. `gap` comes after a reconnect: the watch stands again, but changes made in
 * between were not reported and never will be.
 */
export interface WatchEvent {
  readonly type: 'created' | 'deleted' | 'dataChanged' | 'childrenChanged' | 'gap';
  /** Below the chroot; of a `gap`, the watched path. */
  readonly path: string;
  /** Of the transaction, where the server tells it (3.9 and later). */
  readonly zxid: bigint | null;
}

export type WatchListener = (event: WatchEvent) => void;

/** A standing watch. */
export interface Watch {
  readonly path: string;
  readonly mode: WatchMode;
  /** Ends it, at the server too unless another watch of the same path and mode is left. */
  remove(options?: RequestOptions): Promise<void>;
}

/** Which later operations the connected server knows. All are false on 3.5; `whoAmI` came with 3.7. */
export interface Capabilities {
  readonly multiRead: boolean;
  readonly addWatch: boolean;
  readonly getEphemerals: boolean;
  readonly getAllChildrenNumber: boolean;
  readonly whoAmI: boolean;
}

/** One identity that the server holds for this session. */
export interface Identity {
  readonly scheme: string;
  /** The name alone: the server never returns the secret. */
  readonly user: string;
}

/**
 * - `connected`: requests flow.
 * - `suspended`: the connection is lost, the session may live; servers are being tried.
 * - `expired`, `authFailed`, `closed`: final.
 */
export type SessionState = 'connected' | 'suspended' | 'expired' | 'authFailed' | 'closed';

export interface StateChange {
  readonly state: SessionState;
  /** Why, where it was not asked for. */
  readonly cause?: ZooKeeperError;
}

export type StateListener = (change: StateChange) => void;
