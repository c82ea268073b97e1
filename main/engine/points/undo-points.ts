import type { Storage } from '../../storages/contract.ts';
import { openStorageWith } from '../connections.ts';
import type { EngineContext } from '../context.ts';

/** Undo points live in the data directory, one directory per restore run: always at hand, on any storage's bad day. */
export function undoStorage(context: EngineContext, signal?: AbortSignal): Promise<Storage> {
  return openStorageWith(context, 'local', { directory: context.paths.undo }, signal);
}
