import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { Storage } from '../../storages/contract.ts';
import { readControl } from '../control/control-file.ts';

/** A control file as a rescan found it. */
export interface FoundControl {
  /** Undefined when there is none that can be used. */
  readonly content: ControlFile | undefined;
  readonly state: 'sound' | 'absent' | 'damaged' | 'too-new';
  /** Why it cannot be used. */
  readonly problem?: Text;
}

const UNUSABLE: ReadonlyMap<string, 'damaged' | 'too-new'> = new Map([
  ['engine.control-damaged', 'damaged'],
  ['engine.control-too-new', 'too-new'],
]);

/** Reads a directory's control file. One that cannot be used is done without: the archives say most of what it held. */
export async function findControl(
  storage: Storage,
  directory: string,
  signal: AbortSignal,
): Promise<FoundControl> {
  try {
    const content = await readControl(storage, directory, signal);
    return { content, state: content === undefined ? 'absent' : 'sound' };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    const state = UNUSABLE.get(error.code);
    if (state === undefined) throw error;
    return { content: undefined, state, problem: explainError(error).message };
  }
}
