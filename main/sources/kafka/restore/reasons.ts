import { ACL, BROKER, CONFIG, FEATURE, GROUP, OFFSETS, TOPIC, USER } from '../content.ts';
import type { Reason } from './notes.ts';

/*
 * What a restore does not bring back, or not as it was. Codes are for programs and do not change.
 */

export const UNSEEN: Omit<Reason, 'kind'> = {
  code: 'unseen-left-alone',
  fidelity: 'operator',
  text: 'the capture could not see it: it is not removed though the point does not have it',
};

export const INTERNAL: Reason = {
  code: 'internal-left-alone',
  fidelity: 'operator',
  kind: TOPIC,
  text: 'the cluster makes its internal topics itself: it is neither made nor changed',
};

export const RECORDS_LOST: Reason = {
  code: 'records-lost',
  fidelity: 'partial',
  kind: TOPIC,
  text: 'it is deleted with its records and the offsets in it, which no undo brings back',
};

export const MADE_ANEW: Reason = {
  code: 'topic-made-anew',
  fidelity: 'equivalent',
  kind: TOPIC,
  text: 'it was made anew since the point: its records are not those that the point’s offsets were for',
};

export const CANNOT_SHRINK: Reason = {
  code: 'partitions-stay',
  fidelity: 'operator',
  kind: TOPIC,
  text: 'it has {live} partitions and the point {wanted}: Kafka takes none away',
};

export const REPLICAS_STAY: Reason = {
  code: 'replicas-stay',
  fidelity: 'operator',
  kind: TOPIC,
  text: 'replicas are on other brokers than in the point (partitions: {partitions}): move them with kafka-reassign-partitions',
};

export const FEWER_REPLICAS: Reason = {
  code: 'fewer-replicas',
  fidelity: 'partial',
  kind: TOPIC,
  text: 'it had {wanted} replicas and gets {live}: there are no more brokers. Producers may need a lower min.insync.replicas',
};

export const BROKER_REPLACED: Reason = {
  code: 'broker-replaced',
  fidelity: 'equivalent',
  kind: BROKER,
  text: 'it is not here (rack {rack}): its replicas go to broker {to} (rack {toRack})',
};

export const THROTTLES: Reason = {
  code: 'throttles-left-out',
  fidelity: 'equivalent',
  kind: CONFIG,
  text: 'limits of a reassignment that was under way then are left out',
};

export const HIDDEN_VALUES: Reason = {
  code: 'values-hidden',
  fidelity: 'operator',
  kind: CONFIG,
  text: 'brokers tell nobody the values of {names}: set them by hand',
};

export const UNKNOWN_CONFIGS: Reason = {
  code: 'configs-unknown',
  fidelity: 'partial',
  kind: CONFIG,
  text: 'this cluster’s release does not have {names}: left out',
};

export const SITE_CONFIGS: Reason = {
  code: 'configs-of-site',
  fidelity: 'operator',
  kind: CONFIG,
  text: '{names} belong to the cluster that the point came from: left out, set them by hand where needed',
};

export const BROKER_ABSENT: Reason = {
  code: 'broker-absent',
  fidelity: 'operator',
  kind: CONFIG,
  text: 'no such broker is here: its configs are not set; broker {to} takes its place',
};

export const FIXED_CONFIGS: Reason = {
  code: 'configs-fixed',
  fidelity: 'equivalent',
  kind: CONFIG,
  text: 'this cluster sets {names} itself and lets nobody take it away',
};

export const FEATURE_UNSUPPORTED: Reason = {
  code: 'feature-unsupported',
  fidelity: 'operator',
  kind: FEATURE,
  text: 'level {wanted} is more than this cluster supports: it stays at {live}',
};

export const FEATURE_STAYS: Reason = {
  code: 'feature-stays',
  fidelity: 'equivalent',
  kind: FEATURE,
  text: 'it is at level {live}, the point at {wanted}: never lowered',
};

export const FEATURE_BY_HAND: Reason = {
  code: 'feature-by-hand',
  fidelity: 'operator',
  kind: FEATURE,
  text: 'level {wanted} changes how controllers find each other and cannot be taken back: raise it by hand',
};

export const GROUP_ACTIVE: Reason = {
  code: 'group-active',
  fidelity: 'operator',
  kind: GROUP,
  text: 'it has members ({state}): stop its clients before, or its offsets stay',
};

export const GROUP_EMPTY: Reason = {
  code: 'group-without-offsets',
  fidelity: 'equivalent',
  kind: GROUP,
  text: 'it had no offsets: it comes with its first member',
};

export const OFFSETS_CLAMPED: Reason = {
  code: 'offsets-clamped',
  fidelity: 'partial',
  kind: OFFSETS,
  text: 'the log does not reach there (partitions: {partitions}): set to where it begins or ends',
};

export const NO_LOG: Reason = {
  code: 'offsets-without-log',
  fidelity: 'partial',
  kind: OFFSETS,
  text: 'partitions that are not there or have no leader ({partitions}): their offsets are not set',
};

export const NO_VERIFIER: Reason = {
  code: 'password-unknown',
  fidelity: 'operator',
  kind: USER,
  text: 'Kafka tells nobody what checks a password: make the credential by hand ({iterations} iterations)',
};

export const VERIFIER_UNUSABLE: Reason = {
  code: 'verifier-unusable',
  fidelity: 'operator',
  kind: USER,
  text: 'what checks the password can only be written through the ZooKeeper of a cluster: make the credential by hand ({iterations} iterations)',
};

export const OWN_CREDENTIAL: Reason = {
  code: 'own-credential-stays',
  fidelity: 'operator',
  kind: USER,
  text: 'this account restores: its own credential stays as it is',
};

export const OWN_DENIAL: Reason = {
  code: 'own-denial-left-out',
  fidelity: 'operator',
  kind: ACL,
  text: 'it would take this account’s right to change rules: add it by hand',
};

export const OWN_GRANT: Reason = {
  code: 'own-grant-stays',
  fidelity: 'operator',
  kind: ACL,
  text: 'it gives this account the right to change rules: not removed though the point does not have it',
};

export const SITE_HOST: Reason = {
  code: 'rule-for-host',
  fidelity: 'operator',
  kind: ACL,
  text: 'it holds for host {host} of the site that the point came from',
};
