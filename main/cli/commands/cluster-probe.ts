import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { exitCodeOfChecks } from '../exit-code.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import {
  addTunnelChangeFlags,
  readTunnel,
  readTunnelChange,
  type TunnelFlagOptions,
} from '../options/tunnel-flags.ts';
import { showChecks } from '../output/checks.ts';
import { addServiceFlags, readServices } from './cluster-services.ts';

const EXAMPLES = `
Options that are not given are those of the saved service of the same name, secrets too, with --of.

Examples:
  holdfast cluster probe --source zookeeper --connect-string zk1:2181
  holdfast cluster probe --of prod --source zookeeper --service ZooKeeper --connect-string zk9:2181`;

interface ProbeOptions extends TunnelFlagOptions {
  readonly of?: string;
}

/** `cluster probe`: what `cluster test` checks, before anything is saved. */
export function clusterProbeCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('probe')
    .description('check services that are not saved; a failed check gives exit code 3')
    .option('--of <cluster>', 'they are services of this cluster, changed');
  addServiceFlags(cli, command, groups);
  addTunnelChangeFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLES)
    .action(({ of, ...flags }: ProbeOptions) =>
      cli.execute((invocation) => probe(invocation, of, groups, flags)),
    );
}

async function probe(
  invocation: Invocation,
  cluster: string | undefined,
  groups: FlagGroups,
  flags: TunnelFlagOptions,
): Promise<number> {
  const services = await readServices(invocation, groups);
  const tunnel =
    cluster === undefined
      ? await readTunnel(invocation, groups)
      : await readTunnelChange(invocation, groups, flags);
  const client = await (cluster === undefined ? invocation.client() : invocation.unlockedClient());
  const checks = await client.clusters.probe(
    {
      services,
      ...(cluster === undefined ? {} : { cluster }),
      ...(tunnel === undefined ? {} : { tunnel }),
    },
    { signal: invocation.signal },
  );
  return exitCodeOfChecks(await showChecks(checks, invocation.output));
}
