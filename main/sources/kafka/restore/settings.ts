import type { Site } from './site.ts';

/*
 * Which configs a restore sets and which it takes away. `scope` says whose they are: a topic's, one broker's, those of
 * all brokers, or others.
 */

export type SettingsScope = 'topic' | 'broker' | 'all-brokers' | 'other';

export type Values = { readonly [name: string]: string | null };

/** Where a reassignment is under way: gone with it. */
const THROTTLE = /(?:^|\.)replication\.throttled\.|^replica\.alter\.log\.dirs\.io\.max\.bytes\.per\.second$/;
/** Addresses, certificates and sign-ins of one cluster's brokers. */
const OF_SITE = /^(?:advertised\.)?listeners$|^listener\.|^ssl\.|^sasl\./;
/** What the controllers set themselves for all brokers since replicas can be elected that were eligible. */
const ELIGIBLE_REPLICAS = 'eligible.leader.replicas.version';
const MIN_IN_SYNC = 'min.insync.replicas';

/** What is wanted, without what cannot or must not be set. */
export interface WantedSettings {
  readonly values: { readonly [name: string]: string };
  /** Names of the point that are left out, and left alone where they are set. */
  readonly throttles: readonly string[];
  readonly hidden: readonly string[];
  readonly unknown: readonly string[];
  readonly ofSite: readonly string[];
}

export function wantedSettings(point: Values, scope: SettingsScope, site: Site): WantedSettings {
  const values: Record<string, string> = {};
  const left: Record<'throttles' | 'hidden' | 'unknown' | 'ofSite', string[]> = {
    throttles: [],
    hidden: [],
    unknown: [],
    ofSite: [],
  };
  for (const [name, value] of Object.entries(point)) {
    if (THROTTLE.test(name)) left.throttles.push(name);
    else if (isOfSite(name, scope) && !site.same) left.ofSite.push(name);
    else if (value === null) left.hidden.push(name);
    else if (!isKnown(name, scope, site)) left.unknown.push(name);
    else values[name] = value;
  }
  return { values, ...left };
}

export interface SettingsChange {
  /** Null takes a setting away. */
  readonly values: Values;
  /** Names that are set and that the point does not have, but nobody can take away. */
  readonly fixed: readonly string[];
}

/** What makes live settings those of the point. */
export function settingsChange(
  point: Values,
  live: Values,
  scope: SettingsScope,
  { mode, site }: { readonly mode: 'equal' | 'merge'; readonly site: Site },
): SettingsChange {
  const { values: wanted } = wantedSettings(point, scope, site);
  const values: Record<string, string | null> = {};
  const fixed: string[] = [];
  for (const [name, value] of Object.entries(wanted)) if (live[name] !== value) values[name] = value;
  if (mode === 'merge') return { values, fixed };
  for (const name of Object.keys(live)) {
    if (name in point || THROTTLE.test(name) || (isOfSite(name, scope) && !site.same)) continue;
    if (isFixed(name, scope, site)) fixed.push(name);
    else values[name] = null;
  }
  return { values, fixed };
}

function isOfSite(name: string, scope: SettingsScope): boolean {
  return (scope === 'broker' || scope === 'all-brokers') && OF_SITE.test(name);
}

/** Of brokers' configs each release takes what it does not know, for plugins; of topics' it refuses it. */
function isKnown(name: string, scope: SettingsScope, { topicConfigs }: Site): boolean {
  return scope !== 'topic' || topicConfigs === undefined || topicConfigs.has(name);
}

function isFixed(name: string, scope: SettingsScope, { features }: Site): boolean {
  if (name !== MIN_IN_SYNC || scope !== 'all-brokers') return false;
  return features.finalized.some((feature) => feature.name === ELIGIBLE_REPLICAS && feature.level > 0);
}
