import { createOpcode, validateCreate, writeCreate } from './create.ts';
import { errorCodeOf, errorNumbers, ZooKeeperError, type ZooKeeperErrorCode } from './errors.ts';
import { Exchange } from './exchange.ts';
import { JuteFormatError, type JuteReader } from './jute-reader.ts';
import type { JuteWriter } from './jute-writer.ts';
import { anyVersion } from './node-requests.ts';
import { OpCode } from './opcodes.ts';
import { type Chroot, validatePath } from './paths.ts';
import { readStat, statBytes } from './records.ts';
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

/** All operations are applied, or none. */
abstract class Transaction<T> extends Exchange<T> {
  readonly #chroot: Chroot;
  readonly #ops: readonly MultiOp[];

  constructor(chroot: Chroot, ops: readonly MultiOp[]) {
    super({ op: 'multi', path: ops[0]?.path ?? '', isWrite: true }, 1);
    for (const op of ops) {
      if (op.op === 'create') validateCreate(op.path, op);
      else validatePath(op.path, op.op);
    }
    this.#chroot = chroot;
    this.#ops = ops;
  }

  override encode(w: JuteWriter): void {
    w.int(OpCode.multi);
    for (const op of this.#ops) {
      writeMultiHeader(w, this.opcodeOf(op));
      writeOp(w, this.#chroot.toServer(op.path), op);
    }
    writeMultiEnd(w);
  }

  override accept(_index: number, error: number, zxid: bigint, body: JuteReader): void {
    let results = 0;
    for (let index = 0; body.remaining > 0 && !readsEnd(body); index++) {
      const op = this.#ops[index];
      if (op === undefined) throw new JuteFormatError('more results than operations in a transaction');
      const type = body.int();
      body.skip(5);
      if (type !== OpCode.error) {
        this.takeResult(body, op, type !== OpCode.create);
        results++;
        continue;
      }
      const failure = body.int();
      if (!isOwnFailure(failure)) continue;
      this.abandon(new MultiError(errorCodeOf(failure), index, op, unnamedError(failure).message));
      return;
    }
    if (error !== 0) this.fail(errorCodeOf(error), unnamedError(error));
    else if (results !== this.#ops.length) throw new JuteFormatError('a transaction lacks results');
    else this.succeed(this.outcomeAt(zxid));
  }

  protected abstract opcodeOf(op: MultiOp): number;

  /** Reads past the result of one operation; of a create it has a stat or not. */
  protected abstract takeResult(r: JuteReader, op: MultiOp, withStat: boolean): void;

  protected abstract outcomeAt(zxid: bigint): T;
}

/** A transaction that tells what each operation did. */
export class MultiRequest extends Transaction<MultiResult> {
  readonly #toClient: Chroot;
  readonly #results: MultiOpResult[] = [];

  constructor(chroot: Chroot, ops: readonly MultiOp[]) {
    super(chroot, ops);
    this.#toClient = chroot;
  }

  protected override opcodeOf(op: MultiOp): number {
    return op.op === 'create' ? createOpcode(op) : opcodes[op.op];
  }

  protected override takeResult(r: JuteReader, { op }: MultiOp, withStat: boolean): void {
    if (op === 'create') {
      const path = this.#toClient.toClient(r.string());
      this.#results.push({ op, path, stat: withStat ? readStat(r) : null });
    } else if (op === 'setData') this.#results.push({ op, stat: readStat(r) });
    else this.#results.push({ op });
  }

  protected override outcomeAt(zxid: bigint): MultiResult {
    return { results: this.#results, zxid };
  }
}

/**
 * A transaction of which only its zxid is told. For thousands of operations at a time: servers leave out what they can
 * of the results, and what they send is passed over.
 */
export class CommitRequest extends Transaction<bigint> {
  protected override opcodeOf(op: MultiOp): number {
    if (op.op !== 'create') return opcodes[op.op];
    const opcode = createOpcode(op);
    return opcode === OpCode.create2 ? OpCode.create : opcode;
  }

  protected override takeResult(r: JuteReader, { op }: MultiOp, withStat: boolean): void {
    if (op === 'create') r.skipString();
    if (op === 'setData' || (op === 'create' && withStat)) r.skip(statBytes);
  }

  protected override outcomeAt(zxid: bigint): bigint {
    return zxid;
  }
}

/**
 * Where one operation fails, those before it report 0 and those after it RuntimeInconsistency: neither is
 * the reason.
 */
function isOwnFailure(error: number): boolean {
  return error !== 0 && error !== errorNumbers.RuntimeInconsistency;
}

const opcodes = { setData: OpCode.setData, delete: OpCode.delete, check: OpCode.check } as const;

/** `path` is the server's. */
function writeOp(w: JuteWriter, path: string, op: MultiOp): void {
  if (op.op === 'create') {
    writeCreate(w, path, op.data, op);
    return;
  }
  w.string(path);
  if (op.op === 'setData') w.buffer(op.data);
  w.int(op.version ?? anyVersion);
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
  const done = r.peek(multiHeaderBytes, 4) !== 0;
  if (done) r.skip(multiHeaderBytes);
  return done;
}
