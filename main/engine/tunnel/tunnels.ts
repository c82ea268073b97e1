import { isDeepStrictEqual } from 'node:util';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { type ShownHostKey, tunnelOptions } from '../../../shared/model/tunnel.ts';
import type { RawOptions } from '../../../shared/options/parse.ts';
import { SshTunnel, showHostKey } from '../../protocols/ssh/index.ts';
import { openOptions } from '../../secrets/options.ts';
import type { Vault } from '../../secrets/vault.ts';
import type { SourceContext } from '../../sources/contract.ts';
import { tunnelFault } from '../../sources/tunnel-faults.ts';
import type { Surroundings } from '../surroundings.ts';
import { tunnelSettings } from './settings.ts';

const HOST_KEY_TIMEOUT_MS = 15_000;

/** The way into a cluster, as a source's context takes it; empty for this machine's own network. */
export type Way = Pick<SourceContext, 'dial'>;

/** A way that whoever asked for it closes. */
export type OpenWay = Way & { readonly close: () => void };

interface KnownTunnel {
  /** As they are kept: a secret that was changed has another reference. */
  readonly options: RawOptions;
  readonly tunnel: SshTunnel;
}

/** One tunnel for each cluster that has one, shared by all connections to its services. */
export class Tunnels {
  readonly #known = new Map<string, KnownTunnel>();
  readonly #vault: Vault;
  readonly #agent: string | undefined;

  constructor(vault: Vault, { sshAgent }: Pick<Surroundings, 'sshAgent'>) {
    this.#vault = vault;
    this.#agent = sshAgent;
  }

  /**
   * The way into a cluster; its tunnel is open then. After a change of its options there is a new one, while what is
   * under way keeps to the old.
   * @throws HoldfastError `tunnel.*`, `secrets.*`, `general.invalid-input`
   */
  async way({ id, tunnel: options }: Pick<Cluster, 'id' | 'tunnel'>, signal?: AbortSignal): Promise<Way> {
    if (options === undefined) {
      this.#forget(id);
      return {};
    }
    const tunnel = this.#fitting(id, options) ?? (await this.#replace(id, options));
    await opened(tunnel, signal);
    return { dial: tunnel.dial };
  }

  /**
   * A way of its own, for a look at a cluster that is not saved, or not so. @param options of the tunnel, with secrets
   * in the clear or as references; undefined: there is none
   * @throws HoldfastError as `way`
   */
  async open(options: RawOptions | undefined, signal?: AbortSignal): Promise<OpenWay> {
    if (options === undefined) return { close: () => {} };
    const raw = await openOptions(tunnelOptions, options, this.#vault);
    const tunnel = new SshTunnel(tunnelSettings(raw, this.#agent));
    try {
      await opened(tunnel, signal);
      return { dial: tunnel.dial, close: () => tunnel.close() };
    } catch (error) {
      tunnel.close();
      throw error;
    }
  }

  close(): void {
    for (const { tunnel } of this.#known.values()) tunnel.close();
    this.#known.clear();
  }

  async #replace(id: string, options: RawOptions): Promise<SshTunnel> {
    const raw = await openOptions(tunnelOptions, options, this.#vault);
    // Somebody else may have come for it meanwhile.
    const known = this.#fitting(id, options);
    if (known !== undefined) return known;
    const tunnel = new SshTunnel(tunnelSettings(raw, this.#agent));
    this.#forget(id);
    this.#known.set(id, { options, tunnel });
    return tunnel;
  }

  #fitting(id: string, options: RawOptions): SshTunnel | undefined {
    const known = this.#known.get(id);
    return isDeepStrictEqual(known?.options, options) ? known?.tunnel : undefined;
  }

  #forget(id: string): void {
    this.#known.get(id)?.tunnel.retire();
    this.#known.delete(id);
  }
}

async function opened(tunnel: SshTunnel, signal: AbortSignal | undefined): Promise<void> {
  try {
    await tunnel.open(signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw tunnelFault(error) ?? error;
  }
}

/**
 * The key that an SSH host shows; nobody signs in.
 * @throws HoldfastError `tunnel.unreachable`
 */
export async function askHostKey(
  address: { readonly host: string; readonly port: number },
  signal: AbortSignal | undefined,
): Promise<ShownHostKey> {
  try {
    return await showHostKey(
      { ...address, connectTimeoutMs: HOST_KEY_TIMEOUT_MS },
      signal ?? new AbortController().signal,
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw tunnelFault(error) ?? error;
  }
}
