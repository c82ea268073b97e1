import type { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { ClusterService } from '../../../shared/model/cluster.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import type { SourceDriver } from '../../sources/contract.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { addDriverFlags, addOpener } from '../options/driver-flags.ts';
import { driverHelp } from '../options/driver-help.ts';
import { findDriver } from '../options/drivers.ts';
import type { FlagGroup, FlagGroups } from '../options/flag-groups.ts';
import { rawOptions, refuseStrayFlags } from '../options/raw-options.ts';
import { TUNNEL_FLAGS } from '../options/tunnel-flags.ts';

/** Makes a command take services: `--source DRIVER` with the flags behind it. */
export function addServiceFlags(cli: Cli, command: Command, groups: FlagGroups): void {
  const drivers = cli.world.sources;
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
}

/**
 * The services that were given; those without a name get one that is free beside those `before`.
 * @throws HoldfastError `general.invalid-input` when there is none
 */
export async function readServices(
  invocation: Invocation,
  groups: FlagGroups,
  before: readonly ClusterService[] = [],
): Promise<ClusterService[]> {
  refuseStrayFlags(groups.loose, [], TUNNEL_FLAGS);
  const services: ClusterService[] = [];
  for (const group of groups.openedBy('source')) {
    const driver = findDriver(invocation.world.sources, group.id, '--source');
    services.push(await readService(invocation, driver, group, [...before, ...services]));
  }
  if (services.length > 0) return services;
  throw new HoldfastError('general.invalid-input', { what: '--source', problem: detail('at-least-one') });
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
