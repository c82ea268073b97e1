import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addArchivePassphraseFlags, readNewPassphrase } from '../options/secret-flags.ts';
import { tellTask } from './tell-task.ts';

interface SetOptions {
  readonly source?: readonly string[];
}

const EXAMPLES = `
The vault keeps the passphrases before it: archives that they sealed still open.

Examples:
  holdfast task set nightly --archive-passphrase-prompt
  holdfast task set nightly --archive-passphrase-file /run/secrets/archive --source ZooKeeper`;

/** `task set`: another passphrase for the archives to come; after a rescan, the one that did not come along. */
export function taskSetCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('set')
    .argument('<name>', 'the task')
    .description('enter the passphrase that seals the archives of a task, or another one')
    .option('--source <service...>', 'only the archives of these services');
  addArchivePassphraseFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: SetOptions) =>
      cli.execute((invocation) => set(invocation, name, options, groups)),
    );
}

async function set(
  invocation: Invocation,
  name: string,
  { source = [] }: SetOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const passphrase = await readNewPassphrase(invocation, groups);
  if (passphrase === undefined) {
    throw new HoldfastError('general.invalid-input', {
      what: '--archive-passphrase-prompt, -file or -stdin',
      problem: 'one of them is needed',
    });
  }
  const client = await invocation.unlockedClient();
  await tellTask(invocation, await client.tasks.seal({ name, services: [...source], passphrase }));
}
