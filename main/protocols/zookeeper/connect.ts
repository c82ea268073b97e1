import { ZooKeeperClient } from './client.ts';
import { parseConnectString } from './connect-string.ts';
import { Session } from './session.ts';
import type { ConnectOptions } from './types.ts';

/**
 * Begins a session. Every server of the connect string is tried once, in a random order; rejects with
 * `ConnectionLoss`, `AuthFailed` or `TlsFailed` naming each server's failure, with `BadArguments` for a bad
 * connect string, or with the reason of the signal.
 */
export async function connect(options: ConnectOptions): Promise<ZooKeeperClient> {
  const target = parseConnectString(options.connectString);
  const session = await Session.begin(
    target,
    {
      tls: options.tls,
      dial: options.dial,
      sasl: options.sasl,
      auth: options.auth ?? [],
      lastZxid: options.lastZxid ?? 0n,
      probes: options.probes ?? new Map(),
      sessionTimeoutMs: options.sessionTimeoutMs ?? 30_000,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      replyTimeoutMs: options.replyTimeoutMs ?? 60_000,
      closeTimeoutMs: options.closeTimeoutMs ?? 5_000,
      maxFrameBytes: options.maxFrameBytes ?? 256 * 1024 * 1024,
      random: options.random ?? Math.random,
    },
    options.signal ?? new AbortController().signal,
  );
  return new ZooKeeperClient(session);
}
