import type { BatchRead } from './batch.ts';
import { OpCode } from './opcodes.ts';
import { type Acl, readAcl, readStat, type Stat, statBytes } from './records.ts';
import type { AclAndStat, BatchItem, DataAndStat, NodeRead } from './types.ts';

/** An ACL and what tells whether it belongs to the same incarnation of a node as its data. */
export interface AclOfIncarnation {
  readonly acl: readonly Acl[];
  readonly czxid: bigint;
  readonly aversion: number;
}

export const dataAndStat: BatchRead<DataAndStat> = {
  op: 'getData',
  opcode: OpCode.getData,
  watchFlag: true,
  decode: (r) => ({ data: r.buffer(), stat: readStat(r) }),
};

/** Names alone, as a multiRead cannot ask for the stat too. */
export const childNames: BatchRead<string[]> = {
  op: 'getChildren',
  opcode: OpCode.getChildren,
  watchFlag: true,
  decode: (r) => r.strings(),
};

export const aclAndStat: BatchRead<AclAndStat> = {
  op: 'getAcl',
  opcode: OpCode.getAcl,
  watchFlag: false,
  decode: (r) => ({ acl: readAcl(r), stat: readStat(r) }),
};

const aversionOffset = 40;
const afterAversion = aversionOffset + 4;

/** Decodes of the stat only what is needed: this runs once for every node of a tree. */
export const aclOfIncarnation: BatchRead<AclOfIncarnation> = {
  op: 'getAcl',
  opcode: OpCode.getAcl,
  watchFlag: false,
  decode(r) {
    const acl = readAcl(r);
    const czxid = r.long();
    r.skip(aversionOffset - 8);
    const aversion = r.int();
    r.skip(statBytes - afterAversion);
    return { acl, czxid, aversion };
  },
};

export const statOnly: BatchRead<Stat> = {
  op: 'exists',
  opcode: OpCode.exists,
  watchFlag: true,
  decode: readStat,
};

/**
 * Joins the data and the ACL of one node, which were read by two requests. Undefined where the node was
 * created, or deleted and created again, in between, so that they do not belong together.
 */
export function joinRead(
  node: BatchItem<DataAndStat> | undefined,
  acl: BatchItem<AclOfIncarnation> | undefined,
): BatchItem<NodeRead> | undefined {
  if (node instanceof Error) return node;
  if (acl instanceof Error || acl === null || acl === undefined) return acl;
  if (node === null || node === undefined || node.stat.czxid !== acl.czxid) return undefined;
  const { data, stat } = node;
  const sameAversion = stat.aversion === acl.aversion;
  return { data, stat: sameAversion ? stat : { ...stat, aversion: acl.aversion }, acl: acl.acl };
}
