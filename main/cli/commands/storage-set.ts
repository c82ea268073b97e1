import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
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
import { storageFillTable } from '../output/storage-text.ts';
import { TEXTS } from '../output/texts.ts';

/** `storage set`: changes options; what is not given stays. */
export function storageSetCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const drivers = cli.world.storages;
  const command = new Command('set')
    .argument('<name>', 'the storage')
    .description(
      'change options of a storage; it is opened once with them, what lies where it was stays there',
    )
    .option('--unset <option>', 'take an option away');
  command.on('option:unset', (flag: string) => groups.give('unset', 'value', flag));
  const fields = drivers.flatMap((driver) => describeFields(driver.options));
  addDriverFlags(command, groups, fields);
  for (const { id, options } of drivers) {
    command.addHelpText('after', driverHelp(`Of a storage of kind ${id}:`, id, describeFields(options)));
  }
  return command.action((name: string) => cli.execute((invocation) => set(invocation, name, groups)));
}

/** `storage probe`: what `storage validate` tries, before anything is saved. */
export function storageProbeCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const drivers = cli.world.storages;
  const command = new Command('probe')
    .description('try a storage that is not saved; a failed check gives exit code 3')
    .option('--of <storage>', 'it is this storage, changed: what is not given is as it is there');
  const kinds = drivers.map(({ id }) => id).join(', ');
  addOpener(command, groups, '--driver <driver>', `kind of storage: ${kinds}`);
  addDriverFlags(
    command,
    groups,
    drivers.flatMap((driver) => describeFields(driver.options)),
  );
  return command.action(({ of }: { readonly of?: string }) =>
    cli.execute((invocation) => probe(invocation, of, groups)),
  );
}

/** `storage usage`. */
export function storageUsageCommand(cli: Cli): Command {
  return new Command('usage')
    .argument('<name>', 'the storage')
    .description('show how full a storage is')
    .action((name: string) => cli.execute((invocation) => usage(invocation, name)));
}

async function set(invocation: Invocation, name: string, groups: FlagGroups): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const known = (await client.storages.list({})).find((storage) => storage.name === name);
  if (known === undefined) throw new HoldfastError('catalog.no-storage', { name });
  const driver = findDriver(invocation.world.storages, known.driver, '--driver');
  const fields = describeFields(driver.options);
  const group = { ...groups.loose, opener: 'storage', id: name };
  refuseStrayFlags(group, fields, ['unset']);
  const given = fields.filter(({ flag }) => group.flags.has(flag));
  const options: Record<string, unknown> = await rawOptions(invocation, driver.id, given, group);
  for (const flag of group.flags.get('unset')?.values ?? []) {
    const field = fields.find((each) => each.flag === flag);
    if (field === undefined) {
      const problem = detail('no-such-option');
      throw new HoldfastError('general.invalid-input', { what: `--unset ${flag}`, problem });
    }
    options[field.name] = null;
  }
  const changed = await client.storages.update({ name, options }, { signal: invocation.signal });
  const { output } = invocation;
  await output.result(
    changed,
    () => `${output.words(TEXTS.changed, { kind: output.word('storage'), name })}\n`,
  );
}

async function probe(
  invocation: Invocation,
  storage: string | undefined,
  groups: FlagGroups,
): Promise<number> {
  refuseStrayFlags(groups.loose, []);
  const group = groups.openedBy('driver').at(-1);
  if (group === undefined) {
    throw new HoldfastError('general.invalid-input', { what: '--driver', problem: detail('needed') });
  }
  const driver = findDriver(invocation.world.storages, group.id, '--driver');
  const fields = describeFields(driver.options);
  refuseStrayFlags(group, fields);
  // Of a saved one only what was given: neither the environment nor a question fills in what is to stay.
  const asked = storage === undefined ? fields : fields.filter(({ flag }) => group.flags.has(flag));
  const options = await rawOptions(invocation, driver.id, asked, group);
  const client = await invocation.unlockedClient();
  const checks = await client.storages.probe(
    { driver: driver.id, options, ...(storage === undefined ? {} : { storage }) },
    { signal: invocation.signal },
  );
  return exitCodeOfChecks(await showChecks(checks, invocation.output));
}

async function usage(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const fill = await client.storages.usage({ name }, { signal: invocation.signal });
  await invocation.output.result(fill, () => storageFillTable([fill], invocation.output));
}
