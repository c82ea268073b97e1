import { say } from '../../../shared/messages/message.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { Task } from '../../../shared/model/task.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { EngineContext } from '../context.ts';
import { withName } from '../definitions/rename.ts';
import { TUNNEL } from '../tunnel/settings.ts';
import { readDefinitions } from './read-definitions.ts';
import { type ControlPlace, storageOfSource } from './storage-of-source.ts';

/** What came of a control file's definitions. */
export interface Adoption {
  /** Whether the task was new here. */
  readonly task: boolean;
  /** What somebody has to know or to do, one sentence each. */
  readonly notes: readonly Message[];
}

/**
 * Takes a task and its cluster over from a control file when this installation does not know them. Secrets don't
 * come along: the cluster is usable once they are entered again. An adopted task is paused, so that two
 * installations don't both run it without anybody having decided so.
 *
 * A task's sources may lie in several storages, and only a storage itself shows that it is the one: sources of the
 * others stay unknown until their storage has been rescanned too, which completes them.
 */
export function adoptDefinitions(
  context: EngineContext,
  control: ControlFile,
  place: ControlPlace,
): Adoption {
  const { catalog } = context;
  const known = catalog.tasks.find(control.task.id);
  if (known !== undefined) return completeSources(catalog, known, control, place);
  const { definitions, notes } = readDefinitions(control, context.surroundings.clock.now());
  if (definitions === undefined) return { task: false, notes };
  return catalog.transaction(() => {
    const cluster = adoptCluster(catalog, definitions.cluster, control);
    const task = adoptTask(catalog, definitions.task, control, place);
    return { task: true, notes: [...notes, ...cluster, ...task] };
  });
}

function adoptCluster({ clusters }: Catalog, cluster: Cluster, control: ControlFile): readonly Message[] {
  if (clusters.find(cluster.id) !== undefined) return [];
  const name = freeName(cluster.name, (wanted) => clusters.findByName(wanted) !== undefined);
  clusters.add({ ...cluster, name });
  const { services, tunnel } = control.cluster;
  const ofTunnel = tunnel === undefined ? [] : [{ service: TUNNEL, secrets: tunnel.secrets }];
  return [...ofTunnel, ...services]
    .filter(({ secrets }) => secrets.length > 0)
    .map(({ service, secrets }) => say('rescan.cluster-secrets', { cluster: name, service, secrets }));
}

function adoptTask(
  catalog: Catalog,
  task: Task,
  control: ControlFile,
  place: ControlPlace,
): readonly Message[] {
  const name = freeName(task.name, (wanted) => catalog.tasks.findByName(wanted) !== undefined);
  const adopted: Task = {
    ...withName(task, name),
    sources: task.sources.map((source) => {
      const storage = storageOfSource(catalog, control, source.service, place);
      if (storage === undefined) return source;
      const { unknownStorage: _, ...rest } = source;
      return { ...rest, storage };
    }),
  };
  catalog.tasks.add(adopted);
  return [...stillUnknown(adopted), ...passphraseNeeded(adopted)];
}

/** Gives the sources whose storage was not known until now the one that is being scanned. */
function completeSources(catalog: Catalog, task: Task, control: ControlFile, place: ControlPlace): Adoption {
  const notes: Message[] = [];
  const sources = task.sources.map((source) => {
    const { unknownStorage, ...rest } = source;
    if (unknownStorage === undefined) return source;
    const storage = storageOfSource(catalog, control, source.service, place);
    if (storage === undefined) return source;
    const found = { task: task.name, service: source.service, storage: catalog.storages.get(storage).name };
    notes.push(say('rescan.storage-found', found));
    return { ...rest, storage };
  });
  if (notes.length > 0) catalog.tasks.update({ ...task, sources });
  return { task: false, notes };
}

function stillUnknown({ name, sources }: Task): readonly Message[] {
  return sources.flatMap(({ service, unknownStorage }) =>
    unknownStorage === undefined
      ? []
      : [
          say('rescan.storage-unknown', {
            task: name,
            service,
            storage: unknownStorage.name,
            driver: unknownStorage.driver,
          }),
        ],
  );
}

function passphraseNeeded({ name, sources }: Task): readonly Message[] {
  const sealed = sources.filter(({ passphrase }) => passphrase === true).map(({ service }) => service);
  if (sealed.length === 0) return [];
  return [say('rescan.task-passphrase', { task: name, services: sealed })];
}

function freeName(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  for (let copy = 2; ; copy++) if (!taken(`${wanted}-${copy}`)) return `${wanted}-${copy}`;
}
