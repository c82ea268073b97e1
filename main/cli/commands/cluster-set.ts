import { Command, Option } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { type ClusterService, type Environment, environment } from '../../../shared/model/cluster.ts';
import { describeFields, type FieldDescription } from '../../../shared/options/describe.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { addDriverFlags, addOpener } from '../options/driver-flags.ts';
import { driverHelp } from '../options/driver-help.ts';
import { findDriver } from '../options/drivers.ts';
import { type FlagGroup, FlagGroups } from '../options/flag-groups.ts';
import { addLimitFlags } from '../options/limit-flags.ts';
import { addMarkFlags, addUnmarkFlags, type MarkOptions, markChanges } from '../options/mark-flags.ts';
import { rawOptions, refuseStrayFlags } from '../options/raw-options.ts';
import {
  addTunnelChangeFlags,
  readTunnelChange,
  TUNNEL_FLAGS,
  type TunnelFlagOptions,
} from '../options/tunnel-flags.ts';
import { TEXTS } from '../output/texts.ts';

interface SetOptions extends MarkOptions, TunnelFlagOptions {
  readonly environment?: Environment;
  readonly readOnly?: boolean;
  readonly requestsInFlight?: number;
  /** False: no limit. */
  readonly objectsPerSecond?: number | false;
  readonly acceptIdentity?: true;
}

const EXAMPLES = `
Examples:
  holdfast cluster set prod --read-only --no-objects-per-second
  holdfast cluster set prod --service ZooKeeper --password-prompt
  holdfast cluster set prod --accept-identity
  holdfast cluster set prod --tunnel-host bastion --tunnel-user ops --tunnel-private-key-file ~/.ssh/id_ed25519
  holdfast cluster set prod --service ZooKeeper --auth none --unset user --unset password`;

/** `cluster set`: changes what is given and keeps the rest; after a rescan it completes what came without secrets. */
export function clusterSetCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const drivers = cli.world.sources;
  const command = new Command('set')
    .argument('<name>', 'the cluster')
    .description('change a cluster; flags of a service stand behind its --service, what is not given stays')
    .addOption(
      new Option('--environment <kind>', 'production is treated gently').choices(environment.options),
    )
    .option('--read-only', 'nothing may ever be restored into it')
    .option('--no-read-only', 'it may be restored into')
    .option(
      '--accept-identity',
      'what its services are now is what they shall be: backups and restores no longer refuse them as others',
    );
  addMarkFlags(command);
  addUnmarkFlags(command);
  addLimitFlags(command);
  addTunnelChangeFlags(command, groups);
  command.option('--no-objects-per-second', 'as many as the cluster answers');
  addOpener(command, groups, '--service <name>', 'the service that the flags behind it change');
  command.option('--unset <option>', 'take an option of the service away');
  command.on('option:unset', (flag: string) => groups.give('unset', 'value', flag));
  addDriverFlags(
    command,
    groups,
    drivers.flatMap((driver) => describeFields(driver.options)),
  );
  for (const { id, options } of drivers) {
    command.addHelpText(
      'after',
      driverHelp(`Behind a --service of kind ${id}:`, id, describeFields(options)),
    );
  }
  return command
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: SetOptions) =>
      cli.execute((invocation) => set(invocation, name, options, groups)),
    );
}

async function set(
  invocation: Invocation,
  name: string,
  {
    environment: kind,
    readOnly,
    requestsInFlight,
    objectsPerSecond,
    acceptIdentity,
    tunnel: flag,
    ...marks
  }: SetOptions,
  groups: FlagGroups,
): Promise<undefined> {
  refuseStrayFlags(groups.loose, [], TUNNEL_FLAGS);
  const client = await invocation.unlockedClient();
  const { services: known } = await client.clusters.show({ name });
  const services = [];
  for (const group of groups.openedBy('service')) services.push(await readChange(invocation, known, group));
  const tunnel = await readTunnelChange(invocation, groups, flag === undefined ? {} : { tunnel: flag });
  const changed = await client.clusters.update({
    name,
    ...(kind === undefined ? {} : { environment: kind }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...markChanges(marks),
    limits: {
      ...(requestsInFlight === undefined ? {} : { requestsInFlight }),
      ...(objectsPerSecond === undefined ? {} : { objectsPerSecond: objectsPerSecond || null }),
    },
    ...(tunnel === undefined ? {} : { tunnel }),
    services,
    ...(acceptIdentity === undefined ? {} : { acceptIdentity }),
  });
  const { output } = invocation;
  await output.result(
    changed,
    () => `${output.words(TEXTS.changed, { kind: output.word('cluster'), name })}\n`,
  );
}

/** Only what was given: neither the environment nor a question fills in what is to stay. */
async function readChange(
  invocation: Invocation,
  known: readonly ClusterService[],
  group: FlagGroup,
): Promise<{ service: string; options: Record<string, unknown> }> {
  const { source } = findService(known, group.id);
  const driver = findDriver(invocation.world.sources, source, '--service');
  const fields = describeFields(driver.options);
  refuseStrayFlags(group, fields, ['unset']);
  const given = fields.filter(({ flag }) => group.flags.has(flag));
  const options: Record<string, unknown> = await rawOptions(invocation, driver.id, given, group);
  for (const flag of group.flags.get('unset')?.values ?? []) options[findField(fields, flag).name] = null;
  return { service: group.id, options };
}

function findService(known: readonly ClusterService[], name: string): ClusterService {
  const found = known.find(({ service }) => service === name);
  if (found !== undefined) return found;
  const problem = detail('known', { known: known.map(({ service }) => service).join(', ') });
  throw new HoldfastError('general.invalid-input', { what: `--service ${name}`, problem });
}

function findField(fields: readonly FieldDescription[], flag: string): FieldDescription {
  const found = fields.find((field) => field.flag === flag);
  if (found !== undefined) return found;
  throw new HoldfastError('general.invalid-input', {
    what: `--unset ${flag}`,
    problem: detail('no-such-option'),
  });
}
