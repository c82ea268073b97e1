import { HoldfastError } from '../../shared/errors/error.ts';
import type { ErrorCode } from '../../shared/errors/table.ts';
import { errnoOf } from './system-errors.ts';

const CODES: { readonly [errno: string]: ErrorCode } = {
  ENOENT: 'storage.missing',
  EEXIST: 'storage.exists',
  EACCES: 'storage.denied',
  EPERM: 'storage.denied',
  EROFS: 'storage.denied',
  ENOSPC: 'storage.full',
  EDQUOT: 'storage.full',
  EFBIG: 'storage.too-large',
  ENOTDIR: 'storage.bad-path',
  EISDIR: 'storage.bad-path',
  ENAMETOOLONG: 'storage.bad-path',
  ELOOP: 'storage.bad-path',
  EXDEV: 'storage.bad-path',
  // A directory may be a network mount.
  ESTALE: 'storage.unreachable',
  ETIMEDOUT: 'storage.unreachable',
  ENOTCONN: 'storage.unreachable',
  EHOSTDOWN: 'storage.unreachable',
  EHOSTUNREACH: 'storage.unreachable',
  ENODEV: 'storage.unreachable',
};

const PROBLEMS: { readonly [errno: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of it is a file, not a directory',
  EISDIR: 'a directory has this name',
  ENAMETOOLONG: 'it is too long for the file system',
  ELOOP: 'it leads through a link',
  EXDEV: 'another file system is mounted there; make that mount a storage of its own',
};

/** The error of the table, `storage.*`, for an error of the file system; any other error is given back as it is. */
export function classify(error: unknown, path: string): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  return new HoldfastError(
    CODES[errno] ?? 'storage.failed',
    { path, problem: PROBLEMS[errno] ?? errno },
    error,
  );
}

/** Runs calls to the file system on behalf of the file or object `path`, with classified errors. */
export async function classified<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw classify(error, path);
  }
}
