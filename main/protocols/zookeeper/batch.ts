import { errorCodeOf, errorNumbers, ZooKeeperError } from './errors.ts';
import { Exchange } from './exchange.ts';
import { JuteFormatError, type JuteReader } from './jute-reader.ts';
import type { JuteWriter } from './jute-writer.ts';
import { readsEnd, writeMultiEnd, writeMultiHeader } from './multi.ts';
import { OpCode } from './opcodes.ts';
import type { Chroot } from './paths.ts';
import { unnamedError } from './single-request.ts';
import type { BatchItem } from './types.ts';

/** One kind of read, as a batch asks it of many paths. */
export interface BatchRead<T> {
  readonly op: string;
  readonly opcode: number;
  /** True where the request carries a watch flag behind its path. */
  readonly watchFlag: boolean;
  readonly decode: (r: JuteReader) => T;
}

/** Characters of paths in one multiRead frame: far below the server's frame limit of 1 MiB. */
const multiReadCharacters = 128 * 1024;

/** Reads many nodes by one frame per path, all sent together. */
export class PipelinedBatch<T> extends Exchange<BatchItem<T>[]> {
  #read: BatchRead<T>;
  #chroot: Chroot;
  #paths: readonly string[];
  #items: BatchItem<T>[];

  constructor(chroot: Chroot, paths: readonly string[], read: BatchRead<T>) {
    super({ op: read.op, path: paths[0] ?? '', isWrite: false }, paths.length);
    this.#read = read;
    this.#chroot = chroot;
    this.#paths = paths;
    this.#items = new Array(paths.length);
  }

  override encode(w: JuteWriter, index: number): void {
    w.int(this.#read.opcode);
    w.string(this.#chroot.toServer(this.#paths[index] ?? ''));
    if (this.#read.watchFlag) w.bool(false);
  }

  override accept(index: number, error: number, _zxid: bigint, body: JuteReader): void {
    this.#items[index] =
      error === 0 ? this.#read.decode(body) : refusal(error, this.#read.op, this.#paths[index] ?? '');
    if (index === this.frames - 1) this.succeed(this.#items);
  }
}

/** Reads many nodes by multiRead frames (3.6 and later), which know getData and getChildren only. */
export class MultiReadBatch<T> extends Exchange<BatchItem<T>[]> {
  #read: BatchRead<T>;
  #chroot: Chroot;
  #paths: readonly string[];
  /** Index of the first path of each frame, and the number of paths at the end. */
  #bounds: readonly number[];
  #items: BatchItem<T>[] = [];

  constructor(chroot: Chroot, paths: readonly string[], read: BatchRead<T>) {
    const bounds = frameBounds(paths, chroot.prefix.length);
    super({ op: read.op, path: paths[0] ?? '', isWrite: false }, bounds.length - 1);
    this.#read = read;
    this.#chroot = chroot;
    this.#paths = paths;
    this.#bounds = bounds;
  }

  override encode(w: JuteWriter, index: number): void {
    const end = this.#bounds[index + 1] ?? 0;
    w.int(OpCode.multiRead);
    for (let i = this.#bounds[index] ?? 0; i < end; i++) {
      writeMultiHeader(w, this.#read.opcode);
      w.string(this.#chroot.toServer(this.#paths[i] ?? ''));
      w.bool(false);
    }
    writeMultiEnd(w);
  }

  override accept(index: number, error: number, _zxid: bigint, body: JuteReader): void {
    if (error !== 0) {
      this.fail(errorCodeOf(error), unnamedError(error));
      return;
    }
    const items = this.#items;
    while (!readsEnd(body)) items.push(this.#readItem(body, this.#paths[items.length] ?? ''));
    if (items.length !== this.#bounds[index + 1]) throw new JuteFormatError('a multiRead lacks results');
    if (index === this.frames - 1) this.succeed(items);
  }

  #readItem(r: JuteReader, path: string): BatchItem<T> {
    const type = r.int();
    r.skip(5);
    return type === OpCode.error ? refusal(r.int(), this.#read.op, path) : this.#read.decode(r);
  }
}

function refusal(error: number, op: string, path: string): ZooKeeperError | null {
  if (error === errorNumbers.NoNode) return null;
  return new ZooKeeperError(errorCodeOf(error), { op, path, ...unnamedError(error) });
}

function frameBounds(paths: readonly string[], prefixLength: number): number[] {
  const bounds = [0];
  let characters = 0;
  for (const [index, path] of paths.entries()) {
    characters += path.length + prefixLength;
    if (characters <= multiReadCharacters) continue;
    if (index > (bounds.at(-1) ?? 0)) bounds.push(index);
    characters = path.length + prefixLength;
  }
  if (paths.length > 0) bounds.push(paths.length);
  return bounds;
}
