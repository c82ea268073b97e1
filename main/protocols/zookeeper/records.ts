import type { JuteReader } from './jute-reader.ts';
import type { JuteWriter } from './jute-writer.ts';

/** `org.apache.zookeeper.data.Stat`. Zxids are 64-bit; times are ms since the epoch. */
export interface Stat {
  readonly czxid: bigint;
  readonly mzxid: bigint;
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  /** Session that owns an ephemeral node, else 0n. Container and TTL nodes show as 0n to clients. */
  readonly ephemeralOwner: bigint;
  readonly dataLength: number;
  readonly numChildren: number;
  readonly pzxid: bigint;
}

/** One entry of an access control list; `perms` is a sum of {@link Perms}. */
export interface Acl {
  readonly perms: number;
  readonly scheme: string;
  readonly id: string;
}

/** Permission bits, as `ZooDefs.Perms`. */
export const Perms = { read: 1, write: 2, create: 4, delete: 8, admin: 16, all: 31 } as const;

/** Everything for everyone: what a node gets that is created without an ACL. */
export const openAcl: readonly Acl[] = Object.freeze([
  Object.freeze({ perms: Perms.all, scheme: 'world', id: 'anyone' }),
]);

/** Everything for the identities of the creating session, nothing for others. */
export const creatorAllAcl: readonly Acl[] = Object.freeze([
  Object.freeze({ perms: Perms.all, scheme: 'auth', id: '' }),
]);

/** Bytes of an encoded {@link Stat}. */
export const statBytes = 68;

export function readStat(r: JuteReader): Stat {
  return {
    czxid: r.long(),
    mzxid: r.long(),
    ctime: r.longAsNumber(),
    mtime: r.longAsNumber(),
    version: r.int(),
    cversion: r.int(),
    aversion: r.int(),
    ephemeralOwner: r.long(),
    dataLength: r.int(),
    numChildren: r.int(),
    pzxid: r.long(),
  };
}

export function writeAcl(w: JuteWriter, acl: readonly Acl[]): void {
  w.int(acl.length);
  for (const entry of acl) {
    w.int(entry.perms);
    w.string(entry.scheme);
    w.string(entry.id);
  }
}

/** Encoded {@link openAcl}: nearly every node has it, so it is recognised without being decoded. */
const openAclBytes = Buffer.from('\0\0\0\x01\0\0\0\x1f\0\0\0\x05world\0\0\0\x06anyone', 'latin1');

/** Reads an ACL. The commonest one is a shared frozen list; treat all of them as read-only. */
export function readAcl(r: JuteReader): readonly Acl[] {
  if (r.startsWith(openAclBytes)) {
    r.skip(openAclBytes.length);
    return openAcl;
  }
  const count = r.count(12);
  const acl: Acl[] = new Array(count);
  for (let i = 0; i < count; i++) acl[i] = { perms: r.int(), scheme: r.string(), id: r.string() };
  return acl;
}
