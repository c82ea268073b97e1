import { oc } from '@orpc/contract';
import { drivers } from '../model/driver.ts';
import { overview } from '../model/overview.ts';
import { clusters } from './clusters.ts';
import { explore } from './explore.ts';
import { nothing } from './input.ts';
import { points } from './points.ts';
import { restores } from './restores.ts';
import { runs } from './runs.ts';
import { storages } from './storages.ts';
import { system } from './system.ts';
import { backups, retention, schedules, tasks } from './tasks.ts';
import { keys, vault } from './vault.ts';

export type { CountEvent, Inspection, VerifyEvent } from './explore.ts';
export type { HeldPoint, TimelinePoint } from './points.ts';
export type { PlanEvent } from './restores.ts';
export type { ListedRun } from './runs.ts';
export type { TaskView } from './tasks.ts';
export type { archiveKey, KeyPurpose, Protector, vaultState } from './vault.ts';

/** Raised whenever a change breaks an older client: both sides compare it before anything else. */
export const CONTRACT_VERSION = 4;

/** Everything that a face can ask of the engine. */
export const contract = {
  system,
  drivers: { list: oc.input(nothing).output(drivers) },
  overview: { show: oc.input(nothing).output(overview) },
  clusters,
  storages,
  tasks,
  backups,
  schedules,
  retention,
  runs,
  points,
  explore,
  restores,
  vault,
  keys,
};
export type Contract = typeof contract;
