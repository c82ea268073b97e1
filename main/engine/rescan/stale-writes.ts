import { basename } from 'node:path/posix';
import { recogniseName } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { isValidationPath } from '../../storages/validate.ts';
import type { EngineContext } from '../context.ts';
import { CONTROL_FILE } from '../control/control-file.ts';

/** A write for which nothing has arrived for so long is dead. Milliseconds. */
const STALE_WRITE_MS = 24 * 60 * 60_000;

/**
 * Clears away what writes that were interrupted left behind; what other programs leave in the same storage is theirs.
 * Gives how many there were.
 */
export function clearStaleWrites(
  { surroundings }: EngineContext,
  storage: Storage,
  signal: AbortSignal,
): Promise<number> {
  const olderThan = new Date(surroundings.clock.now().getTime() - STALE_WRITE_MS);
  return storage.sweep(olderThan, { ours: mayBeOurs, signal });
}

/** Names that are large enough to be sent in parts. */
function mayBeOurs(path: string): boolean {
  const name = basename(path);
  return name === CONTROL_FILE || recogniseName(name)?.form === 'versioned' || isValidationPath(path);
}
