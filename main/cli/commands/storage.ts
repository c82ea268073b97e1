import { Command } from 'commander';
import { EXIT_CODES } from '../../../shared/errors/category.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { messageText } from '../../../shared/messages/message.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import type { Cli } from '../cli.ts';
import { exitCodeOfChecks } from '../exit-code.ts';
import type { Invocation } from '../invocation.ts';
import { addDriverFlags, addOpener } from '../options/driver-flags.ts';
import { driverHelp } from '../options/driver-help.ts';
import { findDriver } from '../options/drivers.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { rawOptions, refuseStrayFlags } from '../options/raw-options.ts';
import { showChecks } from '../output/checks.ts';
import { optionFacts } from '../output/option-facts.ts';
import type { Output } from '../output/output.ts';
import { instantText } from '../output/quantity.ts';
import { tellRemoval } from '../output/removal.ts';
import { table } from '../output/table.ts';
import { TEXTS } from '../output/texts.ts';
import { renameCommand } from './rename.ts';
import { storageProbeCommand, storageSetCommand, storageUsageCommand } from './storage-set.ts';

const ADD_EXAMPLE = `
Example:
  holdfast storage add disk --driver local --directory /var/backups/holdfast`;

/** `storage add|set|rename|probe|usage|list|validate|rescan|remove`: where archives live. */
export function storageCommand(cli: Cli): Command {
  const command = new Command('storage').description('where archives live');
  command.addCommand(addCommand(cli));
  command.addCommand(storageSetCommand(cli));
  command.addCommand(renameCommand(cli, 'storage'));
  command.addCommand(storageProbeCommand(cli));
  command.addCommand(storageUsageCommand(cli));
  command
    .command('list')
    .description('list the storages')
    .action(() => cli.execute(list));
  command
    .command('validate <name>')
    .description('write, read, list and remove test objects to prove that the storage keeps its promises')
    .action((name: string) => cli.execute((invocation) => validate(invocation, name)));
  command
    .command('rescan <name>')
    .description(
      'read what the storage holds into the catalog: tasks, recovery points, archives; damage gives exit code 9',
    )
    .action((name: string) => cli.execute((invocation) => rescan(invocation, name)));
  command
    .command('remove <name>')
    .description('forget a storage; what it holds stays')
    .action((name: string) => cli.execute((invocation) => remove(invocation, name)));
  return command;
}

function addCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const drivers = cli.world.storages;
  const command = new Command('add')
    .argument('<name>', 'what you call the storage')
    .description('add a storage; the flags of its kind stand behind --driver');
  addOpener(
    command,
    groups,
    '--driver <driver>',
    `kind of storage: ${drivers.map(({ id }) => id).join(', ')}`,
  );
  const fields = drivers.flatMap((driver) => describeFields(driver.options));
  addDriverFlags(command, groups, fields);
  for (const { id, options } of drivers) {
    command.addHelpText('after', driverHelp(`Behind --driver ${id}:`, id, describeFields(options)));
  }
  return command
    .addHelpText('after', ADD_EXAMPLE)
    .action((name: string) => cli.execute((invocation) => add(invocation, name, groups)));
}

async function add(invocation: Invocation, name: string, groups: FlagGroups): Promise<undefined> {
  refuseStrayFlags(groups.loose, []);
  const group = groups.openedBy('driver').at(-1);
  if (group === undefined) {
    throw new HoldfastError('general.invalid-input', { what: '--driver', problem: detail('needed') });
  }
  const driver = findDriver(invocation.world.storages, group.id, '--driver');
  const fields = describeFields(driver.options);
  refuseStrayFlags(group, fields);
  const options = await rawOptions(invocation, driver.id, fields, group);
  const client = await invocation.unlockedClient();
  const added = await client.storages.add({ name, driver: driver.id, options });
  const { output } = invocation;
  await output.result(added, () => `${output.words(TEXTS.added, { kind: output.word('storage'), name })}\n`);
}

async function list(invocation: Invocation): Promise<undefined> {
  const client = await invocation.client();
  const storages = await client.storages.list({});
  await invocation.output.result(storages, () => storageTable(storages, invocation.output));
  if (storages.length === 0) await invocation.output.note(TEXTS.noStorages);
}

function storageTable(storages: readonly StorageConfig[], output: Output): string {
  return table<StorageConfig>(
    [
      { title: output.heading('storage'), cell: (storage) => storage.name },
      { title: output.heading('driver'), cell: (storage) => storage.driver },
      { title: output.heading('added'), cell: (storage) => instantText(storage.created) },
      {
        title: output.heading('rescanned'),
        cell: ({ rescanned }) => (rescanned === undefined ? '-' : instantText(rescanned)),
      },
      {
        title: output.heading('options'),
        cell: (storage) =>
          optionFacts(storage.options)
            .map(([name, value]) => `${name}=${value}`)
            .join(' '),
      },
    ],
    storages,
  );
}

async function validate(invocation: Invocation, name: string): Promise<number> {
  const client = await invocation.unlockedClient();
  const checks = await client.storages.validate({ name }, { signal: invocation.signal });
  return exitCodeOfChecks(await showChecks(checks, invocation.output));
}

async function rescan(invocation: Invocation, name: string): Promise<number> {
  const client = await invocation.unlockedClient();
  const found = await client.storages.rescan({ name }, { signal: invocation.signal });
  const { tasks, points, archives, repaired, notes, damaged } = found;
  const { output } = invocation;
  await output.result(found, () =>
    [
      output.words(TEXTS.rescanned, { tasks, points, archives }),
      ...repaired.map((what) => output.words(TEXTS.repaired, { what: messageText(what) })),
      ...notes.map((what) => output.words(TEXTS.rescanNote, { what: messageText(what) })),
      ...damaged.map((what) => output.words(TEXTS.rescanDamage, { what: messageText(what) })),
      '',
    ].join('\n'),
  );
  return damaged.length === 0 ? 0 : EXIT_CODES.integrity;
}

async function remove(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.unlockedClient();
  await client.storages.remove({ name });
  await tellRemoval(invocation.output, 'storage', name);
}
