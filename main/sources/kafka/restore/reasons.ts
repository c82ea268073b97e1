import { ACL, BROKER, CONFIG, FEATURE, GROUP, OFFSETS, TOPIC, USER } from '../content.ts';
import type { Reason } from './notes.ts';

/*
 * What a restore does not bring back, or not as it was. Codes are for programs and do not change.
 */

export const UNSEEN = { code: 'unseen-left-alone', fidelity: 'operator' } satisfies Omit<Reason, 'kind'>;

export const UNREAD = { code: 'unread-left-alone', fidelity: 'operator' } satisfies Omit<Reason, 'kind'>;

export const REFUSED = { code: 'cluster-refuses', fidelity: 'operator' } satisfies Omit<Reason, 'kind'>;

export const INTERNAL = {
  code: 'internal-left-alone',
  fidelity: 'operator',
  kind: TOPIC,
} satisfies Reason;

export const RECORDS_LOST = {
  code: 'records-lost',
  fidelity: 'partial',
  kind: TOPIC,
} satisfies Reason;

export const MADE_ANEW = {
  code: 'topic-made-anew',
  fidelity: 'equivalent',
  kind: TOPIC,
} satisfies Reason;

export const CANNOT_SHRINK = {
  code: 'partitions-stay',
  fidelity: 'operator',
  kind: TOPIC,
} satisfies Reason;

export const REPLICAS_STAY = {
  code: 'replicas-stay',
  fidelity: 'operator',
  kind: TOPIC,
} satisfies Reason;

export const FEWER_REPLICAS = {
  code: 'fewer-replicas',
  fidelity: 'partial',
  kind: TOPIC,
} satisfies Reason;

export const BROKER_REPLACED = {
  code: 'broker-replaced',
  fidelity: 'equivalent',
  kind: BROKER,
} satisfies Reason;

export const THROTTLES = {
  code: 'throttles-left-out',
  fidelity: 'equivalent',
  kind: CONFIG,
} satisfies Reason;

export const HIDDEN_VALUES = {
  code: 'values-hidden',
  fidelity: 'operator',
  kind: CONFIG,
} satisfies Reason;

export const UNKNOWN_CONFIGS = {
  code: 'configs-unknown',
  fidelity: 'partial',
  kind: CONFIG,
} satisfies Reason;

export const SITE_CONFIGS = {
  code: 'configs-of-site',
  fidelity: 'operator',
  kind: CONFIG,
} satisfies Reason;

export const BROKER_ABSENT = {
  code: 'broker-absent',
  fidelity: 'operator',
  kind: CONFIG,
} satisfies Reason;

export const FIXED_CONFIGS = {
  code: 'configs-fixed',
  fidelity: 'equivalent',
  kind: CONFIG,
} satisfies Reason;

export const FEATURE_UNSUPPORTED = {
  code: 'feature-unsupported',
  fidelity: 'operator',
  kind: FEATURE,
} satisfies Reason;

export const FEATURE_STAYS = {
  code: 'feature-stays',
  fidelity: 'equivalent',
  kind: FEATURE,
} satisfies Reason;

export const FEATURE_BY_HAND = {
  code: 'feature-by-hand',
  fidelity: 'operator',
  kind: FEATURE,
} satisfies Reason;

export const GROUP_ACTIVE = {
  code: 'group-active',
  fidelity: 'operator',
  kind: GROUP,
} satisfies Reason;

export const GROUP_EMPTY = {
  code: 'group-without-offsets',
  fidelity: 'equivalent',
  kind: GROUP,
} satisfies Reason;

export const OFFSETS_CLAMPED = {
  code: 'offsets-clamped',
  fidelity: 'partial',
  kind: OFFSETS,
} satisfies Reason;

export const NO_LOG = {
  code: 'offsets-without-log',
  fidelity: 'partial',
  kind: OFFSETS,
} satisfies Reason;

export const NO_VERIFIER = {
  code: 'password-unknown',
  fidelity: 'operator',
  kind: USER,
} satisfies Reason;

export const VERIFIER_UNUSABLE = {
  code: 'verifier-unusable',
  fidelity: 'operator',
  kind: USER,
} satisfies Reason;

export const OWN_CREDENTIAL = {
  code: 'own-credential-stays',
  fidelity: 'operator',
  kind: USER,
} satisfies Reason;

export const OWN_DENIAL = {
  code: 'own-denial-left-out',
  fidelity: 'operator',
  kind: ACL,
} satisfies Reason;

export const OWN_GRANT = {
  code: 'own-grant-stays',
  fidelity: 'operator',
  kind: ACL,
} satisfies Reason;

export const SITE_HOST = {
  code: 'rule-for-host',
  fidelity: 'operator',
  kind: ACL,
} satisfies Reason;

export const OTHER_RACK = {
  code: 'rack-differs',
  fidelity: 'operator',
  kind: BROKER,
} satisfies Reason;

export const SITE_PRINCIPAL = {
  code: 'principal-of-site',
  fidelity: 'operator',
  kind: ACL,
} satisfies Reason;
