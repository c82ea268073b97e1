import type { JuteReader } from './jute-reader.ts';
import { OpCode } from './opcodes.ts';
import { type Chroot, validatePath } from './paths.ts';
import { SingleRequest } from './single-request.ts';
import type { Identity, WatchMode } from './types.ts';

/** `AddWatchModes` of ZooKeeper 3.6 and later. */
const watchModeNumber: Readonly<Record<WatchMode, number>> = { persistent: 0, persistentRecursive: 1 };

/** `Watcher.WatcherType.Any`: the only type by which every version removes persistent watches. */
const anyWatcherType = 3;

/** Ephemeral nodes of this session at or below `prefix`. */
export function getEphemeralsRequest(chroot: Chroot, prefix: string): SingleRequest<string[]> {
  validatePath(prefix, 'getEphemerals');
  return new SingleRequest(
    { op: 'getEphemerals', path: prefix, isWrite: false },
    {
      opcode: OpCode.getEphemerals,
      encode: (w) => w.string(chroot.toServer(prefix)),
      decode: (r) => r.strings().map((path) => chroot.toClient(path)),
    },
  );
}

/** Number of nodes below `path`, without itself. */
export function getAllChildrenNumberRequest(chroot: Chroot, path: string): SingleRequest<number> {
  validatePath(path, 'getAllChildrenNumber');
  return new SingleRequest(
    { op: 'getAllChildrenNumber', path, isWrite: false },
    {
      opcode: OpCode.getAllChildrenNumber,
      encode: (w) => w.string(chroot.toServer(path)),
      decode: (r) => r.int(),
    },
  );
}

/** Identities that the server holds for this session. */
export function whoAmIRequest(): SingleRequest<Identity[]> {
  return new SingleRequest(
    { op: 'whoAmI', path: '', isWrite: false },
    { opcode: OpCode.whoAmI, encode: () => {}, decode: readIdentities },
  );
}

function readIdentities(r: JuteReader): Identity[] {
  const count = r.count(8);
  return Array.from({ length: count }, () => ({ scheme: r.string(), user: r.string() }));
}

export function addWatchRequest(chroot: Chroot, path: string, mode: WatchMode): SingleRequest<void> {
  validatePath(path, 'addWatch');
  return new SingleRequest<void>(
    { op: 'addWatch', path, isWrite: false },
    {
      opcode: OpCode.addWatch,
      encode(w) {
        w.string(chroot.toServer(path));
        w.int(watchModeNumber[mode]);
      },
      decode: () => undefined,
    },
  );
}

export function removeWatchRequest(chroot: Chroot, path: string): SingleRequest<void> {
  return new SingleRequest<void>(
    { op: 'removeWatch', path, isWrite: false },
    {
      opcode: OpCode.removeWatches,
      encode(w) {
        w.string(chroot.toServer(path));
        w.int(anyWatcherType);
      },
      decode: () => undefined,
    },
  );
}

/** One step of a SASL exchange: our token for the server's next one. */
export function saslRequest(token: Buffer): SingleRequest<Buffer | null> {
  return new SingleRequest(
    { op: 'sasl', path: '', isWrite: false },
    { opcode: OpCode.sasl, encode: (w) => w.buffer(token), decode: (r) => r.buffer() },
  );
}

/** Ends the session; the server drops the connection after its reply. */
export function closeSessionRequest(): SingleRequest<void> {
  return new SingleRequest<void>(
    { op: 'close', path: '', isWrite: false },
    { opcode: OpCode.closeSession, encode: () => {}, decode: () => undefined },
  );
}
