import type { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { TUNNEL_FIELDS } from '../../../shared/model/tunnel.ts';
import { environmentName } from '../../../shared/options/describe.ts';
import { addLooseFlags } from './driver-flags.ts';
import { driverHelp } from './driver-help.ts';
import type { FlagGroups } from './flag-groups.ts';
import { type RawOptions, type RawOptionsContext, rawOptions } from './raw-options.ts';

const TUNNEL = 'tunnel';
const UNSET = 'tunnel-unset';

/** Loose flags that belong to the tunnel. */
export const TUNNEL_FLAGS: readonly string[] = [...TUNNEL_FIELDS.map(({ flag }) => flag), UNSET];

/** What `--no-tunnel` leaves among a command's options. */
export interface TunnelFlagOptions {
  readonly tunnel?: boolean;
}

/** Makes a command take the SSH host through which a cluster is reached. */
export function addTunnelFlags(command: Command, groups: FlagGroups): void {
  addLooseFlags(command, groups, TUNNEL_FIELDS);
  command.addHelpText('after', driverHelp('To reach it through an SSH host:', TUNNEL, TUNNEL_FIELDS));
}

/** Beside them, what changes the tunnel that a cluster has. */
export function addTunnelChangeFlags(command: Command, groups: FlagGroups): void {
  command.option('--no-tunnel', 'reach it without an SSH host');
  command.option(`--${UNSET} <option>`, 'take an option of the tunnel away: passphrase');
  command.on(`option:${UNSET}`, (option: string) => groups.giveLoose(UNSET, 'value', option));
  addTunnelFlags(command, groups);
}

/** A new cluster's tunnel, from flags and environment; undefined where no host is given by either. */
export async function readTunnel(
  context: RawOptionsContext,
  { loose }: FlagGroups,
): Promise<RawOptions | undefined> {
  const isGiven = TUNNEL_FIELDS.some(({ flag }) => loose.flags.has(flag));
  if (!isGiven && context.world.env[environmentName(TUNNEL, 'host')] === undefined) return undefined;
  return rawOptions(context, TUNNEL, TUNNEL_FIELDS, loose);
}

/** Only what was given: neither the environment nor a question fills in what is to stay. Null: no tunnel any more. */
export async function readTunnelChange(
  context: RawOptionsContext,
  { loose }: FlagGroups,
  { tunnel }: TunnelFlagOptions,
): Promise<RawOptions | null | undefined> {
  if (tunnel === false) return null;
  const given = TUNNEL_FIELDS.filter(({ flag }) => loose.flags.has(flag));
  const options = await rawOptions(context, TUNNEL, given, loose);
  for (const name of loose.flags.get(UNSET)?.values ?? []) options[fieldOf(name)] = null;
  return Object.keys(options).length === 0 ? undefined : options;
}

function fieldOf(option: string): string {
  const field = TUNNEL_FIELDS.find(({ flag }) => flag === `${TUNNEL}-${option}`);
  if (field !== undefined) return field.name;
  const problem = detail('no-such-option');
  throw new HoldfastError('general.invalid-input', { what: `--${UNSET} ${option}`, problem });
}
