import { createHash } from 'node:crypto';
import { HoldfastError } from '../../shared/errors/error.ts';
import type { Text } from '../../shared/errors/text.ts';
import { detail } from '../../shared/messages/details.ts';
import type { Storage } from './contract.ts';

/** The directory that a check may fill, as a storage of its own. */
export interface Scratch {
  readonly storage: Storage;
  readonly signal: AbortSignal | undefined;
}

export interface CheckOutcome {
  readonly result: 'passed' | 'failed' | 'unknown';
  readonly detail?: Text;
}

export interface StorageCheck {
  readonly name: string;
  readonly label: Text;
  readonly needsWriting: boolean;
  /** An error that it throws is a failure too. */
  run(scratch: Scratch): Promise<CheckOutcome>;
}

const PASSED: CheckOutcome = { result: 'passed' };
const SMALL = Buffer.from('Holdfast validates this storage.\n');
const MEBIBYTE = 1024 * 1024;
/** Of a large object where nothing is sent in parts. */
const LARGE_BYTES = 8 * MEBIBYTE;
const LARGE_CHUNK = MEBIBYTE / 4;
const WRITERS = 4;
/** Composed and decomposed accents, letters beyond the basic plane, and what Windows forbids. */
const DIFFICULT_NAMES = ['备份 数据', 'ä', 'a\u0308', '🗄️', 'a:b*c?', 'CON', 'ends with dot.', '100%25'];

/** What is tried, in order: later checks build on `write`. */
export const storageChecks: readonly StorageCheck[] = [
  check('write', { en: 'Write an object', zh: '写入对象' }, false, async ({ storage, signal }) => {
    const written = await storage.write('write', pieces(SMALL), given(signal));
    return written.size === SMALL.length ? PASSED : wrong(detail('other-size'));
  }),
  check('read', { en: 'Read it back', zh: '读回对象' }, true, async ({ storage, signal }) => {
    await storage.write('read', pieces(SMALL), given(signal));
    return same(await content(storage, 'read', signal), SMALL, detail('other-bytes'));
  }),
  check('range', { en: 'Read a range', zh: '读取片段' }, true, async ({ storage, signal }) => {
    await storage.write('range', pieces(SMALL), given(signal));
    const range = await collect(storage.read('range', { offset: 5, length: 11 }, signal));
    return same(range, SMALL.subarray(5, 16), detail('range-other-bytes'));
  }),
  check('overwrite', { en: 'Replace an object', zh: '替换对象' }, true, async ({ storage, signal }) => {
    await storage.write('overwrite', pieces(SMALL), given(signal));
    const shorter = Buffer.from('replaced');
    await storage.write('overwrite', pieces(shorter), given(signal));
    return same(await content(storage, 'overwrite', signal), shorter, detail('not-replaced'));
  }),
  check(
    'exclusive',
    { en: 'Of several writers at once exactly one creates', zh: '多个写入者中只有一个能创建' },
    true,
    checkExclusive,
  ),
  check(
    'late',
    { en: 'A large object that comes too late is not created', zh: '晚到的大对象不会被创建' },
    true,
    checkLate,
  ),
  check('list', { en: 'List objects and directories', zh: '列出对象与目录' }, true, checkList),
  check('remove', { en: 'Remove an object', zh: '删除对象' }, true, async ({ storage, signal }) => {
    await storage.write('remove', pieces(SMALL), given(signal));
    await storage.remove('remove', signal);
    await storage.remove('remove', signal);
    const left = await storage.stat('remove', signal);
    return left === undefined ? PASSED : wrong(detail('still-there'));
  }),
  check('large', { en: 'Write and read a large object', zh: '写入并读回大对象' }, true, checkLarge),
  check('names', { en: 'Names in any language', zh: '各种语言的名称' }, true, checkNames),
  check(
    'interrupted',
    { en: 'An interrupted write leaves nothing', zh: '中断的写入不留痕迹' },
    true,
    checkInterrupted,
  ),
  check('usage', { en: 'Tell the free space', zh: '报告可用空间' }, false, async ({ storage, signal }) => {
    const { free } = await storage.usage(signal);
    if (free !== undefined) return PASSED;
    return {
      result: 'unknown',
      detail: { en: 'This storage does not tell its free space.', zh: '此存储不报告可用空间。' },
    };
  }),
];

async function checkExclusive({ storage, signal }: Scratch): Promise<CheckOutcome> {
  const contents = Array.from({ length: WRITERS }, (_, writer) => Buffer.from(`writer ${writer}`));
  const attempts = await Promise.allSettled(
    contents.map((bytes) => storage.write('exclusive', pieces(bytes), { ...given(signal), ifAbsent: true })),
  );
  const winners = attempts.flatMap((attempt, at) => (attempt.status === 'fulfilled' ? [contents[at]] : []));
  for (const attempt of attempts) {
    if (attempt.status === 'rejected' && !isExists(attempt.reason)) throw attempt.reason;
  }
  const [winner] = winners;
  if (winners.length !== 1 || winner === undefined) {
    return wrong(detail('several-winners', { winners: winners.length, writers: WRITERS }));
  }
  return same(await content(storage, 'exclusive', signal), winner, detail('other-writer'));
}

