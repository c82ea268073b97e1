import { createHash } from 'node:crypto';
import { type Acl, creatorAllAcl, Perms } from '../../protocols/zookeeper/index.ts';
import { sameAcl } from './content.ts';
import type { ZooKeeperOptions } from './options.ts';

/*
 * Temporary access during a restore. A node is created with its final ACL at once wherever that ACL lets this
 * session create and delete below it, or nothing has to be done below it. Only otherwise it is created for the
 * session's own identity alone (scheme `auth`) and gets its ACL at the end. No node is ever open to others than in
 * the recovery point, not for a moment. A session without an identity cannot own a node: it creates the node with
 * its final ACL too, and what it then may not create below fails and is reported; the plan says so beforehand. Any
 * digest user and password is an identity, so the remedy costs nothing.
 */

/** Who a session is to the servers, as far as its options tell. */
export interface OwnIdentity {
  /** The `auth` scheme stands for somebody. */
  readonly named: boolean;
  /** True when the ACL gives this session all of `perms`, as far as it can tell: addresses are not looked at. */
  allowed(acl: readonly Acl[], perms: number): boolean;
}

export function ownIdentity({ auth, user, password, tls, cert }: ZooKeeperOptions): OwnIdentity {
  const ids = new Map<string, string>();
  if (auth === 'digest' && user !== undefined) ids.set('digest', digestId(user, password ?? ''));
  if (auth === 'sasl' && user !== undefined) ids.set('sasl', user);
  const isOwn = ({ scheme, id }: Acl) =>
    scheme === 'auth' || (scheme === 'world' && id === 'anyone') || ids.get(scheme) === id;
  return {
    named: ids.size > 0 || (tls && cert !== undefined),
    allowed: (acl, perms) =>
      (acl.filter(isOwn).reduce((sum, entry) => sum | entry.perms, 0) & perms) === perms,
  };
}

/** A node with this ACL can be created with it, though more has to be done below. */
export function leavesRoom(identity: OwnIdentity, acl: readonly Acl[]): boolean {
  return identity.allowed(acl, Perms.create | Perms.delete);
}

/** The id of a digest ACL entry: `user:` and base64 of SHA-1 over `user:password` (`DigestAuthenticationProvider`). */
export function digestId(user: string, password: string): string {
  return `${user}:${createHash('sha1').update(`${user}:${password}`).digest('base64')}`;
}

/**
 * True when the servers kept back the hash of a digest entry, which they do from sessions without ADMIN on the
 * node: they write `x` in its place (CVE-2019-0201). Such an ACL cannot be restored.
 */
export function isMasked(acl: readonly Acl[]): boolean {
  return acl.some(isMaskedEntry);
}

/**
 * The ACL that a restore gives a node. Entries whose hash is not known are left out and the session's own identity is
 * put in their place: never more open than it was, and a person can still set it right.
 */
export function restorableAcl({ named }: OwnIdentity, acl: readonly Acl[]): readonly Acl[] {
  if (!isMasked(acl)) return acl;
  return [...acl.filter((entry) => !isMaskedEntry(entry)), ...(named ? creatorAllAcl : [])];
}

/**
 * Whether the servers can have made the ACL of a node from the one that they were given: in place of an entry of the
 * scheme `auth` they write every identity of the session. Who else it may be is not told from those.
 */
export function isMadeFrom(given: readonly Acl[], live: readonly Acl[]): boolean {
  const own = given.filter(({ scheme }) => scheme === 'auth');
  const others = given.filter(({ scheme }) => scheme !== 'auth');
  if (own.length === 0) return sameAcl(given, live);
  const among = (entry: Acl, list: readonly Acl[]): boolean => list.some((each) => sameAcl([entry], [each]));
  const identities = live.filter((entry) => !among(entry, others));
  return (
    identities.length > 0 &&
    others.every((entry) => among(entry, live)) &&
    identities.every(({ scheme, perms }) => scheme !== 'world' && own.some((each) => each.perms === perms))
  );
}

/** The ACL as the servers show it to a session without ADMIN. */
export function masked(acl: readonly Acl[]): readonly Acl[] {
  return acl.map((entry) =>
    entry.scheme === 'digest' ? { ...entry, id: entry.id.replace(/:.*$/s, ':x') } : entry,
  );
}

function isMaskedEntry({ scheme, id }: Acl): boolean {
  return scheme === 'digest' && id.endsWith(':x');
}
