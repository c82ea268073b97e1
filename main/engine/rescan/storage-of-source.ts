import type { ControlFile } from '../../../shared/model/control.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { taskDirectory } from '../task-directory.ts';

/** Where a control file was found. */
export interface ControlPlace {
  readonly config: StorageConfig;
  readonly directory: string;
}

/**
 * Id of the storage that a source of the control file's task writes to, as this installation knows it: the one of
 * that very id, or the scanned one when the file, which names the storage that it lies in, was found in the
 * directory that the source writes to. Undefined when it is some other storage.
 */
export function storageOfSource(
  { storages }: Catalog,
  control: ControlFile,
  service: string,
  { config, directory }: ControlPlace,
): string | undefined {
  const source = control.task.sources.find((each) => each.service === service);
  if (source === undefined) return undefined;
  const known = storages.find(source.storage.id);
  if (known !== undefined) return known.id;
  const leadsHere = taskDirectory(control.task, source.directory) === directory;
  return leadsHere && source.storage.id === markHere(control, directory) ? config.id : undefined;
}

/** By what id the control file calls the storage that it lies in. One that does not say so may leave no choice. */
function markHere({ storage, task }: ControlFile, directory: string): string | undefined {
  if (storage !== undefined) return storage.id;
  const leadHere = task.sources.filter((source) => taskDirectory(task, source.directory) === directory);
  const [only, ...others] = new Set(leadHere.map((source) => source.storage.id));
  return others.length === 0 ? only : undefined;
}
