import { randomBytes } from 'node:crypto';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { LoadGate } from '../../../main/sources/load.ts';
import zookeeper from '../../../main/sources/zookeeper/driver.ts';
import { defaultLimits } from '../../../shared/model/cluster.ts';
import { fillWithJava } from '../../foreign/zookeeper.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';

export const superPassword = 'bench';

/** Digest account that may read and write every node, for the foreign clients. */
export const superUser = `super:${superPassword}`;

/** The root of every tree that a bench makes. */
export const ROOT = '/bench';

/**
 * An empty server as one is run for real: it syncs its log to the disk before it answers a write
 * (`zookeeper.forceSync`, which other tests turn off).
 */
export function startServer(heapMb: number): Promise<ZooKeeperServer> {
  const properties = { 'zookeeper.forceSync': 'yes' };
  return startZooKeeper({ superPassword: superPassword, heapMb, properties });
}

/**
 * A server with a tree of that many nodes: data of 0 to 640 bytes (300 on average; text, binary, empty, none), five
 * kinds of ACL on every fifth node, sequence nodes, a deep chain, odd names.
 */
export async function startFilledServer(znodes: number, heapMb: number): Promise<ZooKeeperServer> {
  const server = await startServer(heapMb);
  await fillWithJava(server, { path: ROOT, count: znodes }, { digest: superUser });
  return server;
}

/** Our way to the server, with the load limits that a cluster outside of production has unless it is told others. */
export function connectSource(server: ZooKeeperServer): Promise<SourceConnection> {
  const options = zookeeper.options.parse({
    connectString: server.connectString,
    auth: 'digest',
    user: 'super',
    password: superPassword,
  });
  return zookeeper.connect(options, {
    now: () => new Date(),
    random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
    gate: new LoadGate(defaultLimits('test')),
  });
}

const DELETED_AT_ONCE = 500;

/** Deletes nodes that were created in this order: the last one first. */
export async function wipeTree(server: ZooKeeperServer, paths: readonly string[]): Promise<void> {
  const auth = [{ scheme: 'digest', auth: superUser }];
  await using client = await connect({ connectString: server.connectString, auth });
  const deletions = paths.toReversed().map((path) => ({ op: 'delete', path }) as const);
  const underWay: Promise<unknown>[] = [];
  for (let at = 0; at < deletions.length; at += DELETED_AT_ONCE)
    underWay.push(client.commit(deletions.slice(at, at + DELETED_AT_ONCE)));
  await Promise.all(underWay);
}
