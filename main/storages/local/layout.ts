import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { syncDirectory } from '../../files/sync-directory.ts';
import { errnoOf, unless } from '../../files/system-errors.ts';
import { fromFileName, toFileName } from '../path-rules.ts';

/*
 * Where objects stand on disk. Links inside the root are not followed: what they lead to is not in the storage,
 * and nothing is written through them. That, and names that differ only in the case of their letters on a file
 * system that ignores it, are found by one comparison: the real path of a file must be the path it was asked by.
 */

/** Holds objects while they are written, on the same file system as the root. */
export const STAGING = '.holdfast-staging';
const RESERVED = [STAGING];
/** A directory can vanish between its making and its use when another process removes its last object. */
const MOST_ATTEMPTS = 16;
const ABSENT = ['ENOENT', 'ENOTDIR'];

export interface Modes {
  readonly file: number;
  readonly directory: number;
}

export class Layout {
  /** The real path of the root. */
  readonly root: string;
  readonly staging: string;
  readonly modes: Modes;
  readonly #identity: string;

  private constructor(root: string, identity: string, modes: Modes) {
    this.root = root;
    this.staging = join(root, STAGING);
    this.modes = modes;
    this.#identity = identity;
  }

  /** @throws system errors of the root directory. */
  static async at(directory: string, modes: Modes): Promise<Layout> {
    const root = await realpath(directory);
    const found = await stat(root);
    if (!found.isDirectory()) {
      throw new HoldfastError('storage.bad-path', { path: directory, problem: detail('not-directory') });
    }
    return new Layout(root, identityOf(found), modes);
  }

  /** The file of an object, or the directory of a prefix. */
  fileOf(components: readonly string[]): string {
    return join(this.root, ...components.map((component) => toFileName(component, RESERVED)));
  }

  /** The component that a name on disk stands for; undefined when it is none of ours. */
  componentOf(fileName: string): string | undefined {
    return fromFileName(fileName, RESERVED);
  }

  /**
   * What stands at exactly this place; undefined when nothing does, or only by way of a link or of a name in
   * other case. Makes sure first that "nothing" does not come from a root that went away.
   */
  async find(file: string): Promise<Stats | undefined> {
    const found = await unless(ABSENT, lstat(file));
    if (found === undefined) await this.checkRoot();
    if (found === undefined || found.isSymbolicLink()) return undefined;
    return (await isReal(file)) ? found : undefined;
  }

  /** @throws HoldfastError `storage.no-directory` when the root is gone or another one is mounted over it. */
  async checkRoot(): Promise<void> {
    const found = await unless(ABSENT, stat(this.root));
    if (found === undefined || identityOf(found) !== this.#identity) {
      throw new HoldfastError('storage.no-directory', { path: this.root });
    }
  }

  /** Runs `use` when the directory of `file` exists, and again should it vanish meanwhile. */
  async inDirectoryOf<T>(file: string, use: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#makeDirectory(dirname(file));
        return await use();
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT' || attempt === MOST_ATTEMPTS) throw error;
        await this.checkRoot();
      }
    }
  }

  async #makeDirectory(directory: string): Promise<void> {
    if (directory === this.root || (await isReal(directory))) return;
    await this.#makeDirectory(dirname(directory));
    const made = await unless(
      ['EEXIST'],
      mkdir(directory, { mode: this.modes.directory }).then(() => true),
    );
    if (made === true) {
      // The process's umask has narrowed the mode.
      await chmod(directory, this.modes.directory);
      await syncDirectory(dirname(directory));
    } else if (!(await isReal(directory))) {
      const problem = detail('link-on-the-way');
      throw new HoldfastError('storage.bad-path', { path: directory, problem });
    }
  }

  /** @throws HoldfastError `storage.bad-path` when a name that differs only in its case is taken. */
  async refuseTwin(file: string): Promise<void> {
    const found = await unless(ABSENT, lstat(file));
    if (found === undefined || found.isSymbolicLink() || (await isReal(file))) return;
    const problem = detail('case-taken');
    throw new HoldfastError('storage.bad-path', { path: file, problem });
  }
}

async function isReal(file: string): Promise<boolean> {
  const real = await unless(ABSENT, realpath(file));
  return real !== undefined && real.normalize('NFC') === file.normalize('NFC');
}

function identityOf(found: Stats): string {
  return `${found.dev}:${found.ino}`;
}
