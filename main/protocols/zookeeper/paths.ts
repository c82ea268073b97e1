import { ZooKeeperError } from './errors.ts';

/**
 * Characters that every server refuses, by `PathUtils.validatePath`. Versions differ on the ends of these
 * ranges, so the ends are left to the server, but for a lone surrogate, which has no UTF-8.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const forbidden = /[\u0000-\u001e\u0080-\u009e\ud800-\uf8fe\ufff1-\ufffe]/;
const badComponent = /\/(?:\.{0,2})(?:\/|$)/;

/**
 * Checks a path as the server does before it creates one: absolute, no empty, `.` or `..` component, no
 * slash at its end, none of the characters ZooKeeper refuses. Throws `BadArguments`.
 */
export function validatePath(path: string, op: string): void {
  const reason = pathFault(path);
  if (reason !== undefined) throw new ZooKeeperError('BadArguments', { op, path, message: reason });
}

/** Like {@link validatePath}; a sequential node may be named by its number alone, so may end in a slash. */
export function validateSequentialPath(path: string, op: string): void {
  validatePath(`${path}0`, op);
}

function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'a path starts with a slash';
  if (path !== '/' && badComponent.test(path)) return 'a path has no empty, "." or ".." component';
  if (forbidden.test(path)) return 'a path holds no control, surrogate or private-use character';
  return undefined;
}

/** Maps paths of the caller to paths of the server and back. */
export class Chroot {
  readonly prefix: string;

  /** `prefix` is empty or an absolute path without a slash at its end. */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  toServer(path: string): string {
    if (this.prefix === '') return path;
    return path === '/' ? this.prefix : this.prefix + path;
  }

  /** A path outside the chroot, which a server sends only by mistake, comes back unchanged. */
  toClient(path: string): string {
    const { prefix } = this;
    if (prefix === '') return path;
    if (path === prefix) return '/';
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
  }
}
