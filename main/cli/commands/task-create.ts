import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { addDriverFlags, addOpener } from '../options/driver-flags.ts';
import { driverHelp } from '../options/driver-help.ts';
import { findDriver } from '../options/drivers.ts';
import { type FlagGroup, FlagGroups } from '../options/flag-groups.ts';
import { rawOptions, refuseStrayFlags } from '../options/raw-options.ts';
import { parsePolicy, parseSchedule } from '../options/schedule.ts';
import { addArchivePassphraseFlags, readNewPassphrase } from '../options/secret-flags.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { resolveKey } from '../session/archive-key.ts';
import type { Client } from '../session/client.ts';
import { estimateSources } from './task-forecast.ts';
import { tellTask } from './tell-task.ts';

interface CreateOptions {
  readonly cluster: string;
  readonly policy: string;
  readonly every?: string;
  readonly start?: string;
  readonly timeZone?: string;
  readonly estimate?: true;
}

type NewTask = Parameters<Client['tasks']['create']>[0];
type NewSource = NewTask['sources'][number];

/** Flags of one source; in front of every `--source` they hold for all. */
const SOURCE_FLAGS = ['storage', 'directory', 'copies', 'archive-key', 'signing-key', 'consent-sensitive'];

const EXAMPLES = `
Flags in front of the first --source hold for every service, those behind it for that service.
Without --source the task holds every service of the cluster. A passphrase seals the archives of all of them.

Examples:
  holdfast task create nightly --cluster lab --storage disk --archive-key main --every 1d --start 2026-03-01T02:00:00Z
  holdfast task create app --cluster lab --storage disk --consent-sensitive --source ZooKeeper --roots /app
  holdfast task create sealed --cluster lab --storage disk --archive-passphrase-prompt --signing-key office`;

/** `task create`. */
export function taskCreateCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const seals = new FlagGroups();
  const drivers = cli.world.sources;
  const command = new Command('create')
    .argument('<name>', 'what you call the task')
    .description('save what to back up, where to, and when')
    .requiredOption('--cluster <name>', 'cluster to back up')
    .option('--every <n>', 'run every n hours or days: 6h, 1d (default: only by hand)')
    .option('--start <instant>', 'first run, such as 2026-03-01T02:00:00Z (default: now)')
    .option('--time-zone <name>', 'IANA name; days keep its time of day (default: the local one)')
    .option('--policy <policy>', 'full, full-then-incremental or full-every:N', 'full-then-incremental')
    .option('--estimate', 'only tell how much its backups will probably read, store and keep')
    .option('--storage <name>', 'storage for the archives')
    .option('--directory <path>', 'directory in the storage')
    .option('--copies <n>', 'how many sets are kept (default 7)')
    .option('--archive-key <name>', 'seal the archives with this archive key')
    .option('--signing-key <name>', 'sign the archives with this signing key')
    .option('--consent-sensitive', 'capture the cluster’s own secrets though the archives are not sealed');
  addArchivePassphraseFlags(command, seals);
  for (const flag of SOURCE_FLAGS) {
    command.on(`option:${flag}`, (value: string | null) => groups.give(flag, 'value', value ?? 'true'));
  }
  addOpener(command, groups, '--source <service>', 'a service of the cluster; its flags stand behind it');
  const fields = drivers.flatMap((driver) => describeFields(driver.selection));
  addDriverFlags(command, groups, fields);
  for (const { id, label, selection } of drivers) {
    command.addHelpText(
      'after',
      driverHelp(`What to capture of ${label.en}:`, id, describeFields(selection)),
    );
  }
  return command
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: CreateOptions) =>
      cli.execute((invocation) => create(invocation, name, options, groups, seals)),
    );
}

async function create(
  invocation: Invocation,
  name: string,
  options: CreateOptions,
  groups: FlagGroups,
  seals: FlagGroups,
): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const cluster = await client.clusters.show({ name: options.cluster });
  const schedule = options.every === undefined ? undefined : readSchedule(invocation, options, options.every);
  const passphrase = await readNewPassphrase(invocation, seals);
  const sources = await readSources(invocation, cluster, groups);
  if (options.estimate === true) return estimateSources(invocation, cluster.name, sources);
  const view = await client.tasks.create({
    name,
    cluster: cluster.name,
    policy: parsePolicy(options.policy),
    ...(schedule === undefined ? {} : { schedule }),
    sources: sources.map((source) => (passphrase === undefined ? source : { ...source, passphrase })),
  });
  await tellTask(invocation, view);
}

function readSchedule({ world }: Invocation, { start, timeZone }: CreateOptions, every: string) {
  const given = { every, timeZone: timeZone ?? world.timeZone, ...(start === undefined ? {} : { start }) };
  return parseSchedule(given, world.date());
}

async function readSources(
  invocation: Invocation,
  cluster: Cluster,
  groups: FlagGroups,
): Promise<NewSource[]> {
  const named = groups.openedBy('source');
  const all = cluster.services.map(({ service }) => ({ opener: 'source', id: service, flags: new Map() }));
  const sources: NewSource[] = [];
  for (const group of named.length === 0 ? all : named) {
    const flags = new Map([...groups.loose.flags, ...group.flags]);
    sources.push(await readSource(invocation, cluster, { ...group, flags }));
  }
  return sources;
}

async function readSource(invocation: Invocation, cluster: Cluster, group: FlagGroup): Promise<NewSource> {
  const driver = driverOf(invocation, cluster, group.id);
  const fields = describeFields(driver.selection);
  refuseStrayFlags(group, fields, SOURCE_FLAGS);
  const flag = (name: string) => group.flags.get(name)?.values.at(-1);
  const client = await invocation.client();
  const key = flag('archive-key');
  const signer = flag('signing-key');
  return {
    service: group.id,
    selection: await rawOptions(invocation, driver.id, fields, group),
    storage: flag('storage') ?? missing('--storage'),
    directory: flag('directory') ?? '',
    maximumCopies: wholeNumber('--copies')(flag('copies') ?? '7'),
    ...(key === undefined ? {} : { key: await resolveKey(client, 'sealing', key) }),
    ...(signer === undefined ? {} : { signer: await resolveKey(client, 'signing', signer) }),
    consent: flag('consent-sensitive') === 'true',
  };
}

function driverOf({ world }: Invocation, cluster: Cluster, service: string) {
  const found = cluster.services.find((candidate) => candidate.service === service);
  if (found !== undefined) return findDriver(world.sources, found.source, '--source');
  const known = cluster.services.map((candidate) => candidate.service).join(', ');
  throw new HoldfastError('engine.no-service', { where: cluster.name, service, known });
}

function missing(what: string): never {
  throw new HoldfastError('general.invalid-input', { what, problem: detail('needed') });
}
