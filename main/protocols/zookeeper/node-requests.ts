import { createOpcode, validateCreate, writeCreate } from './create.ts';
import { errorNumbers } from './errors.ts';
import type { Subject } from './exchange.ts';
import { OpCode } from './opcodes.ts';
import { type Chroot, validatePath } from './paths.ts';
import { type Acl, readAcl, readStat, type Stat, writeAcl } from './records.ts';
import { SingleRequest } from './single-request.ts';
import type { AclAndStat, ChildrenAndStat, Created, DataAndStat, NodeData, NodeSpec } from './types.ts';

/** Any version, in a request that checks one. */
export const anyVersion = -1;

const reading = (op: string, path: string): Subject => ({ op, path, isWrite: false });
const writing = (op: string, path: string): Subject => ({ op, path, isWrite: true });

/** Checks `path` for `op` and maps it to the server's. */
function serverPathOf(chroot: Chroot, path: string, op: string): string {
  validatePath(path, op);
  return chroot.toServer(path);
}

export function createRequest(
  chroot: Chroot,
  path: string,
  data: NodeData,
  spec: NodeSpec,
): SingleRequest<Created> {
  validateCreate(path, spec);
  return new SingleRequest(writing('create', path), {
    opcode: createOpcode(spec),
    encode: (w) => writeCreate(w, chroot.toServer(path), data, spec),
    decode: (r) => ({ path: chroot.toClient(r.string()), stat: readStat(r) }),
  });
}

export function deleteRequest(chroot: Chroot, path: string, version: number): SingleRequest<void> {
  const target = serverPathOf(chroot, path, 'delete');
  return new SingleRequest<void>(writing('delete', path), {
    opcode: OpCode.delete,
    encode(w) {
      w.string(target);
      w.int(version);
    },
    decode: () => undefined,
  });
}

export function existsRequest(chroot: Chroot, path: string): SingleRequest<Stat | null> {
  const target = serverPathOf(chroot, path, 'exists');
  return new SingleRequest<Stat | null>(reading('exists', path), {
    opcode: OpCode.exists,
    encode(w) {
      w.string(target);
      w.bool(false);
    },
    decode: readStat,
    answerTo: (error) => (error === errorNumbers.NoNode ? { value: null } : undefined),
  });
}

export function getDataRequest(chroot: Chroot, path: string): SingleRequest<DataAndStat> {
  const target = serverPathOf(chroot, path, 'getData');
  return new SingleRequest(reading('getData', path), {
    opcode: OpCode.getData,
    encode(w) {
      w.string(target);
      w.bool(false);
    },
    decode: (r) => ({ data: r.buffer(), stat: readStat(r) }),
  });
}

export function setDataRequest(
  chroot: Chroot,
  path: string,
  data: NodeData,
  version: number,
): SingleRequest<Stat> {
  const target = serverPathOf(chroot, path, 'setData');
  return new SingleRequest(writing('setData', path), {
    opcode: OpCode.setData,
    encode(w) {
      w.string(target);
      w.buffer(data);
      w.int(version);
    },
    decode: readStat,
  });
}

export function getAclRequest(chroot: Chroot, path: string): SingleRequest<AclAndStat> {
  const target = serverPathOf(chroot, path, 'getAcl');
  return new SingleRequest(reading('getAcl', path), {
    opcode: OpCode.getAcl,
    encode: (w) => w.string(target),
    decode: (r) => ({ acl: readAcl(r), stat: readStat(r) }),
  });
}

export function setAclRequest(
  chroot: Chroot,
  path: string,
  acl: readonly Acl[],
  version: number,
): SingleRequest<Stat> {
  const target = serverPathOf(chroot, path, 'setAcl');
  return new SingleRequest(writing('setAcl', path), {
    opcode: OpCode.setAcl,
    encode(w) {
      w.string(target);
      writeAcl(w, acl);
      w.int(version);
    },
    decode: readStat,
  });
}

export function getChildrenRequest(chroot: Chroot, path: string): SingleRequest<ChildrenAndStat> {
  const target = serverPathOf(chroot, path, 'getChildren');
  return new SingleRequest(reading('getChildren', path), {
    opcode: OpCode.getChildren2,
    encode(w) {
      w.string(target);
      w.bool(false);
    },
    decode: (r) => ({ children: r.strings(), stat: readStat(r) }),
  });
}

/** Outcome: the zxid of the reply, up to which the server has caught up with its leader. */
export function syncRequest(chroot: Chroot, path: string): SingleRequest<bigint> {
  const target = serverPathOf(chroot, path, 'sync');
  return new SingleRequest(reading('sync', path), {
    opcode: OpCode.sync,
    encode: (w) => w.string(target),
    decode: (_body, zxid) => zxid,
  });
}
