import { z } from 'zod';
import type { TaskView } from '../../../../shared/contract/contract.ts';
import type { Cluster, Environment } from '../../../../shared/model/cluster.ts';
import type { SourceDescription } from '../../../../shared/model/driver.ts';
import { policy, type Schedule, type TaskSource } from '../../../../shared/model/task.ts';
import { missingFields, optionsToAdd, startValues } from '../../../forms/form-model.ts';
import { instantAt, zoneTimeOf } from './zone-time.ts';

const formValues = z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string()).readonly()]));

const sourceDraft = z.object({
  service: z.string(),
  /** The source driver's id. */
  source: z.string(),
  /** Whether the task backs it up. */
  taken: z.boolean(),
  selection: formValues,
  /** Name of the storage; empty: not chosen yet. */
  storage: z.string(),
  directory: z.string(),
  copies: z.number(),
  /** Id of the sealing key; empty: none. */
  key: z.string(),
  /** The passphrase itself is never part of a draft. */
  byPassphrase: z.boolean(),
  /** The host has a passphrase for it already. */
  storedPassphrase: z.boolean(),
  signer: z.string(),
  consent: z.boolean(),
});
export type SourceDraft = z.infer<typeof sourceDraft>;

const timing = z.object({
  kind: z.enum(['manual', 'periodic']),
  every: z.number(),
  unit: z.enum(['hours', 'days']),
  /** What the zone's clocks show at the first run. */
  start: z.string(),
  timeZone: z.string(),
});
export type Timing = z.infer<typeof timing>;

/** A task while it is being made or changed. Holds no secret: it is kept over a reload. */
export const taskDraft = z.object({
  name: z.string(),
  cluster: z.string(),
  sources: z.array(sourceDraft),
  timing,
  policy,
});
export type TaskDraft = z.infer<typeof taskDraft>;

/** Passphrases by service, while the wizard is open; gone with the page. */
export type Passphrases = { readonly [service: string]: string };

export const LEAST_PASSPHRASE = 8;
const MOST_COPIES = 10_000;
const MOST_EVERY = 1000;

export type Preset = 'production' | 'test';
const PRESETS = {
  production: { kind: 'periodic', copies: 14 },
  test: { kind: 'manual', copies: 3 },
} as const;

/** Tonight at two in this zone, every day. */
function defaultTiming(now: Date, timeZone: string): Timing {
  const tomorrow = zoneTimeOf(new Date(now.getTime() + 24 * 60 * 60 * 1000), timeZone).slice(0, 10);
  return { kind: 'periodic', every: 1, unit: 'days', start: `${tomorrow}T02:00`, timeZone };
}

export function emptyDraft(now: Date, timeZone: string): TaskDraft {
  return {
    name: '',
    cluster: '',
    sources: [],
    timing: defaultTiming(now, timeZone),
    policy: { kind: 'full-then-incremental' },
  };
}

export const presetFor = (environment: Environment): Preset =>
  environment === 'production' || environment === 'staging' ? 'production' : 'test';

/** The draft with another cluster: all its services whole, to the one storage there is, by the preset that fits. */
export function withCluster(
  draft: TaskDraft,
  cluster: Cluster,
  drivers: readonly SourceDescription[],
  storages: readonly string[],
): TaskDraft {
  const [only] = storages;
  const sources = cluster.services.map(({ service, source }) => ({
    service,
    source,
    taken: true,
    selection: startValues(findDriver(drivers, source)?.selection ?? []),
    storage: storages.length === 1 && only !== undefined ? only : '',
    directory: '',
    copies: 0,
    key: '',
    byPassphrase: false,
    storedPassphrase: false,
    signer: '',
    consent: false,
  }));
  return withPreset({ ...draft, cluster: cluster.name, sources }, presetFor(cluster.environment));
}

/** The draft with a preset's schedule and numbers of copies. */
export function withPreset(draft: TaskDraft, preset: Preset): TaskDraft {
  const { kind, copies } = PRESETS[preset];
  return {
    ...draft,
    timing: { ...draft.timing, kind, ...(kind === 'periodic' ? { every: 1, unit: 'days' as const } : {}) },
    sources: draft.sources.map((source) => ({ ...source, copies })),
  };
}

/** The preset that a draft is like; undefined when it is like neither. */
export function presetOf({ timing: { kind, every, unit }, sources }: TaskDraft): Preset | undefined {
  const copies = new Set(sources.map((source) => source.copies));
  if (kind === 'manual') return copies.size === 1 && copies.has(PRESETS.test.copies) ? 'test' : undefined;
  const daily = every === 1 && unit === 'days';
  return daily && copies.size === 1 && copies.has(PRESETS.production.copies) ? 'production' : undefined;
}

/** A saved task as a draft. Services that it does not back up stand there, not taken. */
export function draftOf(
  { task, clusterName }: TaskView,
  cluster: Cluster,
  drivers: readonly SourceDescription[],
  storageName: (id: string) => string | undefined,
  now: Date,
  ownZone: string,
): TaskDraft {
  const { schedule } = task;
  const fresh = withCluster(emptyDraft(now, ownZone), cluster, drivers, []);
  return {
    name: task.name,
    cluster: clusterName,
    policy: task.policy,
    timing:
      schedule === undefined
        ? { ...fresh.timing, kind: 'manual' }
        : {
            kind: 'periodic',
            every: schedule.every,
            unit: schedule.unit,
            start: zoneTimeOf(new Date(schedule.start), schedule.timeZone),
            timeZone: schedule.timeZone,
          },
    sources: fresh.sources.map((source) => {
      const saved = task.sources.find(({ service }) => service === source.service);
      if (saved === undefined) return { ...source, taken: false };
      return {
        ...source,
        selection: startValues(findDriver(drivers, source.source)?.selection ?? [], saved.selection),
        storage: storageName(saved.storage) ?? '',
        ...savedProtection(saved),
      };
    }),
  };
}

