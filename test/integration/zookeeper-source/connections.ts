import { connect, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { LoadGate, type LoadLimits } from '../../../main/sources/load.ts';
import driver from '../../../main/sources/zookeeper/driver.ts';
import { type ZooKeeperOptions, zookeeperOptions } from '../../../main/sources/zookeeper/options.ts';
import type { ForeignZnode } from '../../foreign/zookeeper.ts';

interface Target {
  readonly connectString: string;
}

export const superPassword = 'super-secret';
export const asSuper = { auth: 'digest', user: 'super', password: superPassword } as const;
export const everything = { roots: ['/'], include: [], exclude: [] };
export const equal = { select: [], mode: 'equal' } as const;
export const merge = { select: [], mode: 'merge' } as const;

/** A source connection as the engine opens it. */
export async function openSource(
  target: Target,
  options: Partial<ZooKeeperOptions> = {},
  limits: LoadLimits = { requestsInFlight: 8 },
): Promise<SourceConnection> {
  const all = zookeeperOptions.parse({ connectString: target.connectString, ...options });
  return driver.connect(all, { now: () => new Date(), random: Math.random, gate: new LoadGate(limits) });
}

/** A plain client, for changes made beside the source. */
export async function openClient(target: Target, digest?: string): Promise<ZooKeeperClient> {
  return connect({
    connectString: target.connectString,
    ...(digest === undefined ? {} : { auth: [{ scheme: 'digest', auth: digest }] }),
  });
}

export function selectionOf(...roots: string[]): { roots: string[]; include: string[]; exclude: string[] } {
  return { roots, include: [], exclude: [] };
}

/** What a restore promises to bring back of a foreign client's dump. */
export function restorable(dump: readonly ForeignZnode[]): readonly object[] {
  return dump
    .filter((node) => node.ephemeralOwner === '0' && !/^\/zookeeper(?!\/quota)/.test(node.path))
    .map(({ path, data, acl, cversion, numChildren }) => ({
      path,
      data,
      acl,
      nextSequence: (cversion + numChildren) / 2,
    }));
}
