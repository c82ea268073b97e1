import { prepareCreate } from './create.ts';
import { errorCodeOf, errorNumbers, ZooKeeperError, type ZooKeeperErrorCode } from './errors.ts';
import { Exchange } from './exchange.ts';
import { JuteFormatError, type JuteReader } from './jute-reader.ts';
import type { JuteWriter } from './jute-writer.ts';
import { anyVersion } from './node-requests.ts';
import { OpCode } from './opcodes.ts';
import { type Chroot, validatePath } from './paths.ts';
import { readStat } from './records.ts';
import { unnamedError } from './single-request.ts';
import type { MultiOp, MultiOpResult, MultiResult } from './types.ts';

/** A transaction was refused as a whole because of one operation; nothing of it was applied. */
export class MultiError extends ZooKeeperError {
  override readonly name: string = 'MultiError';
  /** Which operation failed, counted from 0; `op` and `path` are its own. */
  readonly index: number;

  constructor(code: ZooKeeperErrorCode, index: number, failed: MultiOp, message?: string) {
    const where = `operation ${index} of the transaction`;
    super(code, { op: failed.op, path: failed.path, message: message ? `${where}: ${message}` : where });
    this.index = index;
  }
}

interface PreparedOp {
  readonly opcode: number;
  write(w: JuteWriter): void;
}

/** A transaction: all operations are applied, or none. */
export class MultiRequest extends Exchange<MultiResult> {
  #chroot: Chroot;
  #ops: readonly MultiOp[];
  #prepared: readonly PreparedOp[];

  constructor(chroot: Chroot, ops: readonly MultiOp[]) {
    super({ op: 'multi', path: ops[0]?.path ?? '', isWrite: true }, 1);
    this.#chroot = chroot;
    this.#ops = ops;
    this.#prepared = ops.map((op) => prepareOp(chroot, op));
  }

  override encode(w: JuteWriter): void {
    w.int(OpCode.multi);
    for (const op of this.#prepared) {
      writeMultiHeader(w, op.opcode);
      op.write(w);
    }
    writeMultiEnd(w);
  }

  override accept(_index: number, error: number, zxid: bigint, body: JuteReader): void {
    const results: MultiOpResult[] = [];
    for (let index = 0; body.remaining > 0 && !readsEnd(body); index++) {
      const op = this.#ops[index];
      if (op === undefined) throw new JuteFormatError('more results than operations in a transaction');
      const outcome = this.#readOutcome(body, op);
      if (typeof outcome !== 'number') results.push(outcome);
      else if (isOwnFailure(outcome)) {
        this.abandon(new MultiError(errorCodeOf(outcome), index, op, unnamedError(outcome).message));
        return;
      }
    }
    if (error !== 0) this.fail(errorCodeOf(error), unnamedError(error));
    else if (results.length !== this.#ops.length) throw new JuteFormatError('a transaction lacks results');
    else this.succeed({ results, zxid });
  }

  /** Result of one operation, or the error number in its place. */
  #readOutcome(r: JuteReader, op: MultiOp): MultiOpResult | number {
    const type = r.int();
    r.skip(5);
    if (type === OpCode.error) return r.int();
    switch (op.op) {
      case 'create':
        return {
          op: 'create',
          path: this.#chroot.toClient(r.string()),
          stat: type === OpCode.create ? null : readStat(r),
        };
      case 'setData':
        return { op: 'setData', stat: readStat(r) };
      default:
        return { op: op.op };
    }
  }
}

/**
 * Where one operation fails, those before it report 0 and those after it RuntimeInconsistency: neither is
 * the reason.
 */
function isOwnFailure(error: number): boolean {
  return error !== 0 && error !== errorNumbers.RuntimeInconsistency;
}

function prepareOp(chroot: Chroot, op: MultiOp): PreparedOp {
  if (op.op === 'create') return prepareCreate(op.path, chroot.toServer(op.path), op.data, op);
  validatePath(op.path, op.op);
  const path = chroot.toServer(op.path);
  const version = op.version ?? anyVersion;
  if (op.op === 'setData')
    return { opcode: OpCode.setData, write: (w) => writeSetData(w, path, op.data, version) };
  return {
    opcode: op.op === 'delete' ? OpCode.delete : OpCode.check,
    write(w) {
      w.string(path);
      w.int(version);
    },
  };
}

function writeSetData(w: JuteWriter, path: string, data: Uint8Array | null, version: number): void {
  w.string(path);
  w.buffer(data);
  w.int(version);
}

/** `MultiHeader` before one operation of a multi or multiRead. */
export function writeMultiHeader(w: JuteWriter, opcode: number): void {
  w.int(opcode);
  w.bool(false);
  w.int(-1);
}

/** `MultiHeader` after the last operation. */
export function writeMultiEnd(w: JuteWriter): void {
  w.int(-1);
  w.bool(true);
  w.int(-1);
}

const multiHeaderBytes = 9;

/** True, and past it, where the reader stands at the closing `MultiHeader`. */
export function readsEnd(r: JuteReader): boolean {
  const done = r.peek(multiHeaderBytes)[4] !== 0;
  if (done) r.skip(multiHeaderBytes);
  return done;
}