function savedProtection(saved: TaskSource) {
  return {
    directory: saved.directory,
    copies: saved.maximumCopies,
    key: saved.key ?? '',
    byPassphrase: saved.passphrase === true,
    storedPassphrase: saved.passphrase === true,
    signer: saved.signer ?? '',
    consent: saved.consent,
  };
}

export function findDriver(drivers: readonly SourceDescription[], id: string): SourceDescription | undefined {
  return drivers.find((driver) => driver.id === id);
}

/** The draft with one source changed. */
export function withSource(draft: TaskDraft, service: string, change: Partial<SourceDraft>): TaskDraft {
  return {
    ...draft,
    sources: draft.sources.map((each) => (each.service === service ? { ...each, ...change } : each)),
  };
}

/** The draft with a storage that was added for it: for sources that have none, or for the only one. */
export function withNewStorage(draft: TaskDraft, storage: string): TaskDraft {
  const [only, ...more] = takenSources(draft);
  if (only !== undefined && more.length === 0) return withSource(draft, only.service, { storage });
  return storedElse(draft, storage);
}

/** The draft with where one source goes; those that go nowhere yet go to the same storage. */
export function withPlace(
  draft: TaskDraft,
  service: string,
  place: Partial<Pick<SourceDraft, 'storage' | 'directory'>>,
): TaskDraft {
  return storedElse(withSource(draft, service, place), place.storage ?? '');
}

function storedElse(draft: TaskDraft, storage: string): TaskDraft {
  const sources = draft.sources.map((each) => (each.storage === '' ? { ...each, storage } : each));
  return { ...draft, sources };
}

export const takenSources = ({ sources }: TaskDraft): readonly SourceDraft[] =>
  sources.filter(({ taken }) => taken);

/** The schedule that a draft asks for; null: only by hand; undefined: it is not filled in. */
export function scheduleOf({ kind, every, unit, start, timeZone }: Timing): Schedule | null | undefined {
  if (kind === 'manual') return null;
  const first = instantAt(start, timeZone);
  if (first === undefined || !Number.isInteger(every) || every < 1 || every > MOST_EVERY) return undefined;
  return { start: first.toISOString(), every, unit, timeZone };
}

/** What of a service is captured, as the contract takes it. */
export function selectionOf(source: SourceDraft, drivers: readonly SourceDescription[]) {
  return optionsToAdd(findDriver(drivers, source.source)?.selection ?? [], source.selection);
}

/** The sources as the contract takes them. A stored passphrase stays where no other one is given. */
export function sourcesOf(draft: TaskDraft, drivers: readonly SourceDescription[], passphrases: Passphrases) {
  return takenSources(draft).map((source) => {
    const given = source.byPassphrase ? (passphrases[source.service] ?? '') : '';
    const kept = source.byPassphrase && source.storedPassphrase;
    const passphrase = given !== '' ? given : kept ? (true as const) : undefined;
    return {
      service: source.service,
      selection: selectionOf(source, drivers),
      storage: source.storage,
      directory: source.directory,
      maximumCopies: source.copies,
      consent: source.consent,
      ...(source.key === '' ? {} : { key: source.key }),
      ...(source.signer === '' ? {} : { signer: source.signer }),
      ...(passphrase === undefined ? {} : { passphrase }),
    };
  });
}

/** Kinds of a source that hold the cluster's own secrets. */
export function sensitiveKinds(source: SourceDraft, drivers: readonly SourceDescription[]) {
  return findDriver(drivers, source.source)?.kinds.filter(({ sensitive }) => sensitive) ?? [];
}

export function isSelected(draft: TaskDraft, drivers: readonly SourceDescription[]): boolean {
  const taken = takenSources(draft);
  return (
    taken.length > 0 &&
    taken.every(({ source, selection }) => {
      const fields = findDriver(drivers, source)?.selection ?? [];
      return missingFields(fields, selection).length === 0;
    })
  );
}

export const isStored = (draft: TaskDraft): boolean =>
  takenSources(draft).every(({ storage }) => storage !== '');

export const isCounted = (draft: TaskDraft): boolean =>
  takenSources(draft).every(({ copies }) => Number.isInteger(copies) && copies >= 1 && copies <= MOST_COPIES);

/** Whether every source is sealed, or has consent where it holds secrets of the cluster. */
export function isProtected(
  draft: TaskDraft,
  drivers: readonly SourceDescription[],
  passphrases: Passphrases,
): boolean {
  return takenSources(draft).every((source) => {
    const given = (passphrases[source.service] ?? '').length;
    const kept = source.storedPassphrase && given === 0;
    if (source.byPassphrase && !kept && given < LEAST_PASSPHRASE) return false;
    const sealed = source.key !== '' || source.byPassphrase;
    return sealed || source.consent || sensitiveKinds(source, drivers).length === 0;
  });
}

/** Milliseconds between two runs, about; undefined for a task by hand. */
export function intervalOf({ kind, every, unit }: Timing): number | undefined {
  if (kind === 'manual') return undefined;
  return every * (unit === 'hours' ? 1 : 24) * 60 * 60 * 1000;
}
