import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import type { Cli } from '../cli.ts';
import { followOwnRun } from '../follow-run.ts';
import type { Invocation } from '../invocation.ts';
import { addDriverFlags, addOpener } from '../options/driver-flags.ts';
import { driverHelp } from '../options/driver-help.ts';
import { findDriver } from '../options/drivers.ts';
import { type FlagGroup, FlagGroups } from '../options/flag-groups.ts';
import { rawOptions, refuseStrayFlags } from '../options/raw-options.ts';
import { addArchivePassphraseFlags, readNewPassphrase } from '../options/secret-flags.ts';
import { resolveKey } from '../session/archive-key.ts';

interface BackupOptions {
  readonly name: string;
  readonly archiveKey?: string;
  readonly signingKey?: string;
  readonly consentSensitive?: true;
}

const EXAMPLE = `
Example:
  holdfast backup --source zookeeper --connect-string 127.0.0.1:2181 --roots /app \\
                  --storage local --directory /var/backups/holdfast --consent-sensitive`;

/** `backup`: one source to one storage, with nothing saved but the archive. */
export function backupCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const seals = new FlagGroups();
  const { sources, storages } = cli.world;
  const command = new Command('backup')
    .description('back up one service once, without a saved cluster, storage or task')
    .option('--name <name>', 'what the archive’s directory is called', 'backup')
    .option('--archive-key <name>', 'seal the archive with this archive key')
    .option('--signing-key <name>', 'sign the archive with this signing key')
    .option('--consent-sensitive', 'capture the cluster’s own secrets though the archive is not sealed');
  addArchivePassphraseFlags(command, seals);
  addOpener(
    command,
    groups,
    '--source <driver>',
    `kind of service: ${sources.map(({ id }) => id).join(', ')}`,
  );
  addOpener(
    command,
    groups,
    '--storage <driver>',
    `kind of storage: ${storages.map(({ id }) => id).join(', ')}`,
  );
  addDriverFlags(command, groups, [
    ...sources.flatMap((driver) => [...describeFields(driver.options), ...describeFields(driver.selection)]),
    ...storages.flatMap((driver) => describeFields(driver.options)),
  ]);
  for (const { id, options, selection } of sources) {
    const fields = [...describeFields(options), ...describeFields(selection)];
    command.addHelpText('after', driverHelp(`Behind --source ${id}:`, id, fields));
  }
  for (const { id, options } of storages) {
    command.addHelpText('after', driverHelp(`Behind --storage ${id}:`, id, describeFields(options)));
  }
  return command
    .addHelpText('after', EXAMPLE)
    .action((options: BackupOptions) =>
      cli.execute((invocation) => backup(invocation, options, groups, seals)),
    );
}

async function backup(
  invocation: Invocation,
  options: BackupOptions,
  groups: FlagGroups,
  seals: FlagGroups,
): Promise<number> {
  refuseStrayFlags(groups.loose, []);
  const { source, selection } = await readSource(invocation, only(groups, 'source'));
  const storage = await readStorage(invocation, only(groups, 'storage'));
  const passphrase = await readNewPassphrase(invocation, seals);
  const client = await invocation.unlockedClient();
  const { archiveKey: key, signingKey: signer } = options;
  const run = await client.backups.once({
    name: options.name,
    source,
    selection,
    storage,
    ...(key === undefined ? {} : { key: await resolveKey(client, 'sealing', key) }),
    ...(signer === undefined ? {} : { signer: await resolveKey(client, 'signing', signer) }),
    ...(passphrase === undefined ? {} : { passphrase }),
    consent: options.consentSensitive === true,
  });
  return followOwnRun(invocation, run);
}

async function readSource(invocation: Invocation, group: FlagGroup) {
  const driver = findDriver(invocation.world.sources, group.id, '--source');
  const options = describeFields(driver.options);
  const selection = describeFields(driver.selection);
  refuseStrayFlags(group, [...options, ...selection]);
  return {
    source: { driver: driver.id, options: await rawOptions(invocation, driver.id, options, group) },
    selection: await rawOptions(invocation, driver.id, selection, group),
  };
}

async function readStorage(invocation: Invocation, group: FlagGroup) {
  const driver = findDriver(invocation.world.storages, group.id, '--storage');
  const fields = describeFields(driver.options);
  refuseStrayFlags(group, fields);
  return { driver: driver.id, options: await rawOptions(invocation, driver.id, fields, group) };
}

function only(groups: FlagGroups, opener: string): FlagGroup {
  const [group, ...others] = groups.openedBy(opener);
  if (group !== undefined && others.length === 0) return group;
  throw new HoldfastError('general.invalid-input', { what: `--${opener}`, problem: detail('exactly-one') });
}
