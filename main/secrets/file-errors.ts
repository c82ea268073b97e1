import { HoldfastError } from '../../shared/errors/error.ts';
import { errnoOf } from '../files/system-errors.ts';

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
