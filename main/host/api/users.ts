import { LOCAL_USER } from '../../../shared/contract/session.ts';
import type { UserAdministration } from '../../../shared/contract/users.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Caller } from '../access/caller.ts';
import type { SignInDesk } from '../sessions/sign-in.ts';
import { hostApi } from './implement.ts';

export interface UserParts {
  readonly users: UserAdministration;
  readonly desk: SignInDesk;
  readonly servesOthers: boolean;
}

/** `users`: what `holdfast user` does. */
export const usersApi = ({ users, desk, servesOthers }: UserParts) => ({
  list: hostApi.users.list.handler(async () => ({ users: [...(await users.list())], servesOthers })),
  add: hostApi.users.add.handler(({ input: { name, role, password } }) => users.add(name, role, password)),
  update: hostApi.users.update.handler(({ input: { name, role, password } }) => {
    if (role === undefined && password === undefined) {
      throw new HoldfastError('general.invalid-input', {
        what: detail('the-change'),
        problem: detail('changes-nothing'),
      });
    }
    return users.set(name, {
      ...(role === undefined ? {} : { role }),
      ...(password === undefined ? {} : { password }),
    });
  }),
  revoke: hostApi.users.revoke.handler(({ input: { name } }) => users.revoke(name)),
  remove: hostApi.users.remove.handler(({ input: { name } }) => users.remove(name)),
  changePassword: hostApi.users.changePassword.handler(async ({ input, context: { admission } }) => {
    const name = await provenName(admission.caller, input.current, desk);
    return users.set(name, { password: input.password });
  }),
});

/** Whoever sits down at somebody else's open window does not know the password; guessing it is slowed down. */
async function provenName({ user, remote }: Caller, password: string, desk: SignInDesk): Promise<string> {
  if (user === LOCAL_USER) throw new HoldfastError('host.no-own-password');
  await desk.check({ user, password }, { remote, isLocal: false });
  return user;
}
