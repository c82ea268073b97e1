import { HoldfastError } from '../../shared/errors/error.ts';

/** The code of a system error, such as `ENOENT`; undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Runs calls to the file system about `file`; system errors become `secrets.failed`. */
export async function aboutFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new HoldfastError('secrets.failed', { file, problem: errno }, error);
  }
}

/** Waits for `work`; undefined when it fails with this system error. */
export async function unless<T>(errno: string, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (errnoOf(error) === errno) return undefined;
    throw error;
  }
}
