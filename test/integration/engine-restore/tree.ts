import {
  type Acl,
  connect,
  type MultiOp,
  openAcl,
  Perms,
  type ZooKeeperClient,
} from '../../../main/protocols/zookeeper/index.ts';
import { dumpWithJava, type ForeignZnode } from '../../foreign/zookeeper.ts';
import { seededRandom } from './random.ts';

export const superPassword = 'super-secret';
export const asSuper = { auth: 'digest', user: 'super', password: superPassword } as const;

interface Target {
  readonly connectString: string;
}

const OPS_AT_ONCE = 100;
const CHILDREN_PER_GROUP = 20;
/** Over what a record holds: it goes to a blob part of an archive. */
const LARGE = 200_000;

const closed: readonly Acl[] = [
  { perms: Perms.all, scheme: 'digest', id: 'owner:aGFzaA==' },
  { perms: Perms.read, scheme: 'world', id: 'anyone' },
];
const sealed: readonly Acl[] = [{ perms: Perms.read, scheme: 'digest', id: 'nobody:aGFzaA==' }];

/** A client that every node is open to. */
export async function openSuper(target: Target): Promise<ZooKeeperClient> {
  const { connectString } = target;
  return connect({ connectString, auth: [{ scheme: 'digest', auth: `super:${superPassword}` }] });
}

/**
 * Builds `/app` with about `count` nodes: groups of children with data of all sorts (none, empty, binary, large),
 * ACLs that shut others out at leaves and above them, and sequence parents whose counters are past their children.
 */
export async function plantTree(client: ZooKeeperClient, count: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  await client.create('/app', Buffer.from('app'));
  const groups = Math.ceil(count / (CHILDREN_PER_GROUP + 1));
  const ops: MultiOp[] = [];
  for (let group = 0; group < groups; group++) {
    const path = groupPath(group);
    ops.push({ op: 'create', path, data: someData(random), acl: group % 5 === 0 ? closed : openAcl });
    for (let child = 0; child < CHILDREN_PER_GROUP; child++) {
      const acl = child % 7 === 3 ? sealed : child % 5 === 2 ? closed : openAcl;
      ops.push({ op: 'create', path: `${path}/c${child}`, data: someData(random), acl });
    }
    if (group % 4 === 0) ops.push(...sequence(path, 7, 3));
  }
  await inTransactions(client, ops);
  for (let large = 0; large < 3; large++) {
    await client.create(`/app/large${large}`, randomBytes(random, LARGE + large));
  }
}

/**
 * What may go wrong in a cluster, all of it the same for the same seed: changed and emptied data, other ACLs, leaves
 * and whole groups deleted, nodes that the point does not have, and sequences that went on.
 */
export async function breakTree(client: ZooKeeperClient, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const ops: MultiOp[] = [];
  const acls: [string, readonly Acl[]][] = [];
  for (const group of (await client.getChildren('/app')).children.toSorted()) {
    const path = `/app/${group}`;
    const children = (await client.getChildren(path)).children.toSorted();
    // What an earlier breakage put in is left alone.
    const gone = random() < 0.1 && !children.some(isIntruder);
    for (const child of children) {
      if (isIntruder(child)) continue;
      const luck = random();
      if (gone || luck < 0.15) ops.push({ op: 'delete', path: `${path}/${child}` });
      else if (luck < 0.4) ops.push({ op: 'setData', path: `${path}/${child}`, data: someData(random) });
      else if (luck < 0.5) acls.push([`${path}/${child}`, luck < 0.45 ? openAcl : closed]);
    }
    if (gone) ops.push({ op: 'delete', path });
    else if (random() < 0.3) ops.push(...intruders(path, random));
    else if (random() < 0.2) ops.push(...sequence(path, 5, 5));
  }
  await inTransactions(client, ops);
  await Promise.all(acls.map(([path, acl]) => client.setAcl(path, acl)));
}

type SeenNode = Pick<ForeignZnode, 'path' | 'data' | 'acl'>;

/** What a restore promises to bring back, as ZooKeeper's own client sees it. */
export interface Seen {
  readonly nodes: readonly SeenNode[];
  /** What the next sequential child of each path would be numbered. */
  readonly counters: ReadonlyMap<string, number>;
}

/** All of a server but what it keeps for itself. */
export async function see(target: Target, path = '/'): Promise<Seen> {
  const dump = await dumpWithJava(target, path, { digest: `super:${superPassword}` });
  const persistent = dump.filter((node) => !isOwn(node.path) && !isEphemeral(node));
  return {
    nodes: persistent.map(({ path, data, acl }) => ({ path, data, acl })),
    counters: new Map(persistent.map((node) => [node.path, (node.cversion + node.numChildren) / 2])),
  };
}

/** Paths whose counter is below what it was: a new sequential name there could repeat an old one. */
export function fallenCounters(before: Seen, now: Seen): string[] {
  const fallen = [...now.counters].filter(([path, count]) => count < (before.counters.get(path) ?? 0));
  return fallen.map(([path]) => path);
}

function isOwn(path: string): boolean {
  return path === '/zookeeper' || path.startsWith('/zookeeper/');
}

/** TTL and container nodes have an owner too, in numbers that no session has: the highest bit, or byte, is set. */
function isEphemeral({ ephemeralOwner }: ForeignZnode): boolean {
  return ephemeralOwner !== '0' && !ephemeralOwner.startsWith('-');
}

function groupPath(group: number): string {
  return `/app/g${String(group).padStart(3, '0')}`;
}

/** Raises the parent's counter by `made` and keeps the last `kept`. */
function sequence(parent: string, made: number, kept: number): MultiOp[] {
  const passing: MultiOp[] = Array.from({ length: made - kept }, (_, i): MultiOp[] => [
    { op: 'create', path: `${parent}/passing${i}`, data: null },
    { op: 'delete', path: `${parent}/passing${i}` },
  ]).flat();
  const lasting = Array.from({ length: kept }, (): MultiOp => {
    return { op: 'create', path: `${parent}/n-`, data: Buffer.from('line'), mode: 'persistentSequential' };
  });
  return [...passing, ...lasting];
}

function isIntruder(name: string): boolean {
  return name.startsWith('x');
}

function intruders(path: string, random: () => number): MultiOp[] {
  const name = `${path}/x${Math.floor(random() * 1e6)}`;
  return [
    { op: 'create', path: name, data: someData(random) },
    { op: 'create', path: `${name}/below`, data: someData(random), acl: closed },
    { op: 'create', path: `${name}/below/deeper`, data: null, acl: sealed },
  ];
}

function someData(random: () => number): Buffer | null {
  const luck = random();
  if (luck < 0.1) return null;
  return luck < 0.2 ? Buffer.alloc(0) : randomBytes(random, Math.floor(random() * 300) + 1);
}

function randomBytes(random: () => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

async function inTransactions(client: ZooKeeperClient, ops: readonly MultiOp[]): Promise<void> {
  const waiting: Promise<unknown>[] = [];
  for (let at = 0; at < ops.length; at += OPS_AT_ONCE)
    waiting.push(client.multi(ops.slice(at, at + OPS_AT_ONCE)));
  await Promise.all(waiting);
}
