import type { Storage } from '../../storages/contract.ts';
import { openStorageWith } from '../connections.ts';
import type { EngineContext } from '../context.ts';

/** Undo points live in the data directory, one directory per restore run: always at hand, on any storage's bad day. */
export function undoStorage(context: EngineContext, signal?: AbortSignal): Promise<Storage> {
  const options = { directory: context.paths.undo };
  return openStorageWith(context, { name: 'undo points', driver: 'local', options }, signal);
}
