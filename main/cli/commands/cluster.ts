import { Command, Option } from 'commander';
import {
  type Cluster,
  type ClusterLimits,
  defaultLimits,
  type Environment,
  environment,
} from '../../../shared/model/cluster.ts';
import { tunnelText } from '../../../shared/model/tunnel.ts';
import type { Cli } from '../cli.ts';
import { exitCodeOf, exitCodeOfChecks } from '../exit-code.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addLimitFlags } from '../options/limit-flags.ts';
import { addMarkFlags, type MarkOptions, marksOf } from '../options/mark-flags.ts';
import { addTunnelFlags, readTunnel } from '../options/tunnel-flags.ts';
import { showChecks } from '../output/checks.ts';
import { inventoryText } from '../output/inventory-text.ts';
import { optionFacts } from '../output/option-facts.ts';
import type { Output } from '../output/output.ts';
import { instantText } from '../output/quantity.ts';
import { tellRemoval } from '../output/removal.ts';
import { facts, table } from '../output/table.ts';
import { TEXTS } from '../output/texts.ts';
import { hostKeyCommand } from './cluster-host-key.ts';
import { addServiceCommand, removeServiceCommand } from './cluster-parts.ts';
import { clusterProbeCommand } from './cluster-probe.ts';
import { addServiceFlags, readServices } from './cluster-services.ts';
import { clusterSetCommand } from './cluster-set.ts';
import { clusterExportCommand, clusterImportCommand } from './cluster-transfer.ts';
import { renameCommand } from './rename.ts';

interface AddOptions extends MarkOptions {
  readonly environment: Environment;
  readonly readOnly?: true;
  readonly requestsInFlight?: number;
  readonly objectsPerSecond?: number;
}

const ADD_EXAMPLES = `
Examples:
  holdfast cluster add lab --environment test --source zookeeper --connect-string zk1:2181,zk2:2181
  holdfast cluster add prod --source zookeeper --service ZooKeeper-main --connect-string zk:2181 \\
                            --source zookeeper --service ZooKeeper-side --connect-string zk:2182
  holdfast cluster add far --tunnel-host bastion --tunnel-user ops --tunnel-private-key-file ~/.ssh/id_ed25519 \\
                           --source zookeeper --connect-string zk.internal:2181`;

/** `cluster add|set|rename|add-service|remove-service|probe|export|import|list|show|test|inventory|remove`: what is protected. */
export function clusterCommand(cli: Cli): Command {
  const command = new Command('cluster').description('what is protected: a cluster and its services');
  command.addCommand(addCommand(cli));
  command.addCommand(clusterSetCommand(cli));
  command.addCommand(renameCommand(cli, 'cluster'));
  command.addCommand(addServiceCommand(cli));
  command.addCommand(removeServiceCommand(cli));
  command.addCommand(clusterProbeCommand(cli));
  command.addCommand(hostKeyCommand(cli));
  command.addCommand(clusterExportCommand(cli));
  command.addCommand(clusterImportCommand(cli));
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
    .command('inventory <name>')
    .description('count what the services hold')
    .action((name: string) => cli.execute((invocation) => inventory(invocation, name)));
  command
    .command('remove <name>')
    .description('forget a cluster; its archives stay where they are')
    .action((name: string) => cli.execute((invocation) => remove(invocation, name)));
  return command;
}

function addCommand(cli: Cli): Command {
  const groups = new FlagGroups();
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
  addMarkFlags(command);
  addServiceFlags(cli, command, groups);
  addTunnelFlags(command, groups);
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
  const tunnel = await readTunnel(invocation, groups);
  const client = await invocation.unlockedClient();
  const added = await client.clusters.add({
    name,
    environment: options.environment,
    readOnly: options.readOnly === true,
    limits: readLimits(options),
    ...marksOf(options),
    ...(tunnel === undefined ? {} : { tunnel }),
    services,
  });
  const { output } = invocation;
  await output.result(added, () => `${output.words(TEXTS.added, { kind: output.word('cluster'), name })}\n`);
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
  await invocation.output.result(clusters, () => clusterTable(clusters, invocation.output));
  if (clusters.length === 0) await invocation.output.note(TEXTS.noClusters);
}

function clusterTable(clusters: readonly Cluster[], output: Output): string {
  return table<Cluster>(
    [
      { title: output.heading('cluster'), cell: (cluster) => cluster.name },
      { title: output.heading('environment'), cell: (cluster) => cluster.environment },
      {
        title: output.heading('services'),
        cell: (cluster) => cluster.services.map(({ service }) => service).join(', '),
      },
      {
        title: output.heading('read-only'),
        cell: (cluster) => (cluster.readOnly ? output.word('yes') : output.word('no')),
      },
    ],
    clusters,
  );
}

async function show(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.client();
  const cluster = await client.clusters.show({ name });
  await invocation.output.result(cluster, () => clusterDetails(cluster, invocation.output));
}

function clusterDetails(cluster: Cluster, output: Output): string {
  const head = facts([
    [output.word('cluster'), cluster.name],
    [output.word('id'), cluster.id],
    [output.word('environment'), cluster.environment],
    [output.word('read-only'), cluster.readOnly ? output.word('yes') : output.word('no')],
    ...markFacts(cluster),
    [output.word('requests in flight'), String(cluster.limits.requestsInFlight)],
    [output.word('objects per second'), String(cluster.limits.objectsPerSecond ?? output.word('no limit'))],
    [output.word('added'), instantText(cluster.created)],
    ...tunnelFacts(cluster),
  ]);
  const services = cluster.services.map(
    ({ service, source, options, identity = {} }) =>
      `\n${facts([[output.word('service'), service], [output.word('source'), source], ...optionFacts(options), ...optionFacts(identity)])}`,
  );
  return head + services.join('');
}

/** The whole tunnel: its own options are told with `tunnel` in front. */
function tunnelFacts({ tunnel }: Cluster): [string, string][] {
  if (tunnel === undefined) return [];
  const { host: _, port: __, user: ___, ...rest } = tunnel;
  const options = optionFacts(rest).map(([name, value]): [string, string] => [`tunnel ${name}`, value]);
  return [['tunnel', tunnelText(tunnel)], ...options];
}

function markFacts({ folder, colour, description }: Cluster): [string, string][] {
  const marks = { folder, colour, description };
  return Object.entries(marks).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

async function test(invocation: Invocation, name: string): Promise<number> {
  const client = await invocation.unlockedClient();
  const checks = await client.clusters.test({ name }, { signal: invocation.signal });
  return exitCodeOfChecks(await showChecks(checks, invocation.output));
}

async function inventory(invocation: Invocation, name: string): Promise<number> {
  const client = await invocation.unlockedClient();
  let exitCode = 0;
  for await (const found of await client.clusters.inventory({ name }, { signal: invocation.signal })) {
    await invocation.output.result(found, () => `${inventoryText(found, invocation.output)}\n`);
    if (found.error !== undefined) exitCode = exitCodeOf(found.error.category);
  }
  return exitCode;
}

async function remove(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.unlockedClient();
  await client.clusters.remove({ name });
  await tellRemoval(invocation.output, 'cluster', name);
}
