import type { Client } from './client.ts';

/** An open way to an engine. */
export interface Session {
  readonly client: Client;
  /** `host`: runs go on when this program ends. `own`: they end with it. */
  readonly engine: 'host' | 'own';
  close(): Promise<void>;
}

/** Where a running host says it is. */
export interface Announcement {
  readonly url: string;
  readonly tokenFile: string;
}

/** The ways to an engine; the entry puts them together. */
export interface Engines {
  /** Undefined when no host has announced itself in this data directory. */
  findHost(dataDirectory: string): Promise<Announcement | undefined>;
  /** Undefined when nobody listens there: the host died without taking its announcement back. */
  connectHost(host: Announcement): Promise<Session | undefined>;
  /** What signs a browser of this machine in; it holds the host's token. */
  linkTo(host: Announcement): Promise<string>;
  /** Takes the data directory's lock and runs the engine in this process. */
  openOwn(dataDirectory: string): Promise<Session>;
}

/**
 * The running host of the data directory, else an engine of our own.
 * @throws HoldfastError `engine.data-directory-in-use`, `host.contract-mismatch`, `host.unauthorized`
 */
export async function openSession(engines: Engines, dataDirectory: string): Promise<Session> {
  const host = await engines.findHost(dataDirectory);
  const session = host === undefined ? undefined : await engines.connectHost(host);
  return session ?? engines.openOwn(dataDirectory);
}

/** The link to the host that runs on the data directory; undefined when none does. Errors are those of connecting. */
export async function linkOfHost(engines: Engines, dataDirectory: string): Promise<string | undefined> {
  const host = await engines.findHost(dataDirectory);
  const session = host === undefined ? undefined : await engines.connectHost(host);
  if (host === undefined || session === undefined) return undefined;
  await session.close();
  return engines.linkTo(host);
}
