import type { z } from 'zod';
import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import { say, words } from '../../../shared/messages/message.ts';
import { type Cluster, cluster } from '../../../shared/model/cluster.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { Message } from '../../../shared/model/message.ts';
import { type Task, task } from '../../../shared/model/task.ts';
import type { RawOptions } from '../../../shared/options/parse.ts';
import { sourceDrivers } from '../../sources/registry.ts';
import { withoutSecretRefs } from '../control/contents.ts';
import { validateTimeZone } from '../schedule/time-zone.ts';

export interface Definitions {
  readonly cluster: Cluster;
  /** Paused; none of its storages is known yet. */
  readonly task: Task;
}

export interface ReadDefinitions {
  /** Undefined when this installation could not work with them. */
  readonly definitions: Definitions | undefined;
  /** What does not fit, one sentence each. */
  readonly notes: readonly Message[];
}

/** The definitions of a control file as the catalog takes them: checked, since anybody may have written the file. */
export function readDefinitions(control: ControlFile, now: Date): ReadDefinitions {
  const adoptedCluster = cluster.safeParse(clusterOf(control, now));
  if (!adoptedCluster.success) return clusterMisfit(control, problemOf(adoptedCluster.error));
  const stranger = strangerAmong(adoptedCluster.data);
  if (stranger !== undefined) return clusterMisfit(control, stranger);
  const schedule = readSchedule(control);
  const adoptedTask = task.safeParse(taskOf(control, schedule.schedule));
  if (!adoptedTask.success) {
    const problem = problemOf(adoptedTask.error);
    return misfit(say('rescan.task-not-taken', { task: control.task.name, problem }));
  }
  return { definitions: { cluster: adoptedCluster.data, task: adoptedTask.data }, notes: schedule.notes };
}

function clusterMisfit({ cluster: { name } }: ControlFile, problem: string | Text): ReadDefinitions {
  return misfit(say('rescan.cluster-not-taken', { cluster: name, problem }));
}

function misfit(note: Message): ReadDefinitions {
  return { definitions: undefined, notes: [note] };
}

function problemOf({ issues: [issue] }: z.ZodError): string | Text {
  return issue === undefined ? detail('does-not-fit') : `${issue.path.join('.')}: ${issue.message}`;
}

/** Why a cluster's services cannot be worked with; undefined when they can. */
function strangerAmong({ services }: Cluster): Text | undefined {
  const unknown = services.find(({ source }) => !sourceDrivers.some(({ id }) => id === source));
  if (unknown !== undefined) return words('rescan.unknown-source', { source: unknown.source });
  const names = services.map(({ service }) => service);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  return twin === undefined ? undefined : words('rescan.twin-services', { name: twin });
}

function clusterOf(
  {
    cluster: { id, name, environment, readOnly, limits, colour, folder, description, tunnel, services },
  }: ControlFile,
  now: Date,
) {
  return {
    id,
    name,
    environment,
    readOnly,
    limits,
    colour,
    folder,
    description,
    ...(tunnel === undefined ? {} : { tunnel: tunnelOf(tunnel.options) }),
    services: services.map(({ source, service, options, identity }) => ({
      source,
      service,
      // A reference into our vault that somebody wrote there would send them what it stands for.
      options: withoutSecretRefs(options).options,
      identity,
    })),
    created: now.toISOString(),
  };
}

/** Whoever wrote the file does not vouch for a host: its key is to be accepted here. */
function tunnelOf(options: RawOptions): RawOptions {
  const { hostKey: _, ...rest } = withoutSecretRefs(options).options;
  return rest;
}

function taskOf(
  { task: { id, name, folder, policy, created, sources }, cluster: { id: of } }: ControlFile,
  schedule: unknown,
) {
  return {
    id,
    name,
    folder,
    cluster: of,
    schedule,
    policy,
    created,
    paused: true,
    sources: sources.map(({ storage, ...source }) => ({
      ...source,
      storage: storage.id,
      unknownStorage: { name: storage.name, driver: storage.driver },
    })),
  };
}

/** A schedule in a zone that this machine does not know cannot be followed: the task then runs by hand. */
function readSchedule({ task: { name, schedule } }: ControlFile): {
  readonly schedule?: Task['schedule'];
  readonly notes: readonly Message[];
} {
  if (schedule === undefined) return { notes: [] };
  try {
    validateTimeZone(schedule.timeZone);
    return { schedule, notes: [] };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return { notes: [say('rescan.no-schedule', { task: name, problem: explainError(error).message })] };
  }
}
