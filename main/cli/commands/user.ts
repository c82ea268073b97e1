import { Command, Option } from 'commander';
import { ROLES, type Role, userName } from '../../../shared/contract/session.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import type { SecretQuestion } from '../options/read-secret.ts';
import { addSecretFlags } from '../options/secret-flags.ts';
import { instantText } from '../output/quantity.ts';
import { table } from '../output/table.ts';
import { TEXTS } from '../output/texts.ts';

interface UserOptions {
  readonly role?: Role;
}

const PASSWORD = 'password';

const EXAMPLES = `
Users sign in to a host that serves other machines (holdfast serve --address). Viewers look; operators run, cancel,
pin, verify and restore; admins do everything. A change ends the user's sessions within seconds, whether a host runs
or not. The password comes from HOLDFAST_USER_PASSWORD, from the file that HOLDFAST_USER_PASSWORD_FILE names, or is
asked for.

Examples:
  holdfast user add anna --role admin
  holdfast user set otto --role operator
  holdfast user set otto --password-prompt
  holdfast user revoke otto`;

/** `user add|list|set|revoke|remove`: who may sign in from other machines. */
export function userCommand(cli: Cli): Command {
  const command = new Command('user')
    .description('who may sign in to a host from other machines')
    .addHelpText('after', EXAMPLES);
  const adding = new FlagGroups();
  const add = command
    .command('add <name>')
    .description('add a user')
    .addOption(roleOption().makeOptionMandatory());
  addSecretFlags(add, adding, PASSWORD, 'the password');
  add.action((name: string, { role = 'viewer' }: UserOptions) =>
    cli.execute((invocation) => addUser(invocation, name, role, adding)),
  );
  command
    .command('list')
    .description('list the users')
    .action(() => cli.execute(list));
  const setting = new FlagGroups();
  const set = command.command('set <name>').description('change role or password').addOption(roleOption());
  addSecretFlags(set, setting, PASSWORD, 'the new password');
  set.action((name: string, { role }: UserOptions) =>
    cli.execute((invocation) => setUser(invocation, name, role, setting)),
  );
  command
    .command('revoke <name>')
    .description('end the sessions of a user')
    .action((name: string) => cli.execute((invocation) => revokeUser(invocation, name)));
  command
    .command('remove <name>')
    .description('remove a user')
    .action((name: string) => cli.execute((invocation) => removeUser(invocation, name)));
  return command;
}

function roleOption(): Option {
  return new Option('--role <role>', 'what the user may do').choices(ROLES);
}

async function addUser(
  invocation: Invocation,
  name: string,
  role: Role,
  groups: FlagGroups,
): Promise<undefined> {
  const valid = validName(name);
  const question = passwordOf(invocation);
  const given = await invocation.secrets.read(question, groups.loose.flags.get(PASSWORD));
  const password = given ?? (await invocation.secrets.ask(question));
  const user = await usersOf(invocation).add(valid, role, password);
  await invocation.output.result(user, () => `${invocation.output.words(TEXTS.userAdded, { name, role })}\n`);
}

async function setUser(
  invocation: Invocation,
  name: string,
  role: Role | undefined,
  groups: FlagGroups,
): Promise<undefined> {
  const password = await invocation.secrets.read(passwordOf(invocation), groups.loose.flags.get(PASSWORD));
  if (role === undefined && password === undefined) {
    const problem = detail('role-or-password');
    throw new HoldfastError('general.invalid-input', { what: detail('the-change'), problem });
  }
  const user = await usersOf(invocation).set(name, {
    ...(role === undefined ? {} : { role }),
    ...(password === undefined ? {} : { password }),
  });
  const { output } = invocation;
  await output.result(user, () => `${output.words(TEXTS.userChanged, { name, role: user.role })}\n`);
}

async function revokeUser(invocation: Invocation, name: string): Promise<undefined> {
  const user = await usersOf(invocation).revoke(name);
  await invocation.output.result(user, () => `${invocation.output.words(TEXTS.userRevoked, { name })}\n`);
}

async function removeUser(invocation: Invocation, name: string): Promise<undefined> {
  const user = await usersOf(invocation).remove(name);
  await invocation.output.result(user, () => `${invocation.output.words(TEXTS.userRemoved, { name })}\n`);
}

async function list(invocation: Invocation): Promise<undefined> {
  const users = await usersOf(invocation).list();
  const { output } = invocation;
  await output.result(users, () =>
    table(
      [
        { title: output.heading('name'), cell: ({ name }) => name },
        { title: output.heading('role'), cell: ({ role }) => role },
        { title: output.heading('created'), cell: ({ created }) => instantText(created) },
      ],
      users,
    ),
  );
}

function usersOf({ world, dataDirectory }: Invocation) {
  return world.users(dataDirectory);
}

function passwordOf({ output }: Invocation): SecretQuestion {
  return {
    what: output.words(TEXTS.userPassword),
    flag: `--${PASSWORD}`,
    variable: 'HOLDFAST_USER_PASSWORD',
    twice: true,
  };
}

function validName(name: string): string {
  const parsed = userName.safeParse(name);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0]?.message ?? 'not a name';
  throw new HoldfastError('general.invalid-input', { what: name, problem });
}
