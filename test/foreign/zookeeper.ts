import { runJava, startJava } from './java.ts';

/** Where to connect, for example a `ZooKeeperServer`; several servers are separated by commas. */
export interface Target {
  readonly connectString: string;
}

/** A znode as a foreign client sees it. 64-bit numbers are decimal strings, times are ms since 1970. */
export interface ForeignZnode {
  readonly path: string;
  /** Base64, or null for a node that has no data at all. */
  readonly data: string | null;
  readonly acl: readonly ForeignAcl[];
  readonly ephemeralOwner: string;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly numChildren: number;
  readonly dataLength: number;
  readonly czxid: string;
  readonly mzxid: string;
  readonly pzxid: string;
  readonly ctime: number;
  readonly mtime: number;
}

export interface ForeignAcl {
  readonly perms: number;
  readonly scheme: string;
  readonly id: string;
}

interface Access {
  /** `user:password` of the digest scheme. */
  readonly digest?: string;
  /** The account to log in with by SASL DIGEST-MD5. */
  readonly sasl?: { readonly username: string; readonly password: string } | undefined;
  /** Java heap in MB; default 512. */
  readonly heapMb?: number;
}

/**
 * The digest account that owns the restricted nodes of `fillWithJava`. Some of them let nobody else read, and
 * some nobody write at all: only a super user reads and removes everything.
 */
export const ownerAccount = 'owner:owner-secret';

/** The subtree at `path` as ZooKeeper's own Java client reads it, sorted by path component by component. */
export async function dumpWithJava(server: Target, path = '/', access: Access = {}): Promise<ForeignZnode[]> {
  return await runJava<ForeignZnode>({
    main: 'ZkDump',
    arguments: [server.connectString, path],
    ...settings(access),
  });
}

/** What to build; the same numbers build the same tree. */
export interface Fill {
  /** Root of the new tree; its parent must exist. */
  readonly path: string;
  /** Znodes altogether, the root among them; at least 200. */
  readonly count: number;
  readonly seed?: number;
  /** Bytes of the largest of six large values; 0 (the default) for none. The server's limit is just under 1 MB. */
  readonly largest?: number;
}

/** What was built. */
export interface Filled {
  /** Znodes that exist now. */
  readonly created: number;
  /** Paths of TTL nodes; node i lives 86,400,000 + i ms. */
  readonly ttl: readonly string[];
  /** Paths of container nodes; each has a child. */
  readonly containers: readonly string[];
  readonly ephemerals: readonly string[];
}

/**
 * Builds a tree with ACLs, sequences with gaps, null, empty, binary and (on demand) large data, odd names, a deep
 * chain, TTL and container nodes.
 */
export async function fillWithJava(server: Target, fill: Fill, access: Access = {}): Promise<Filled> {
  const [filled] = await runJava<Filled>({
    main: 'ZkFill',
    arguments: fillArguments(server, fill, 'leave'),
    ...settings(access),
  });
  if (!filled) throw new Error('ZkFill printed nothing');
  return filled;
}

/** Like `fillWithJava`, with ephemeral nodes as well, which live until the result is disposed. */
export async function fillAndHoldWithJava(
  server: Target,
  fill: Fill,
  access: Access = {},
): Promise<Filled & AsyncDisposable> {
  const program = await startJava({
    main: 'ZkFill',
    arguments: fillArguments(server, fill, 'hold'),
    ...settings(access),
  });
  const first = await program.lines[Symbol.asyncIterator]().next();
  if (first.done) throw new Error('ZkFill printed nothing');
  return { ...(first.value as Filled), [Symbol.asyncDispose]: program.finish };
}

/** One pass over the subtree; `seconds` is wall time. */
export interface ReadRound {
  readonly round: number;
  readonly znodes: number;
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Reads data, ACL, stat and children of a subtree by the Java client's asynchronous calls, `window` nodes in
 * flight, several times in one JVM: the first round is cold.
 */
export async function benchReadWithJava(
  server: Target,
  path: string,
  {
    window = 512,
    rounds = 3,
    ...access
  }: Access & { readonly window?: number; readonly rounds?: number } = {},
): Promise<ReadRound[]> {
  const options = [server.connectString, path, `${window}`, `${rounds}`];
  return await runJava<ReadRound>({ main: 'ZkRead', arguments: options, ...settings(access) });
}

function fillArguments(server: Target, { path, count, seed = 1, largest = 0 }: Fill, hold: string): string[] {
  return [server.connectString, path, `${count}`, `${seed}`, `${largest}`, hold];
}

function settings({ digest, sasl, heapMb }: Access) {
  const environment = {
    ...(digest && { ZOOKEEPER_DIGEST: digest }),
    ...(sasl && { ZOOKEEPER_SASL: `${sasl.username}:${sasl.password}` }),
  };
  return { environment, ...(heapMb && { heapMb }) };
}
