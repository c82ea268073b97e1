import { oc } from '@orpc/contract';
import { z } from 'zod';
import { nothing } from './input.ts';
import { type Role, role, userName } from './session.ts';

/** As it is typed in: what it has to be, the host says when it is kept. */
const password = z.string().min(1).max(1000);

/** Somebody who may sign in from another machine. */
export const knownUser = z.object({ name: userName, role, created: z.iso.datetime() });
export type KnownUser = z.infer<typeof knownUser>;

const byUser = z.object({ name: userName });

/** Who may sign in. Passwords go in and never come out. */
export const users = {
  list: oc.input(nothing).output(
    z.object({
      users: z.array(knownUser),
      /** Other machines can reach the host; else only its own can, by its link. */
      servesOthers: z.boolean(),
    }),
  ),
  add: oc.input(byUser.extend({ role, password })).output(knownUser),
  /** Ends the sessions of the user, whatever is changed. The last admin stays one. */
  update: oc.input(byUser.extend({ role: role.optional(), password: password.optional() })).output(knownUser),
  /** Ends the user's sessions and changes nothing. */
  revoke: oc.input(byUser).output(knownUser),
  /** Ends the user's sessions. The last admin stays. */
  remove: oc.input(byUser).output(knownUser),
  /** Of the caller. Ends all sessions of the caller, this one too. */
  changePassword: oc.input(z.object({ current: password, password })).output(knownUser),
};

/** A session of the caller. */
export const ownSession = z.object({
  /** It is the one that asks. */
  current: z.boolean(),
  /** By a browser's cookie, or by a token that a program sends. */
  form: z.enum(['cookie', 'bearer']),
  /** Address that it was begun from. */
  remote: z.string(),
  began: z.iso.datetime(),
  used: z.iso.datetime(),
  expires: z.iso.datetime(),
});
export type OwnSession = z.infer<typeof ownSession>;

export const sessions = {
  /** Of the caller, the last used first. */
  list: oc.input(nothing).output(z.array(ownSession)),
  /** Ends all of the caller's but the one that asks. */
  endOthers: oc.input(nothing).output(z.object({ ended: z.int() })),
};

/** The people who may sign in, to be administered; changes count at once, also for a host that runs. */
export interface UserAdministration {
  list(): Promise<readonly KnownUser[]>;
  /** @throws HoldfastError `secrets.user-exists`, `secrets.weak-password` */
  add(name: string, role: Role, password: string): Promise<KnownUser>;
  /** @throws HoldfastError `secrets.no-such-user`, `secrets.weak-password`, `secrets.last-admin` */
  set(name: string, change: { readonly role?: Role; readonly password?: string }): Promise<KnownUser>;
  /** Ends the user's sessions. @throws HoldfastError `secrets.no-such-user` */
  revoke(name: string): Promise<KnownUser>;
  /** @throws HoldfastError `secrets.no-such-user`, `secrets.last-admin` */
  remove(name: string): Promise<KnownUser>;
}
