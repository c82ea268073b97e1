import { Command, Option } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import {
  type Cluster,
  type ClusterLimits,
  type ClusterService,
  defaultLimits,
  type Environment,
  environment,
} from '../../../shared/model/cluster.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import type { SourceDriver } from '../../sources/contract.ts';
import type { Cli } from '../cli.ts';
import { exitCodeOfChecks } from '../exit-code.ts';
import type { Invocation } from '../invocation.ts';
import { addDriverFlags, addOpener } from '../options/driver-flags.ts';
import { driverHelp } from '../options/driver-help.ts';
import { findDriver } from '../options/drivers.ts';
import { type FlagGroup, FlagGroups } from '../options/flag-groups.ts';
import { addLimitFlags } from '../options/limit-flags.ts';
import { rawOptions, refuseStrayFlags } from '../options/raw-options.ts';
import { showChecks } from '../output/checks.ts';
import { optionFacts } from '../output/option-facts.ts';
import { instantText } from '../output/quantity.ts';
import { tellRemoval } from '../output/removal.ts';
import { facts, table } from '../output/table.ts';
import { TEXTS } from '../output/texts.ts';
import { clusterSetCommand } from './cluster-set.ts';

interface AddOptions {
  readonly environment: Environment;
  readonly readOnly?: true;
  readonly requestsInFlight?: number;
  readonly objectsPerSecond?: number;
}

const ADD_EXAMPLES = `
Examples:
  holdfast cluster add lab --environment test --source zookeeper --connect-string zk1:2181,zk2:2181
  holdfast cluster add prod --source zookeeper --service ZooKeeper-main --connect-string zk:2181 \\
                            --source zookeeper --service ZooKeeper-side --connect-string zk:2182`;

/** `cluster add|set|list|show|test|remove`: what is protected. */
export function clusterCommand(cli: Cli): Command {
  const command = new Command('cluster').description('what is protected: a cluster and its services');
  command.addCommand(addCommand(cli));
  command.addCommand(clusterSetCommand(cli));
  command
    .command('list')
    .description('list the clusters')
    .action(() => cli.execute(list));
  command
    .command('show <name>')
    .description('show one cluster; secrets are never shown')
    .action((name: string) => cli.execute((invocation) => show(invocation, name)));
  command
    .command('test <name>')
    .description('check that every service can be reached and read; a failed check gives exit code 3')
    .action((name: string) => cli.execute((invocation) => test(invocation, name)));
  command
    .command('remove <name>')
    .description('forget a cluster; its archives stay where they are')
    .action((name: string) => cli.execute((invocation) => remove(invocation, name)));
  return command;
}

function addCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const drivers = cli.world.sources;
  const command = new Command('add')
    .argument('<name>', 'what you call the cluster')
    .description('add a cluster with one or more services; flags of a service stand behind its --source')
    .addOption(
      new Option('--environment <kind>', 'production is treated gently')
        .choices(environment.options)
        .default('production'),
    )
    .option('--read-only', 'nothing may ever be restored into it');
  addLimitFlags(command);
  addOpener(
    command,
    groups,
    '--source <driver>',
    `kind of service: ${drivers.map(({ id }) => id).join(', ')}`,
  );
  command.option('--service <name>', 'what the service is called in the cluster (default: its kind)');
  command.on('option:service', (name: string) => groups.give('service', 'value', name));
  addDriverFlags(
    command,
    groups,
    drivers.flatMap((driver) => describeFields(driver.options)),
  );
  for (const { id, options } of drivers) {
    command.addHelpText('after', driverHelp(`Behind --source ${id}:`, id, describeFields(options)));
  }
  return command
    .addHelpText('after', ADD_EXAMPLES)
    .action((name: string, options: AddOptions) =>
      cli.execute((invocation) => add(invocation, name, options, groups)),
    );
}

