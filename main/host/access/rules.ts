import type { AnyContractProcedure } from '@orpc/contract';
import type { Contract } from '../../../shared/contract/contract.ts';
import { ROLES, type Role } from '../../../shared/contract/session.ts';

/** Who may call a procedure, and what is noted about it. */
export interface Rule {
  /** Everybody with this role or a higher one. */
  readonly least: Role;
  /** It changes something, or gives something away: the audit log tells who did it. */
  readonly changes: boolean;
  /** Members of the input that only admins may give. */
  readonly adminMembers?: readonly string[];
  /** The least role where it reads a live cluster from end to end. */
  readonly live?: Role;
}

/** A rule for every procedure: one that is missing, or there is no more, does not compile. */
type RulesFor<C> = {
  readonly [K in keyof C]: C[K] extends AnyContractProcedure ? Rule : RulesFor<C[K]>;
};

/** Viewers look. */
const LOOK: Rule = { least: 'viewer', changes: false };
/** Viewers look through what is stored; through a live cluster only those who may put load on it. */
const SCAN: Rule = { ...LOOK, live: 'operator' };
/** Operators put load on clusters and storages that are set up already, and change nothing by it. */
const TRY: Rule = { least: 'operator', changes: false };
/** Operators do what tasks and restores are there for. */
const OPERATE: Rule = { least: 'operator', changes: true };
/** Operators restore, but what cannot be taken back is for admins to decide. */
const RESTORE: Rule = { ...OPERATE, adminMembers: ['acceptIncompleteUndo'] };
/** Admins reach addresses, files and secrets of the host that were not set up before, or see what is. */
const REACH: Rule = { least: 'admin', changes: false };
/** Everybody keeps their own ways in. */
const OWN: Rule = { least: 'viewer', changes: true };
/** Admins say what is there: definitions, keys, and what is removed for good. */
const ADMINISTER: Rule = { least: 'admin', changes: true };

/** Whatever can be asked of a host, and the least role for it. What is not here is refused. */
export const RULES: RulesFor<Contract> = {
  system: { about: LOOK, changes: LOOK },
  drivers: { list: LOOK },
  overview: { show: LOOK },
  clusters: {
    list: LOOK,
    show: LOOK,
    add: ADMINISTER,
    update: ADMINISTER,
    rename: ADMINISTER,
    remove: ADMINISTER,
    test: TRY,
    inventory: TRY,
    probe: REACH,
    hostKey: REACH,
    // Changes nothing, and carries secrets away: that is to be found in the log.
    export: ADMINISTER,
    import: ADMINISTER,
  },
  storages: {
    list: LOOK,
    add: ADMINISTER,
    update: ADMINISTER,
    rename: ADMINISTER,
    usage: LOOK,
    remove: ADMINISTER,
    validate: TRY,
    probe: REACH,
    // Takes in definitions that others wrote into the storage.
    rescan: ADMINISTER,
  },
  tasks: {
    list: LOOK,
    show: LOOK,
    create: ADMINISTER,
    update: ADMINISTER,
    clone: ADMINISTER,
    rename: ADMINISTER,
    estimate: TRY,
    check: TRY,
    pause: OPERATE,
    seal: ADMINISTER,
    remove: ADMINISTER,
    run: OPERATE,
  },
  backups: { once: ADMINISTER },
  schedules: { preview: LOOK },
  retention: { preview: LOOK },
  runs: { list: LOOK, show: LOOK, log: LOOK, watch: LOOK, cancel: OPERATE },
  points: { list: LOOK, timeline: LOOK, show: LOOK, pin: OPERATE, remove: ADMINISTER },
  explore: {
    place: LOOK,
    value: LOOK,
    search: SCAN,
    diff: SCAN,
    countDifferences: SCAN,
    inspect: LOOK,
    verify: TRY,
  },
  restores: { plan: TRY, show: LOOK, steps: LOOK, report: LOOK, start: RESTORE, resume: RESTORE },
  vault: { state: LOOK, init: ADMINISTER, unlock: ADMINISTER, change: ADMINISTER },
  keys: { list: REACH, create: ADMINISTER, import: ADMINISTER, rotate: ADMINISTER },
  users: {
    list: REACH,
    add: ADMINISTER,
    update: ADMINISTER,
    revoke: ADMINISTER,
    remove: ADMINISTER,
    changePassword: OWN,
  },
  sessions: { list: LOOK, endOthers: OWN },
  audit: { list: REACH },
};

/** The rule for a procedure's path; undefined when there is none, which means: refused. */
export function ruleOf(path: readonly string[]): Rule | undefined {
  let found: unknown = RULES;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Reflect.get(found, step);
  }
  return isRule(found) ? found : undefined;
}

/** Whether somebody with a role may do what needs another. */
export function mayAct(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

function isRule(found: unknown): found is Rule {
  return typeof found === 'object' && found !== null && 'least' in found;
}
