import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Protector } from '../../../shared/contract/contract.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import type { SecretQuestion } from '../options/read-secret.ts';
import { addSecretFlags } from '../options/secret-flags.ts';
import { TEXTS } from '../output/texts.ts';
import type { Client } from '../session/client.ts';

type VaultState = Awaited<ReturnType<Client['vault']['state']>>;

interface ProtectorOptions {
  readonly keychain?: true;
  readonly keyFile?: string;
}

interface ChangeOptions extends ProtectorOptions {
  readonly keepKey?: true;
}

const PASSPHRASE = 'passphrase';

const EXAMPLES = `
The vault keeps passwords and archive keys. Its own key is protected by the system's keychain, by a passphrase
or by a key file that only you can read. Commands take the passphrase from HOLDFAST_VAULT_PASSPHRASE, from the
file that HOLDFAST_VAULT_PASSPHRASE_FILE names, or ask for it.

Examples:
  holdfast vault init --keychain
  holdfast vault init --key-file /etc/holdfast/vault.key
  holdfast vault change --passphrase-prompt`;

/** `vault init|unlock|change|show`: where secrets are kept. */
export function vaultCommand(cli: Cli): Command {
  const command = new Command('vault').description('where secrets are kept').addHelpText('after', EXAMPLES);
  const init = new FlagGroups();
  protectorFlags(command.command('init').description('make the vault'), init).action(
    (options: ProtectorOptions) => cli.execute((invocation) => initVault(invocation, options, init)),
  );
  const unlock = new FlagGroups();
  const unlockCommand = command
    .command('unlock')
    .description('open the vault of a running host; without one, check that it can be opened');
  protectorFlags(unlockCommand, unlock).action((options: ProtectorOptions) =>
    cli.execute((invocation) => unlockVault(invocation, options, unlock)),
  );
  const change = new FlagGroups();
  protectorFlags(command.command('change').description('protect the vault in another way'), change)
    .option(
      '--keep-key',
      'leave the secrets as they are sealed; without it they are sealed anew, and an old copy of the vault opens nothing new',
    )
    .action((options: ChangeOptions) =>
      cli.execute((invocation) => changeVault(invocation, options, change)),
    );
  command
    .command('show')
    .description('show whether the vault is open and how it is protected')
    .action(() => cli.execute(show));
  return command;
}

function protectorFlags(command: Command, groups: FlagGroups): Command {
  command
    .option('--keychain', 'by the keychain of the system')
    .option('--key-file <path>', 'by a key file; it is made where it does not exist');
  addSecretFlags(command, groups, PASSPHRASE, 'the passphrase');
  return command;
}

async function initVault(
  invocation: Invocation,
  options: ProtectorOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const client = await invocation.client();
  const protector = await readProtector(invocation, options, groups, {
    what: invocation.output.words(TEXTS.vaultPassphrase),
    flag: `--${PASSPHRASE}`,
    variable: 'HOLDFAST_VAULT_PASSPHRASE',
    twice: true,
  });
  await tell(invocation, await client.vault.init(protector));
}

async function unlockVault(
  invocation: Invocation,
  options: ProtectorOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const { client, engine } = await invocation.session();
  const protector = await readProtector(invocation, options, groups, {
    what: invocation.output.words(TEXTS.vaultPassphrase),
    flag: `--${PASSPHRASE}`,
    variable: 'HOLDFAST_VAULT_PASSPHRASE',
  });
  await tell(invocation, await client.vault.unlock(protector));
  if (engine === 'own' && protector.kind === 'passphrase') await invocation.output.note(TEXTS.unlockNotKept);
}

async function changeVault(
  invocation: Invocation,
  options: ChangeOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const protector = await readProtector(invocation, options, groups, {
    what: invocation.output.words(TEXTS.newVaultPassphrase),
    flag: `--${PASSPHRASE}`,
    variable: 'HOLDFAST_NEW_VAULT_PASSPHRASE',
    twice: true,
  });
  await tell(invocation, await client.vault.change({ protector, renewKey: options.keepKey !== true }));
}

async function readProtector(
  { world, secrets }: Invocation,
  { keychain, keyFile }: ProtectorOptions,
  groups: FlagGroups,
  question: SecretQuestion,
): Promise<Protector> {
  if (keychain === true) return { kind: 'keychain' };
  if (keyFile !== undefined) return { kind: 'key-file', path: resolve(world.cwd, keyFile) };
  const given = await secrets.read(question, groups.loose.flags.get(PASSPHRASE));
  return { kind: 'passphrase', passphrase: given ?? (await secrets.ask(question)) };
}

async function show(invocation: Invocation): Promise<undefined> {
  const client = await invocation.client();
  await tell(invocation, await client.vault.state({}));
}

function tell({ output }: Invocation, state: VaultState) {
  return output.result(state, () => {
    const shown = state.protector === undefined ? state.state : `${state.state} (${state.protector})`;
    return `${output.words(TEXTS.vaultState, { state: shown })}\n`;
  });
}
