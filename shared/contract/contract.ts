import { oc } from '@orpc/contract';
import { drivers } from '../model/driver.ts';
import { overview } from '../model/overview.ts';
import { audit } from './audit.ts';
import { clusters } from './clusters.ts';
import { explore } from './explore.ts';
import { nothing } from './input.ts';
import { points } from './points.ts';
import { restores } from './restores.ts';
import { runs } from './runs.ts';
import { storages } from './storages.ts';
import { system } from './system.ts';
import { backups, retention, schedules, tasks } from './tasks.ts';
import { sessions, users } from './users.ts';
import { keys, vault } from './vault.ts';

export type { PlacedAuditEntry } from './audit.ts';
export type { CountEvent, Inspection, VerifyEvent } from './explore.ts';
export type { HeldPoint, TimelinePoint } from './points.ts';
export type { PlanEvent } from './restores.ts';
export type { ListedRun } from './runs.ts';
export type { TaskView } from './tasks.ts';
export type { archiveKey, KeyPurpose, Protector, vaultState } from './vault.ts';

/** Raised whenever a change breaks an older client: both sides compare it before anything else. */
export const CONTRACT_VERSION = 4;

/** Everything that a face can ask of the engine. */
export const engineContract = {
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
export type EngineContract = typeof engineContract;

/** What the host answers itself: who may sign in to it, who is, and who did what. */
export const hostContract = { users, sessions, audit };

/** Everything that a page or a program can ask of a host. */
export const contract = { ...engineContract, ...hostContract };
export type Contract = typeof contract;
