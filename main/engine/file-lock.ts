import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

export interface FileLock {
  release(): void;
}

/*
 * An exclusive lock that ends with its process, held through SQLite because Node itself has none: the operating
 * system's lock on the file (fcntl, LockFileEx) is let go by the kernel however the process ends, so nothing stale
 * remains. Only SQLite may open the file: closing any other handle on it would drop an fcntl lock.
 */

const ATTEMPTS = 20;
const BETWEEN_ATTEMPTS = 25;

/**
 * Locks the file, making it when it is not there; undefined when another has it. Half a second is given to those
 * who only look whether it is locked.
 */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    if (attempt < ATTEMPTS) await delay(BETWEEN_ATTEMPTS);
  }
  return undefined;
}

/** Whether some process has the file locked. False when there is no such file. */
export function isLocked(path: string): boolean {
  let sqlite: Sqlite.Database;
  try {
    sqlite = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 0 });
  } catch {
    return false;
  }
  try {
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    sqlite.close();
  }
}

function tryLock(path: string): FileLock | undefined {
  const sqlite = new Sqlite(path, { timeout: 0 });
  try {
    sqlite.exec('BEGIN EXCLUSIVE');
    return { release: () => void sqlite.close() };
  } catch (error) {
    sqlite.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