async function add(
  invocation: Invocation,
  name: string,
  options: AddOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const services = await readServices(invocation, groups);
  const client = await invocation.unlockedClient();
  const added = await client.clusters.add({
    name,
    environment: options.environment,
    readOnly: options.readOnly === true,
    limits: readLimits(options),
    services,
  });
  const { output } = invocation;
  await output.result(added, () => `${output.words(TEXTS.added, { kind: 'cluster', name })}\n`);
}

async function readServices(invocation: Invocation, groups: FlagGroups): Promise<ClusterService[]> {
  refuseStrayFlags(groups.loose, []);
  const services: ClusterService[] = [];
  for (const group of groups.openedBy('source')) {
    const driver = findDriver(invocation.world.sources, group.id, '--source');
    services.push(await readService(invocation, driver, group, services));
  }
  if (services.length > 0) return services;
  throw new HoldfastError('general.invalid-input', { what: '--source', problem: 'at least one is needed' });
}

async function readService(
  invocation: Invocation,
  driver: SourceDriver,
  group: FlagGroup,
  before: readonly ClusterService[],
): Promise<ClusterService> {
  const fields = describeFields(driver.options);
  refuseStrayFlags(group, fields, ['service']);
  const service = group.flags.get('service')?.values.at(-1) ?? freeName(driver.dataSource, before);
  return { source: driver.id, service, options: await rawOptions(invocation, driver.id, fields, group) };
}

/** `Kafka`, then `Kafka-2`, … */
function freeName(base: string, taken: readonly ClusterService[]): string {
  const isFree = (name: string) => !taken.some((other) => other.service === name);
  if (isFree(base)) return base;
  let number = 2;
  while (!isFree(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}

function readLimits({ environment: kind, requestsInFlight, objectsPerSecond }: AddOptions): ClusterLimits {
  return {
    ...defaultLimits(kind),
    ...(requestsInFlight === undefined ? {} : { requestsInFlight }),
    ...(objectsPerSecond === undefined ? {} : { objectsPerSecond }),
  };
}

async function list(invocation: Invocation): Promise<undefined> {
  const client = await invocation.client();
  const clusters = await client.clusters.list({});
  await invocation.output.result(clusters, () => clusterTable(clusters));
  if (clusters.length === 0) await invocation.output.note(TEXTS.noClusters);
}

function clusterTable(clusters: readonly Cluster[]): string {
  return table<Cluster>(
    [
      { title: 'CLUSTER', cell: (cluster) => cluster.name },
      { title: 'ENVIRONMENT', cell: (cluster) => cluster.environment },
      { title: 'SERVICES', cell: (cluster) => cluster.services.map(({ service }) => service).join(', ') },
      { title: 'READ-ONLY', cell: (cluster) => (cluster.readOnly ? 'yes' : 'no') },
    ],
    clusters,
  );
}

async function show(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.client();
  const cluster = await client.clusters.show({ name });
  await invocation.output.result(cluster, () => clusterDetails(cluster));
}

function clusterDetails(cluster: Cluster): string {
  const head = facts([
    ['cluster', cluster.name],
    ['id', cluster.id],
    ['environment', cluster.environment],
    ['read-only', cluster.readOnly ? 'yes' : 'no'],
    ['requests in flight', String(cluster.limits.requestsInFlight)],
    ['objects per second', String(cluster.limits.objectsPerSecond ?? 'no limit')],
    ['added', instantText(cluster.created)],
  ]);
  const services = cluster.services.map(
    ({ service, source, options, identity = {} }) =>
      `\n${facts([['service', service], ['source', source], ...optionFacts(options), ...optionFacts(identity)])}`,
  );
  return head + services.join('');
}

async function test(invocation: Invocation, name: string): Promise<number> {
  const client = await invocation.unlockedClient();
  const checks = await client.clusters.test({ name }, { signal: invocation.signal });
  return exitCodeOfChecks(await showChecks(checks, invocation.output));
}

async function remove(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.unlockedClient();
  await client.clusters.remove({ name });
  await tellRemoval(invocation.output, 'cluster', name);
}
