import { constants } from 'node:fs';
import {
  type FileHandle,
  type link,
  lstat,
  open,
  readdir,
  rename,
  rmdir,
  statfs,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { classified, classify } from '../../files/classify.ts';
import { syncDirectory } from '../../files/sync-directory.ts';
import { errnoOf, unless } from '../../files/system-errors.ts';
import type {
  ByteRange,
  Storage,
  StorageContext,
  StoredObject,
  SweepOptions,
  Usage,
  WriteOptions,
} from '../contract.ts';
import { splitDirectory, splitPath } from '../path-rules.ts';
import { pullUntilAborted } from '../pull-until-aborted.ts';
import { rangeWithin, truncated } from '../range.ts';
import { type Layout, STAGING } from './layout.ts';
import { publishIfAbsent } from './publish.ts';
import { walkDirectories, walkObjects } from './walk.ts';

const READ_CHUNK = 512 * 1024;
const READ_ONLY_NO_LINK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

interface StagedFile {
  readonly file: string;
  readonly size: number;
  readonly modified: Date;
}

/** A directory of this machine. An object is staged as a hidden file, made durable, and then given its name. */
export class LocalStorage implements Storage {
  readonly partSize = undefined;
  readonly #layout: Layout;
  readonly #context: StorageContext;
  readonly #link: typeof link;

  /** `hardLink` makes a hard link; it fails as the system call does where there are none. */
  constructor(layout: Layout, context: StorageContext, hardLink: typeof link) {
    this.#layout = layout;
    this.#context = context;
    this.#link = hardLink;
  }

  async stat(path: string, signal?: AbortSignal): Promise<StoredObject | undefined> {
    signal?.throwIfAborted();
    const file = this.#layout.fileOf(splitPath(path));
    const found = await classified(path, () => this.#layout.find(file));
    return found?.isFile() ? { path, size: found.size, modified: found.mtime } : undefined;
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<StoredObject> {
    signal?.throwIfAborted();
    yield* walking(prefix, walkObjects(this.#layout, splitDirectory(prefix), signal));
  }

  async *directories(prefix: string, signal?: AbortSignal): AsyncGenerator<string> {
    signal?.throwIfAborted();
    yield* walking(prefix, walkDirectories(this.#layout, splitDirectory(prefix), signal));
  }

  async *read(path: string, range?: ByteRange, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    signal?.throwIfAborted();
    const handle = await this.#open(path);
    try {
      const { size } = await classified(path, () => handle.stat());
      const wanted = rangeWithin(path, size, range);
      for (let done = 0; done < wanted.length; ) {
        signal?.throwIfAborted();
        const chunk = Buffer.allocUnsafeSlow(Math.min(READ_CHUNK, wanted.length - done));
        const at = wanted.offset + done;
        const { bytesRead } = await classified(path, () => handle.read(chunk, 0, chunk.length, at));
        if (bytesRead === 0) throw truncated(path, wanted.length, done);
        done += bytesRead;
        yield chunk.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  }

  async write(
    path: string,
    data: AsyncIterable<Uint8Array>,
    options: WriteOptions = {},
  ): Promise<StoredObject> {
    const { ifAbsent = false, signal } = options;
    signal?.throwIfAborted();
    const target = this.#layout.fileOf(splitPath(path));
    await classified(path, async () => {
      await this.#layout.checkRoot();
      await this.#layout.refuseTwin(target);
    });
    // Saves pulling the data; publishing decides.
    if (ifAbsent && (await this.stat(path)) !== undefined)
      throw new HoldfastError('storage.exists', { path });
    const staged = await this.#stage(path, data, signal);
    try {
      await classified(path, () => this.#publish(staged.file, target, path, ifAbsent, signal));
    } finally {
      await discard(staged.file);
    }
    return { path, size: staged.size, modified: staged.modified };
  }

  async remove(path: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const file = this.#layout.fileOf(splitPath(path));
    await classified(path, async () => {
      const found = await this.#layout.find(file);
      if (!found?.isFile()) return;
      await unless(['ENOENT', 'ENOTDIR'], unlink(file));
      await this.#removeEmptyDirectories(dirname(file));
    });
  }

  async usage(signal?: AbortSignal): Promise<Usage> {
    signal?.throwIfAborted();
    const found = await classified('', () => statfs(this.#layout.root));
    return { total: found.blocks * found.bsize, free: found.bavail * found.bsize };
  }

  /** What is staged, nobody but us has written. */
  async sweep(olderThan: Date, { signal }: SweepOptions = {}): Promise<number> {
    signal?.throwIfAborted();
    return classified(STAGING, async () => {
      let swept = 0;
      for (const name of (await unless(['ENOENT'], readdir(this.#layout.staging))) ?? []) {
        signal?.throwIfAborted();
        const file = join(this.#layout.staging, name);
        const found = await unless(['ENOENT'], lstat(file));
        if (!found?.isFile() || found.mtime >= olderThan) continue;
        await unless(['ENOENT'], unlink(file));
        swept += 1;
      }
      return swept;
    });
  }

  /** Nothing is held between calls. */
  async close(): Promise<void> {}

  async #open(path: string): Promise<FileHandle> {
    const file = this.#layout.fileOf(splitPath(path));
    return classified(path, async () => {
      const found = await this.#layout.find(file);
      if (!found?.isFile()) throw new HoldfastError('storage.missing', { path });
      return open(file, READ_ONLY_NO_LINK);
    });
  }

  /** Writes the data to a hidden file and makes it durable. Leaves no file behind when it fails. */
  async #stage(
    path: string,
    data: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<StagedFile> {
    const file = join(this.#layout.staging, `${this.#context.randomHex(16)}.part`);
    const handle = await classified(path, () =>
      this.#layout.inDirectoryOf(file, () => open(file, 'wx', this.#layout.modes.file)),
    );
    try {
      await classified(path, () => handle.chmod(this.#layout.modes.file));
      let written = 0;
      for await (const chunk of pullUntilAborted(data, signal)) {
        await classified(path, () => writeWhole(handle, chunk));
        written += chunk.length;
      }
      const found = await classified(path, () => handle.sync().then(() => handle.stat()));
      if (found.size !== written) throw truncated(path, written, found.size);
      signal?.throwIfAborted();
      return { file, size: written, modified: found.mtime };
    } catch (error) {
      await discard(file);
      throw error;
    } finally {
      await handle.close();
    }
  }

  async #publish(
    staged: string,
    target: string,
    path: string,
    ifAbsent: boolean,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { randomHex } = this.#context;
    const surroundings = { staging: this.#layout.staging, randomHex, link: this.#link, signal };
    try {
      await this.#layout.inDirectoryOf(target, () =>
        ifAbsent ? publishIfAbsent(staged, target, path, surroundings) : rename(staged, target),
      );
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      throw new HoldfastError('storage.failed', { path, problem: detail('staged-vanished') }, error);
    }
    // Gone again: another process has removed the object, and with it the directory.
    await unless(['ENOENT'], syncDirectory(dirname(target)));
  }

  async #removeEmptyDirectories(directory: string): Promise<void> {
    let at = directory;
    for (; at !== this.#layout.root; at = dirname(at)) {
      const removed = await unless(
        NOT_EMPTY,
        rmdir(at).then(() => true),
      );
      if (removed !== true) break;
    }
    await unless(['ENOENT'], syncDirectory(at));
  }
}

/** Linux, macOS and Windows answer differently for a directory in use; an empty one that stays does no harm. */
const NOT_EMPTY = ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EBUSY', 'EPERM', 'EACCES'];

async function* walking<T>(prefix: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw classify(error, prefix);
  }
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done);
    done += bytesWritten;
  }
}

/** Removes a staged file. What cannot be removed now is never listed, and swept later. */
async function discard(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
