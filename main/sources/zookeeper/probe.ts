import type { JsonObject } from '../../../shared/model/entry.ts';
import { isZooKeeperError, parseConnectString } from '../../protocols/zookeeper/index.ts';
import type { ProbeReport } from '../contract.ts';
import { readHistory } from './history.ts';
import type { Link } from './link.ts';
import type { ZooKeeperOptions } from './options.ts';
import { askServer, isReport } from './server-report.ts';

/** Where servers keep the list of their ensemble, readable by everyone by default. */
const CONFIGURATION = '/zookeeper/config';

/**
 * Version, identity and access. A ZooKeeper has no id of its own: its identity is the members of the ensemble as the
 * servers list them, else the servers of the connect string, the path that is taken for the root, and facts of its
 * history.
 */
export async function probe(
  link: Link,
  options: ZooKeeperOptions,
  signal?: AbortSignal,
): Promise<ProbeReport> {
  const members = await membersOf(link, options, signal);
  const identity = await identityOf(link, members, signal);
  const { host, port } = link.client.server;
  return {
    version: await versionOf(link, signal),
    identity,
    facts: [
      { label: { en: 'Server', zh: '服务器' }, value: `${host}:${port}` },
      { label: { en: 'Members', zh: '集群成员' }, value: members.join(', ') },
      { label: { en: 'Root', zh: '根路径' }, value: rootOf(link) },
      { label: { en: 'Sign-in', zh: '认证方式' }, value: options.auth },
      { label: { en: 'TLS', zh: 'TLS 加密' }, value: options.tls ? 'on' : 'off' },
    ],
  };
}

/** The identity as far as the session at hand tells it: without the servers of the connect string. */
export async function readIdentity(link: Link, signal?: AbortSignal): Promise<JsonObject> {
  const members = link.chroot === '' ? await configuredMembers(link, signal) : [];
  return identityOf(link, members, signal);
}

async function identityOf(
  link: Link,
  members: readonly string[],
  signal: AbortSignal | undefined,
): Promise<JsonObject> {
  return { members: [...members], chroot: rootOf(link), ...(await readHistory(link, signal)) };
}

function rootOf({ chroot }: Link): string {
  return chroot === '' ? '/' : chroot;
}

async function membersOf(
  link: Link,
  options: ZooKeeperOptions,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const listed = link.chroot === '' ? await configuredMembers(link, signal) : [];
  if (listed.length > 0) return listed;
  const { servers } = parseConnectString(options.connectString);
  return servers.map(({ host, port }) => `${host}:${port}`).sort();
}

/** Lines such as `server.1=host:2888:3888:participant;0.0.0.0:2181`; a standalone server has none. */
async function configuredMembers(link: Link, signal: AbortSignal | undefined): Promise<readonly string[]> {
  try {
    const { data } = await link.read((client) => client.getData(CONFIGURATION, signal && { signal }), signal);
    const lines = data === null ? [] : data.toString().split('\n');
    return lines.filter((line) => line.startsWith('server.')).sort();
  } catch (error) {
    if (isZooKeeperError(error, 'NoNode', 'NoAuth')) return [];
    throw error;
  }
}

async function versionOf(link: Link, signal: AbortSignal | undefined): Promise<string | null> {
  const answer = await askServer(link.client.server, link.way, signal);
  return isReport(answer) ? answer.version : null;
}
