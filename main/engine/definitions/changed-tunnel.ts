import type { Cluster } from '../../../shared/model/cluster.ts';
import { tunnelOptions } from '../../../shared/model/tunnel.ts';
import type { RawOptions } from '../../../shared/options/parse.ts';
import { forgetOptions, refuseLocked } from '../../secrets/options.ts';
import type { Vault } from '../../secrets/vault.ts';
import { TUNNEL, tunnelSettings } from '../tunnel/settings.ts';
import { type ChangedOptions, changeOptions, mergedOptions } from './changed-options.ts';

/** What decides whether a tunnel can sign in. */
const SIGN_IN = ['auth', 'password', 'privateKey'];

/** A cluster's tunnel as a change leaves it, undefined for none. */
export type ChangedTunnel = Omit<ChangedOptions, 'options'> & { readonly options: Cluster['tunnel'] };

/**
 * Seals a tunnel as the change leaves it. One that came without its secrets may be changed in other ways before it gets
 * them. @param wish secrets in the clear; null does without a tunnel
 * @throws HoldfastError `general.invalid-input`, `secrets.*`
 */
export async function changeTunnel(
  vault: Vault,
  before: Cluster['tunnel'],
  wish: RawOptions | null,
): Promise<ChangedTunnel> {
  if (wish !== null) {
    const change = { schema: tunnelOptions, before: before ?? {}, wish, what: TUNNEL };
    if (before === undefined || SIGN_IN.some((name) => Object.hasOwn(wish, name))) {
      tunnelSettings(await mergedOptions(change, vault), undefined);
    }
    return changeOptions(change, vault);
  }
  await refuseLocked(tunnelOptions, before ?? {}, vault);
  return {
    options: undefined,
    replaced: () => forgetOptions(tunnelOptions, before ?? {}, vault),
    undone: async () => {},
  };
}
