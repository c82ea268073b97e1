import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { addDriverFlags, addOpener } from '../options/driver-flags.ts';
import { findDriver } from '../options/drivers.ts';
import { type FlagGroup, FlagGroups } from '../options/flag-groups.ts';
import { rawOptions, refuseStrayFlags } from '../options/raw-options.ts';
import { parsePolicy, parseSchedule } from '../options/schedule.ts';
import { addArchivePassphraseFlags, readNewPassphrase } from '../options/secret-flags.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { resolveKey } from '../session/archive-key.ts';
import type { Client } from '../session/client.ts';
import { tellTask } from './tell-task.ts';

interface SetOptions {
  readonly policy?: string;
  readonly every?: string;
  readonly start?: string;
  readonly timeZone?: string;
  readonly byHand?: true;
}

type Change = Parameters<Client['tasks']['update']>[0];
type Source = NonNullable<Change['sources']>[number];

/** Flags of one source; in front of every `--source` they hold for all. */
const SOURCE_FLAGS = ['storage', 'directory', 'copies', 'archive-key', 'signing-key', 'consent-sensitive'];

const EXAMPLES = `
What is not given stays. Flags in front of the first --source hold for every service, those behind it for that
service only. The vault keeps the passphrases before a new one: archives that they sealed still open.

Examples:
  holdfast task set nightly --every 6h --copies 30
  holdfast task set nightly --by-hand
  holdfast task set nightly --source ZooKeeper --roots /app --storage bucket
  holdfast task set nightly --archive-passphrase-prompt
  holdfast task set nightly --archive-passphrase-file /run/secrets/archive --source ZooKeeper`;

/** `task set`: changes a task; after a rescan it also enters the passphrase that did not come along. */
export function taskSetCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const seals = new FlagGroups();
  const command = new Command('set')
    .argument('<name>', 'the task')
    .description('change when a task runs, what it captures and how it seals')
    .option('--every <n>', 'run every n hours or days: 6h, 1d')
    .option('--start <instant>', 'first run (default: now), with --every')
    .option('--time-zone <name>', 'IANA name; days keep its time of day (default: the local one)')
    .option('--by-hand', 'no longer by schedule')
    .option('--policy <policy>', 'full, full-then-incremental or full-every:N')
    .option('--storage <name>', 'storage for the archives to come')
    .option('--directory <path>', 'directory in the storage')
    .option('--copies <n>', 'how many sets are kept')
    .option('--archive-key <name>', 'seal the archives to come with this archive key')
    .option('--signing-key <name>', 'sign the archives to come with this signing key')
    .option('--consent-sensitive', 'capture the cluster’s own secrets though the archives are not sealed');
  addArchivePassphraseFlags(command, seals);
  for (const flag of SOURCE_FLAGS) {
    command.on(`option:${flag}`, (value: string | null) => groups.give(flag, 'value', value ?? 'true'));
  }
  addOpener(command, groups, '--source <service>', 'a service of the task; its flags stand behind it');
  addDriverFlags(
    command,
    groups,
    cli.world.sources.flatMap((driver) => describeFields(driver.selection)),
  );
  return command
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: SetOptions) =>
      cli.execute((invocation) => set(invocation, name, options, groups, seals)),
    );
}

async function set(
  invocation: Invocation,
  name: string,
  options: SetOptions,
  groups: FlagGroups,
  seals: FlagGroups,
): Promise<undefined> {
  const passphrase = await readNewPassphrase(invocation, seals);
  const named = groups.openedBy('source');
  const flags = groups.loose.flags.size + named.reduce((sum, group) => sum + group.flags.size, 0);
  const changes = scheduleChange(invocation, options);
  if (passphrase === undefined && flags === 0 && Object.keys(changes).length === 0) {
    throw new HoldfastError('general.invalid-input', {
      what: detail('what-to-change'),
      problem: detail('nothing-given'),
    });
  }
  const client = await invocation.unlockedClient();
  if (flags > 0 || Object.keys(changes).length > 0) {
    const sources = flags === 0 ? {} : { sources: await changedSources(invocation, name, groups) };
    const view = await client.tasks.update({ name, ...changes, ...sources });
    if (passphrase === undefined) return tellTask(invocation, view).then(() => undefined);
  }
  if (passphrase === undefined) return;
  const services = named.map(({ id }) => id);
  await tellTask(invocation, await client.tasks.seal({ name, services, passphrase }));
}

function scheduleChange(
  { world }: Invocation,
  { every, start, timeZone, byHand, policy }: SetOptions,
): Pick<Change, 'schedule' | 'policy'> {
  const given = every && {
    every,
    timeZone: timeZone ?? world.timeZone,
    ...(start === undefined ? {} : { start }),
  };
  return {
    ...(policy === undefined ? {} : { policy: parsePolicy(policy) }),
    ...(byHand === true ? { schedule: null } : {}),
    ...(given ? { schedule: parseSchedule(given, world.date()) } : {}),
  };
}

/** All sources as they will be: those that no flag is about as they are. */
async function changedSources(invocation: Invocation, name: string, groups: FlagGroups): Promise<Source[]> {
  const client = await invocation.client();
  const { task, clusterName } = await client.tasks.show({ name });
  const cluster = await client.clusters.show({ name: clusterName });
  const storages = new Map((await client.storages.list({})).map((storage) => [storage.id, storage.name]));
  const known = task.sources.map(({ service }) => service);
  const named = groups.openedBy('source');
  const stranger = named.find(({ id }) => !known.includes(id));
  if (stranger !== undefined) {
    const params = { where: name, service: stranger.id, known: known.join(', ') };
    throw new HoldfastError('engine.no-service', params);
  }
  return Promise.all(
    task.sources.map(async ({ unknownStorage, storage, ...source }) => {
      const own = named.filter(({ id }) => id === source.service).flatMap(({ flags }) => [...flags]);
      const group = { opener: 'source', id: source.service, flags: new Map([...groups.loose.flags, ...own]) };
      const before = { ...source, storage: storages.get(storage) ?? unknownStorage?.name ?? '' };
      return { ...before, ...(await readSource(invocation, cluster, group, before.selection)) };
    }),
  );
}

async function readSource(
  invocation: Invocation,
  cluster: Cluster,
  group: FlagGroup,
  selection: Source['selection'],
): Promise<Partial<Source>> {
  const service = cluster.services.find((each) => each.service === group.id);
  const driver = findDriver(invocation.world.sources, service?.source ?? '', '--source');
  const fields = describeFields(driver.selection);
  refuseStrayFlags(group, fields, SOURCE_FLAGS);
  const flag = (name: string) => group.flags.get(name)?.values.at(-1);
  const given = fields.filter((field) => group.flags.has(field.flag));
  const [storage, directory, copies] = [flag('storage'), flag('directory'), flag('copies')];
  const client = await invocation.client();
  const [key, signer] = [flag('archive-key'), flag('signing-key')];
  return {
    selection: { ...selection, ...(await rawOptions(invocation, driver.id, given, group)) },
    ...(storage === undefined ? {} : { storage }),
    ...(directory === undefined ? {} : { directory }),
    ...(copies === undefined ? {} : { maximumCopies: wholeNumber('--copies')(copies) }),
    ...(key === undefined ? {} : { key: await resolveKey(client, 'sealing', key) }),
    ...(signer === undefined ? {} : { signer: await resolveKey(client, 'signing', signer) }),
    ...(flag('consent-sensitive') === 'true' ? { consent: true } : {}),
  };
}
