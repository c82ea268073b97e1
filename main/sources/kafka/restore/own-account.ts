import { X509Certificate } from 'node:crypto';
import type { AclBinding } from '../../../protocols/kafka/index.ts';
import type { KafkaOptions } from '../options.ts';

/*
 * The account that restores. Which rules hold for it decides whether a restore can go on and be taken back.
 */

const EVERYBODY = 'User:*';
/** With these on the cluster an account reads and writes rules, whatever else is denied. */
const RULING = new Set(['ALL', 'ALTER', 'DESCRIBE']);

export interface OwnAccount {
  /** As brokers know it, unless they are configured to map names. */
  readonly principal: string;
  /** Of its SCRAM credential, where it signs in with one. */
  readonly scramUser: string | undefined;
}

export function ownAccount({ auth, user, tls, cert }: KafkaOptions): OwnAccount {
  if (auth !== 'none' && user !== undefined) {
    return { principal: `User:${user}`, scramUser: auth === 'plain' ? undefined : user };
  }
  const name = tls && cert !== undefined ? distinguishedName(cert) : 'ANONYMOUS';
  return { principal: `User:${name}`, scramUser: undefined };
}

/** A certificate's subject as Java writes it: the most specific part first. */
function distinguishedName(pem: string): string {
  const { subject } = new X509Certificate(pem);
  return subject.split('\n').reverse().join(',');
}

/** True for a rule that allows the account itself something. */
export function allowsOwn({ principal, permission }: AclBinding, own: OwnAccount): boolean {
  return permission === 'ALLOW' && principal === own.principal;
}

/** True for a rule without which the account might not be able to set rules any more. */
export function letsOwnRule(acl: AclBinding, own: OwnAccount): boolean {
  return acl.permission === 'ALLOW' && isFor(acl, own) && isRuling(acl);
}

/** True for a rule that denies the account itself something, if only with everybody. */
export function deniesOwn(acl: AclBinding, own: OwnAccount): boolean {
  return acl.permission === 'DENY' && isFor(acl, own);
}

/** True for a rule that would keep the account from setting rules, and from removing this one. */
export function keepsOwnFromRuling(acl: AclBinding, own: OwnAccount): boolean {
  return deniesOwn(acl, own) && isRuling(acl);
}

function isFor({ principal }: AclBinding, own: OwnAccount): boolean {
  return principal === own.principal || principal === EVERYBODY;
}

function isRuling({ resourceType, operation }: AclBinding): boolean {
  return resourceType === 'CLUSTER' && RULING.has(operation);
}
