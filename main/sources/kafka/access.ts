import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import {
  type ConnectOptions,
  connect,
  type KafkaClient,
  type ServerAddress,
} from '../../protocols/kafka/index.ts';
import type { SourceContext } from '../contract.ts';
import { SERVICE } from './faults.ts';
import type { KafkaOptions } from './options.ts';
import { ScramVerifiers, type VerifierAccess } from './scram-verifiers.ts';

const DEFAULT_PORT = 9092;

/** What everything that works on one Kafka needs. */
export interface KafkaAccess {
  readonly client: KafkaClient;
  /** With access to the ZooKeeper of the cluster only. */
  readonly verifiers: VerifierAccess | undefined;
  readonly options: KafkaOptions;
  readonly now: () => Date;
  /** From 0 inclusive to 1 exclusive. */
  readonly random: () => number;
}

/** Connects and signs in. Errors are those of the clients, and `general.invalid-input` for options that do not fit. */
export async function openAccess(options: KafkaOptions, context: SourceContext): Promise<KafkaAccess> {
  const { now, random, gate, dial, signal } = context;
  const client = await connect({
    ...connectOptions(options),
    pace: gate,
    random,
    ...(dial === undefined ? {} : { dial }),
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    const verifiers = await ScramVerifiers.open(options, context);
    return { client, verifiers, options, now, random };
  } catch (error) {
    await client.close();
    throw error;
  }
}

export async function closeAccess({ client, verifiers }: KafkaAccess): Promise<void> {
  await Promise.all([client.close(), verifiers?.close()]);
}

/** How the client is to connect. @throws HoldfastError `general.invalid-input` where options do not fit together. */
export function connectOptions(options: KafkaOptions): ConnectOptions {
  const { ca, cert, key, serverName, verify } = options;
  return {
    bootstrap: parseServers(options.bootstrapServers),
    connectTimeoutMs: options.connectTimeout * 1000,
    requestTimeoutMs: options.requestTimeout * 1000,
    patienceMs: options.patience * 1000,
    ...credentials(options),
    ...(options.tls
      ? {
          tls: {
            verify,
            ...(ca === undefined ? {} : { ca }),
            ...(cert === undefined ? {} : { cert }),
            ...(key === undefined ? {} : { key }),
            ...(serverName === undefined ? {} : { serverName }),
          },
        }
      : {}),
  };
}

function credentials({ auth, user, password }: KafkaOptions): Pick<ConnectOptions, 'sasl'> {
  if (auth === 'none') return {};
  if (user === undefined || password === undefined) throw invalid(detail('user-and-password'));
  const mechanisms = {
    plain: 'PLAIN',
    'scram-sha-256': 'SCRAM-SHA-256',
    'scram-sha-512': 'SCRAM-SHA-512',
  } as const;
  return { sasl: { mechanism: mechanisms[auth], username: user, password } };
}

/** `host:port,host:port`; IPv6 in brackets. */
function parseServers(text: string): ServerAddress[] {
  return text.split(',').map((server) => {
    const [, bracketed, plain, port] =
      /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(server.trim()) ?? [];
    const host = bracketed ?? plain;
    const number = port === undefined ? DEFAULT_PORT : Number(port);
    if (host === undefined || number > 65_535)
      throw invalid(detail('no-host-port', { server: server.trim() }));
    return { host, port: number };
  });
}

function invalid(problem: Text): HoldfastError {
  return new HoldfastError('general.invalid-input', { what: SERVICE, problem });
}
