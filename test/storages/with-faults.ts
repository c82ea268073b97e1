import type { Storage } from '../../main/storages/contract.ts';
import type { StorageCallName } from '../../main/storages/with/log.ts';
import { HoldfastError } from '../../shared/errors/error.ts';

/** What goes wrong in one call. Positions are bytes from the first byte that the call reads or writes. */
export type Fault =
  | { readonly kind: 'error'; readonly error: Error }
  /** Late, before the call and before each chunk. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** No answer until the call's signal fires. */
  | { readonly kind: 'hang' }
  /** The connection breaks after so many bytes; default error: `storage.unreachable`. */
  | { readonly kind: 'cut'; readonly atByte: number; readonly error?: Error }
  /** A read that ends early as if all were well: what the contract forbids and a reader must notice. */
  | { readonly kind: 'short'; readonly bytes: number }
  /** One bit is wrong in what is read, or in what is stored. */
  | { readonly kind: 'flip'; readonly atByte: number; readonly bit?: number }
  /** The medium fills up. One `room` may be shared by many writes, which use it up. */
  | { readonly kind: 'full'; readonly room: { bytes: number } };

/** A call that is about to be made. */
export interface FaultableCall {
  readonly call: StorageCallName;
  /** The object or prefix; empty for calls about the whole storage. */
  readonly path: string;
  /** How many calls of this name came before, on any path. */
  readonly nth: number;
}

export type FaultScript = (call: FaultableCall) => Fault | undefined;
type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** A storage that fails as a script says, for tests and drills. */
export function withFaults(storage: Storage, script: FaultScript, sleep: Sleep): Storage {
  const counts = new Map<StorageCallName, number>();
  const faultOf = (call: StorageCallName, path: string): Fault | undefined => {
    const nth = counts.get(call) ?? 0;
    counts.set(call, nth + 1);
    return script({ call, path, nth });
  };
  const before = (fault: Fault | undefined, signal: AbortSignal | undefined) => strike(fault, sleep, signal);
  async function one<T>(
    call: StorageCallName,
    path: string,
    signal: AbortSignal | undefined,
    run: () => Promise<T>,
  ) {
    await before(faultOf(call, path), signal);
    return run();
  }
  async function* many<T>(
    call: StorageCallName,
    path: string,
    signal: AbortSignal | undefined,
    items: () => AsyncIterable<T>,
  ) {
    await before(faultOf(call, path), signal);
    yield* items();
  }
  return {
    partSize: storage.partSize,
    stat: (path, signal) => one('stat', path, signal, () => storage.stat(path, signal)),
    remove: (path, signal) => one('remove', path, signal, () => storage.remove(path, signal)),
    usage: (signal) => one('usage', '', signal, () => storage.usage(signal)),
    sweep: (olderThan, options) => one('sweep', '', options?.signal, () => storage.sweep(olderThan, options)),
    list: (prefix, signal) => many('list', prefix, signal, () => storage.list(prefix, signal)),
    directories: (prefix, signal) =>
      many('directories', prefix, signal, () => storage.directories(prefix, signal)),
    async *read(path, range, signal) {
      const fault = faultOf('read', path);
      await before(fault, signal);
      yield* spoil(storage.read(path, range, signal), fault, path, () => before(fault, signal));
    },
    async write(path, data, options) {
      const fault = faultOf('write', path);
      await before(fault, options?.signal);
      const spoilt = spoil(data, fault, path, () => before(fault, options?.signal));
      return storage.write(path, spoilt, options);
    },
    close: () => storage.close(),
  };
}

/** A script by which the first `times` calls of that name fail with `fault`. */
export function firstCalls(call: StorageCallName, times: number, fault: Fault): FaultScript {
  return (made) => (made.call === call && made.nth < times ? fault : undefined);
}

async function strike(
  fault: Fault | undefined,
  sleep: Sleep,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (fault?.kind === 'error') throw fault.error;
  if (fault?.kind === 'delay') await sleep(fault.milliseconds, signal);
  if (fault?.kind === 'hang') await hang(signal);
}

function hang(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted === true) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function* spoil(
  data: AsyncIterable<Uint8Array>,
  fault: Fault | undefined,
  path: string,
  beforeChunk: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of data) {
    await beforeChunk();
    const { bytes, after } = spoilChunk(chunk, at, fault, path);
    at += chunk.length;
    if (bytes.length > 0) yield bytes;
    if (after === 'end') return;
    if (after !== 'go on') throw after;
  }
}

interface SpoiltChunk {
  readonly bytes: Uint8Array;
  readonly after: 'go on' | 'end' | Error;
}

function spoilChunk(chunk: Uint8Array, at: number, fault: Fault | undefined, path: string): SpoiltChunk {
  switch (fault?.kind) {
    case 'cut':
      return upTo(chunk, fault.atByte - at, fault.error ?? cutOff());
    case 'short':
      return upTo(chunk, fault.bytes - at, 'end');
    case 'full': {
      const left = fault.room.bytes;
      fault.room.bytes = Math.max(0, left - chunk.length);
      return upTo(chunk, left, new HoldfastError('storage.full', { path }));
    }
    case 'flip':
      return { bytes: flipped(chunk, fault.atByte - at, fault.bit ?? 0), after: 'go on' };
    default:
      return { bytes: chunk, after: 'go on' };
  }
}

function upTo(chunk: Uint8Array, length: number, after: SpoiltChunk['after']): SpoiltChunk {
  return length >= chunk.length
    ? { bytes: chunk, after: 'go on' }
    : { bytes: chunk.subarray(0, length), after };
}

function flipped(chunk: Uint8Array, at: number, bit: number): Uint8Array {
  const byte = chunk[at];
  if (byte === undefined) return chunk;
  const copy = chunk.slice();
  copy[at] = byte ^ (1 << bit);
  return copy;
}

function cutOff(): HoldfastError {
  return new HoldfastError('storage.unreachable', { problem: 'the connection was cut' });
}
