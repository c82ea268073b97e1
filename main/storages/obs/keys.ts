import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { pathProblem, splitDirectory, splitPath } from '../path-rules.ts';

/** The service's own limit, in bytes of UTF-8. */
const LONGEST_KEY = 1024;
/** The directory at the storage's root where the driver keeps what is no object of anybody. */
const OWN = '.holdfast-obs';
const LIKE_OWN = /^\.holdfast-obs=*(?=\/|$)/;
const ESCAPED_OWN = /^\.holdfast-obs=+(?=\/|$)/;

/**
 * The keys under which objects stand in the bucket: the path below the prefix, as it is. A path that begins with
 * the name of the driver's own directory gets a `=` behind that name.
 */
export class Keys {
  readonly #root: string;

  /** `prefix` is a path in the bucket, or `''`. */
  constructor(prefix: string) {
    this.#root = prefix === '' ? '' : `${prefix}/`;
  }

  /** What every key begins with. */
  get root(): string {
    return this.#root;
  }

  /** The beginning of keys of what the driver keeps for itself. */
  get own(): string {
    return `${this.#root}${OWN}/`;
  }

  /** @throws HoldfastError `storage.bad-path` */
  of(path: string): string {
    splitPath(path);
    const key = this.#root + escapeOwn(path);
    if (Buffer.byteLength(key) > LONGEST_KEY) {
      const problem = detail('key-too-long', { bytes: LONGEST_KEY });
      throw new HoldfastError('storage.bad-path', { path, problem });
    }
    return key;
  }

  /** What the keys of all objects in a directory begin with. @throws HoldfastError `storage.bad-path` */
  within(directory: string): string {
    splitDirectory(directory);
    return directory === '' ? this.#root : `${this.#root}${escapeOwn(directory)}/`;
  }

  /**
   * The path of an object, or of a directory without the slash at its end; undefined for a key that stands for
   * none, such as our own and the empty objects by which consoles mark a folder.
   */
  pathOf(key: string): string | undefined {
    const name = key.slice(this.#root.length);
    if (!key.startsWith(this.#root) || pathProblem(name) !== undefined) return undefined;
    if (ESCAPED_OWN.test(name)) return name.replace('=', '');
    return LIKE_OWN.test(name) ? undefined : name;
  }
}

function escapeOwn(path: string): string {
  return path.replace(LIKE_OWN, '$&=');
}
