import { createHash } from 'node:crypto';
import {
  type BlobLocations,
  type BlobName,
  type Entry,
  INLINE_VALUE_LIMIT,
  type JsonObject,
} from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { Acl, NodeRead, Stat } from '../../protocols/zookeeper/index.ts';
import { isComputed } from './paths.ts';
import { nextSequence } from './sequence.ts';

/*
 * A znode as an entry. Content, members in this order:
 *   data  base64, null where the node has no data at all (not the same as ""), or the name of a blob
 *   acl   [{perms, scheme, id}] in the server's order
 * Observed: the stat, zxids as decimal strings, times in ms since 1970; `nextSequence`, which a restore brings back
 * too; of an ephemeral node the session that owned it.
 */

export const ZNODE = 'znode';
export const EPHEMERAL = 'ephemeral';

/** What a restore brings back of a node. */
export interface ZnodeContent {
  readonly data: string | null | BlobName;
  readonly acl: readonly Acl[];
}

export function kindOf(stat: Stat): typeof ZNODE | typeof EPHEMERAL {
  return stat.ephemeralOwner === 0n ? ZNODE : EPHEMERAL;
}

/** True when the node's data has to be stored as a blob. */
export function needsBlob({ data }: NodeRead): boolean {
  return data !== null && data.length > INLINE_VALUE_LIMIT;
}

/** The entry of a node whose data is not too large for it. */
export function inlineEntry(key: Key, node: NodeRead): Entry {
  return entryOf(key, node, node.data === null ? null : node.data.toString('base64'));
}

/** The entry of a node whose data is stored elsewhere; without locations it only names it. */
export function blobEntry(key: Key, node: NodeRead, name: BlobName, locations?: BlobLocations): Entry {
  const { sha256, size } = name;
  const entry = entryOf(key, node, { sha256, size });
  return locations === undefined ? entry : { ...entry, blobs: locations };
}

/** The entry of a live node; large data is named by its hash. */
export function liveEntry(key: Key, node: NodeRead): Entry {
  const { data } = node;
  if (data === null || !needsBlob(node)) return inlineEntry(key, node);
  const sha256 = createHash('sha256').update(data).digest('hex');
  return blobEntry(key, node, { sha256, size: data.length });
}

/** What of two contents differs; data that the servers compute themselves never does. */
export function contentDifference(key: Key, wanted: ZnodeContent, live: ZnodeContent): ('data' | 'acl')[] {
  const members: ('data' | 'acl')[] = [];
  if (!isComputed(key) && !sameData(wanted.data, live.data)) members.push('data');
  if (!sameAcl(wanted.acl, live.acl)) members.push('acl');
  return members;
}

export function sameAcl(a: readonly Acl[], b: readonly Acl[]): boolean {
  return a.length === b.length && a.every((entry, i) => sameAclEntry(entry, b[i]));
}

/** The sequence counter that was seen with a captured node. */
export function recordedSequence({ observed }: Pick<Entry, 'observed'>): number {
  return typeof observed.nextSequence === 'number' ? observed.nextSequence : 0;
}

/** The content of an entry that a ZooKeeper source wrote. */
export function znodeContent({ content }: Pick<Entry, 'content'>): ZnodeContent {
  return content as JsonObject & ZnodeContent;
}

function entryOf(key: Key, { stat, acl }: NodeRead, data: string | null | JsonObject): Entry {
  return { kind: kindOf(stat), key, content: { data, acl: aclContent(acl) }, observed: observedOf(stat) };
}

function aclContent(acl: readonly Acl[]): JsonObject[] {
  return acl.map(({ perms, scheme, id }) => ({ perms, scheme, id }));
}

/** Most nodes were never changed nor had children: their zxids are the same number, written once. */
function observedOf(stat: Stat): JsonObject {
  const czxid = stat.czxid.toString();
  const observed = {
    czxid,
    mzxid: stat.mzxid === stat.czxid ? czxid : stat.mzxid.toString(),
    pzxid: stat.pzxid === stat.czxid ? czxid : stat.pzxid.toString(),
    ctime: stat.ctime,
    mtime: stat.mtime,
    version: stat.version,
    cversion: stat.cversion,
    aversion: stat.aversion,
    numChildren: stat.numChildren,
    nextSequence: nextSequence(stat),
  };
  if (stat.ephemeralOwner === 0n) return observed;
  return { ...observed, ephemeralOwner: `0x${BigInt.asUintN(64, stat.ephemeralOwner).toString(16)}` };
}

function sameData(a: ZnodeContent['data'], b: ZnodeContent['data']): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b;
  return a.sha256 === b.sha256 && a.size === b.size;
}

function sameAclEntry(a: Acl, b: Acl | undefined): boolean {
  return b !== undefined && a.perms === b.perms && a.scheme === b.scheme && a.id === b.id;
}