/** What decides is the moment when an object appears, not the one when its writing began. */
async function checkLate({ storage, signal }: Scratch): Promise<CheckOutcome> {
  const options = { ...given(signal), ifAbsent: true };
  async function* data() {
    yield* chunks((storage.partSize ?? SMALL.length) + 1);
    await storage.write('late', pieces(SMALL), options);
    yield SMALL;
  }
  const created = await storage.write('late', data(), options).then(
    () => true,
    (error: unknown) => (isExists(error) ? false : Promise.reject(error)),
  );
  if (created) return wrong(detail('newcomer-replaced'));
  return same(await content(storage, 'late', signal), SMALL, detail('late-object'));
}

async function checkList({ storage, signal }: Scratch): Promise<CheckOutcome> {
  const paths = ['list/one', 'list/deep/two', 'list/deep/er/three'];
  for (const path of paths) await storage.write(path, pieces(SMALL), given(signal));
  const listed: string[] = [];
  for await (const { path } of storage.list('list', signal)) listed.push(path);
  const directories: string[] = [];
  for await (const name of storage.directories('list', signal)) directories.push(name);
  if (listed.sort().join() !== paths.sort().join()) return wrong(detail('list-differs'));
  return directories.join() === 'deep' ? PASSED : wrong(detail('directories-differ'));
}

async function checkLarge({ storage, signal }: Scratch): Promise<CheckOutcome> {
  const size = storage.partSize === undefined ? LARGE_BYTES : 2 * storage.partSize + 1;
  const written = createHash('sha256');
  async function* data() {
    for (const chunk of chunks(size)) {
      written.update(chunk);
      yield chunk;
    }
  }
  await storage.write('large', data(), given(signal));
  const read = createHash('sha256');
  for await (const chunk of storage.read('large', undefined, signal)) read.update(chunk);
  return read.digest('hex') === written.digest('hex') ? PASSED : wrong(detail('large-changed'));
}

async function checkNames({ storage, signal }: Scratch): Promise<CheckOutcome> {
  for (const name of DIFFICULT_NAMES) {
    await storage.write(`names/${name}`, pieces(Buffer.from(name)), given(signal));
  }
  const listed = new Set<string>();
  for await (const { path } of storage.list('names', signal)) listed.add(path);
  for (const name of DIFFICULT_NAMES) {
    const path = `names/${name}`;
    const bytes = await content(storage, path, signal);
    if (!listed.has(path) || !bytes.equals(Buffer.from(name))) return wrong(detail('name-lost', { name }));
  }
  return listed.size === DIFFICULT_NAMES.length ? PASSED : wrong(detail('names-too-many'));
}

async function checkInterrupted({ storage, signal }: Scratch): Promise<CheckOutcome> {
  const reason = new Error('interrupted on purpose');
  async function* data() {
    yield Buffer.alloc(LARGE_CHUNK);
    throw reason;
  }
  const outcome = await storage.write('interrupted', data(), given(signal)).catch((error: unknown) => error);
  signal?.throwIfAborted();
  if (outcome !== reason) return wrong(detail('write-went-on'));
  if ((await storage.stat('interrupted', signal)) !== undefined) return wrong(detail('half-visible'));
  for await (const { path } of storage.list('', signal)) {
    if (path.startsWith('interrupted')) return wrong(detail('half-listed'));
  }
  return PASSED;
}

function check(name: string, label: Text, needsWriting: boolean, run: StorageCheck['run']): StorageCheck {
  return { name, label, needsWriting, run };
}

/** What the storage did against the contract. */
function wrong(problem: Text): never {
  throw new HoldfastError('storage.breaks-contract', { problem });
}

function same(actual: Buffer, expected: Uint8Array, problem: Text): CheckOutcome {
  return actual.equals(expected) ? PASSED : wrong(problem);
}

function isExists(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'storage.exists';
}

function given(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** Bytes of which no two chunks are the same: one that comes twice or in another place is noticed. */
function* chunks(size: number): Generator<Buffer> {
  for (let at = 0; at < size; at += LARGE_CHUNK) {
    yield Buffer.alloc(Math.min(LARGE_CHUNK, size - at), `chunk at ${at};`);
  }
}

async function* pieces(...given: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* given;
}

function content(storage: Storage, path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  return collect(storage.read(path, undefined, signal));
}

async function collect(data: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of data) chunks.push(chunk);
  return Buffer.concat(chunks);
}
