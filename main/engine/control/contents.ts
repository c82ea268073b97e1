import type { Cluster } from '../../../shared/model/cluster.ts';
import {
  CONTROL_FORMAT,
  type ControlCluster,
  type ControlFile,
  type ControlPoint,
  type ControlProof,
  type ControlTask,
  type Owner,
  type StorageMark,
} from '../../../shared/model/control.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import { standingProof } from '../../../shared/model/proof.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Task } from '../../../shared/model/task.ts';
import { isSecretRef } from '../../../shared/options/secrets.ts';

/** The control file of a task directory in which nothing is yet. */
export function newControl(facts: {
  readonly owner: Owner;
  readonly storage?: StorageMark;
  readonly task: ControlTask;
  readonly cluster: ControlCluster;
  readonly written: Date;
}): ControlFile {
  return {
    format: CONTROL_FORMAT,
    ...facts,
    written: facts.written.toISOString(),
    points: [],
    pins: [],
    proofs: [],
    restoreVersions: [],
  };
}

/** How another installation can recognise a storage. */
export function markOf({ id, name, driver }: StorageConfig): StorageMark {
  return { id, name, driver };
}

/**
 * The task with its storages by name, as another installation can use it. `storages` holds those it names, but for
 * those that this installation does not know either: they keep the name they came with.
 */
export function describeTask(task: Task, storages: readonly StorageConfig[]): ControlTask {
  const marks = new Map(storages.map((storage) => [storage.id, markOf(storage)]));
  const { cluster: _, sources, ...rest } = task;
  return {
    ...rest,
    sources: sources.map(({ unknownStorage, ...source }) => {
      const known = marks.get(source.storage);
      if (known !== undefined) return { ...source, storage: known };
      if (unknownStorage !== undefined)
        return { ...source, storage: { id: source.storage, ...unknownStorage } };
      throw new Error(`task ${task.name} names the unknown storage ${source.storage}`);
    }),
  };
}

/** The cluster without secrets. `identities`: what each service said of itself, by the service's name. */
export function describeCluster(
  cluster: Cluster,
  identities: { readonly [service: string]: JsonObject },
): ControlCluster {
  const { created: _, services, tunnel, ...rest } = cluster;
  return {
    ...rest,
    ...(tunnel === undefined ? {} : { tunnel: withoutSecretRefs(tunnel) }),
    services: services.map(({ source, service, options }) => ({
      source,
      service,
      ...withoutSecretRefs(options),
      identity: plain(identities[service] ?? {}),
    })),
  };
}

/** Options without their references into the vault, which mean nothing elsewhere, and the names of those fields. */
export function withoutSecretRefs(options: Readonly<Record<string, unknown>>): {
  options: ControlCluster['services'][number]['options'];
  secrets: string[];
} {
  const fields = Object.entries(options);
  return {
    options: plain(Object.fromEntries(fields.filter(([, value]) => !isSecretRef(value)))),
    secrets: fields.filter(([, value]) => isSecretRef(value)).map(([name]) => name),
  };
}

/** Calls the storage that the file lies in as this installation does, wherever the file speaks of it. */
export function withStorage(control: ControlFile, storage: StorageMark): ControlFile {
  const former = control.storage?.id ?? storage.id;
  const points = control.points.map((point) => ({
    ...point,
    archives: point.archives.map((archive) =>
      archive.storage.id === former ? { ...archive, storage } : archive,
    ),
  }));
  return { ...control, storage, points };
}

/** Adds the point, or replaces the one of its id. Oldest first. */
export function withPoint(control: ControlFile, point: ControlPoint): ControlFile {
  const others = control.points.filter(({ id }) => id !== point.id);
  const points = [...others, point].sort((a, b) => Date.parse(a.created) - Date.parse(b.created));
  return { ...control, points };
}

/**
 * Takes archives of this directory out with their proofs. A point that loses one is no longer complete; one that has
 * none left here goes, and its pin with it, also when it has archives elsewhere: those stand in the control files
 * there. Used restore versions stay: they are used up for good.
 */
export function withoutArchives(control: ControlFile, ids: readonly string[]): ControlFile {
  const gone = new Set(ids);
  const points = control.points
    .map((point) => withoutArchivesOf(point, gone))
    .filter((point) => point !== undefined);
  const left = new Set(points.map(({ id }) => id));
  return {
    ...control,
    points,
    pins: control.pins.filter((pin) => left.has(pin)),
    proofs: control.proofs.filter(({ archive }) => !gone.has(archive)),
  };
}

export function withPin(control: ControlFile, point: string, pinned: boolean): ControlFile {
  const others = control.pins.filter((pin) => pin !== point);
  return { ...control, pins: pinned ? [...others, point] : others };
}

/** Notes a verification; of each archive one stands. */
export function withProof(control: ControlFile, proof: ControlProof): ControlFile {
  const others = control.proofs.filter(({ archive }) => archive !== proof.archive);
  const before = control.proofs.findLast(({ archive }) => archive === proof.archive);
  return { ...control, proofs: [...others, standingProof(before, proof)] };
}

function withoutArchivesOf(point: ControlPoint, gone: ReadonlySet<string>): ControlPoint | undefined {
  const lost = new Set(point.archives.filter(({ id }) => gone.has(id)).map(placeOf));
  if (lost.size === 0) return point;
  const archives = point.archives.filter(({ id }) => !gone.has(id));
  return archives.some((archive) => lost.has(placeOf(archive)))
    ? { ...point, archives, complete: false }
    : undefined;
}

/** Storage and directory of an archive. */
function placeOf({ storage, path }: ControlPoint['archives'][number]): string {
  return `${storage.id}/${path.slice(0, path.lastIndexOf('/') + 1)}`;
}

/** As it will stand in the file: members that JSON cannot hold are left out. */
function plain(value: object): ControlCluster['services'][number]['options'] {
  return JSON.parse(JSON.stringify(value));
}
