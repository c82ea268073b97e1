import type { Cluster, Environment } from '../../../shared/model/cluster.ts';
import { type MarksDraft, marksDraft } from './marks-draft.ts';

/** Everything of a cluster but its services, while it is being changed. */
export interface SettingsDraft {
  readonly environment: Environment;
  readonly readOnly: boolean;
  readonly marks: MarksDraft;
  /** As typed in. */
  readonly requestsInFlight: string;
  /** Empty: no limit. */
  readonly objectsPerSecond: string;
}

export function settingsDraft(cluster: Cluster): SettingsDraft {
  const { environment, readOnly, limits } = cluster;
  return {
    environment,
    readOnly,
    marks: marksDraft(cluster),
    requestsInFlight: String(limits.requestsInFlight),
    objectsPerSecond: limits.objectsPerSecond === undefined ? '' : String(limits.objectsPerSecond),
  };
}

/** What the contract's `clusters.update` takes of it: what is another than it was; null takes something away. */
export function settingsChange(draft: SettingsDraft, before: SettingsDraft) {
  const limits = changed(limitsOf(draft), limitsOf(before));
  return {
    ...changed(settingsOf(draft), settingsOf(before)),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}

function changed<T extends object>(now: T, was: T): Partial<T> {
  const different = Object.entries(now).filter(([member, value]) => value !== Reflect.get(was, member));
  return Object.fromEntries(different) as Partial<T>;
}

function settingsOf({ environment, readOnly, marks }: SettingsDraft) {
  return {
    environment,
    readOnly,
    colour: marks.colour === '' ? null : marks.colour,
    folder: marks.folder === '' ? null : marks.folder,
    description: marks.description === '' ? null : marks.description,
  };
}

function limitsOf({ requestsInFlight, objectsPerSecond }: SettingsDraft) {
  return {
    requestsInFlight: Number(requestsInFlight),
    objectsPerSecond: objectsPerSecond === '' ? null : Number(objectsPerSecond),
  };
}

const MOST_IN_FLIGHT = 1024;

/** Whether a text is a number of requests that may be under way at once. */
export function isInFlight(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_IN_FLIGHT;
}

/** Whether a text is a number of objects a second, or no limit. */
export function isRate(text: string): boolean {
  return text === '' || (/^\d{1,9}$/.test(text) && Number(text) >= 1);
}
