import { ZooKeeperError } from './errors.ts';
import { validatePath } from './paths.ts';

/** One server of an ensemble. */
export interface ServerAddress {
  /** Name or address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

export interface ConnectTarget {
  /** In the order written; at least one. */
  readonly servers: readonly ServerAddress[];
  /** Prefix of every path, without a slash at its end; empty for none. */
  readonly chroot: string;
}

const defaultPort = 2181;

/**
 * Reads `host:port,host:port/chroot`, the form of ZooKeeper's own client. IPv6 addresses stand in
 * brackets; the port is 2181 where none is given. Throws a `BadArguments` error naming the bad part.
 */
export function parseConnectString(text: string): ConnectTarget {
  const slash = text.indexOf('/');
  const hosts = slash < 0 ? text : text.slice(0, slash);
  const chroot = slash < 0 ? '' : text.slice(slash);
  const servers = hosts
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseServer);
  if (servers.length === 0) throw bad('no server in the connect string');
  return { servers, chroot: chroot.trim() === '/' || chroot === '' ? '' : validChroot(chroot.trim()) };
}

/** `host:port`, with brackets around IPv6. */
export function formatServer({ host, port }: ServerAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseServer(text: string): ServerAddress {
  const bracketed = /^\[([^\]]+)\](?::(.*))?$/.exec(text);
  const plain = /^([^:[\]]+)(?::(.*))?$/.exec(text);
  const match = bracketed ?? plain;
  const host = match?.[1];
  if (host === undefined) throw bad(`"${text}" is no host:port; IPv6 addresses need brackets`);
  return { host, port: parsePort(match?.[2], text) };
}

function parsePort(text: string | undefined, server: string): number {
  if (text === undefined) return defaultPort;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) throw bad(`"${server}" has no valid port`);
  return port;
}

function validChroot(chroot: string): string {
  validatePath(chroot, 'connect');
  return chroot;
}

function bad(message: string): ZooKeeperError {
  return new ZooKeeperError('BadArguments', { op: 'connect', message });
}
