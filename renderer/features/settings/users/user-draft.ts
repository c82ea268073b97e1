import { type Role, SHORTEST_PASSWORD, userName } from '../../../../shared/contract/session.ts';
import type { KnownUser } from '../../../../shared/contract/users.ts';

/** A user while it is being added or changed. */
export interface UserDraft {
  readonly name: string;
  readonly role: Role;
  /** Empty: it stays as it is. */
  readonly password: string;
  readonly again: string;
}

export function userDraft(user: KnownUser | undefined): UserDraft {
  return { name: user?.name ?? '', role: user?.role ?? 'viewer', password: '', again: '' };
}

/** Whether a new password is long enough and was typed twice the same. */
export function isNewPassword({ password, again }: Pick<UserDraft, 'password' | 'again'>): boolean {
  return [...password].length >= SHORTEST_PASSWORD && password === again;
}

/** What the contract's `users.add` takes; undefined as long as something is missing. */
export function userToAdd(draft: UserDraft) {
  const name = userName.safeParse(draft.name).data;
  if (name === undefined || !isNewPassword(draft)) return undefined;
  return { name, role: draft.role, password: draft.password };
}

/** What the contract's `users.update` takes; undefined as long as it changes nothing, or the password is none. */
export function userChange(user: KnownUser, draft: UserDraft) {
  const role = draft.role === user.role ? undefined : draft.role;
  const password = draft.password === '' ? undefined : draft.password;
  if (role === undefined && password === undefined) return undefined;
  if (password !== undefined && !isNewPassword(draft)) return undefined;
  return {
    name: user.name,
    ...(role === undefined ? {} : { role }),
    ...(password === undefined ? {} : { password }),
  };
}

/** Nobody else could administer the host: it can be neither lowered nor removed. */
export function isLastAdmin(users: readonly KnownUser[], { name, role }: KnownUser): boolean {
  return role === 'admin' && !users.some((other) => other.name !== name && other.role === 'admin');
}
