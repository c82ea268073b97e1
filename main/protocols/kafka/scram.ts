import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { alterUserScramCredentialsV0, describeUserScramCredentialsV0 } from '@platformatic/kafka';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import type { KafkaError } from './errors.ts';
import { protocolError, raise } from './failure.ts';
import { writeByController } from './fan-out.ts';
import { request } from './request.ts';
import type {
  CallOptions,
  Outcome,
  ScramChange,
  ScramCredential,
  ScramDescription,
  ScramMechanism,
} from './types.ts';

const ALTERED = 100;
const SALT_BYTES = 24;
const ENCODED = /^(?:[\w.-]|%[\dA-F]{2})*%[\dA-F]{2}(?:[\w.-]|%[\dA-F]{2})*$/;

/** `org.apache.kafka.clients.admin.ScramMechanism` */
const MECHANISMS = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 } as const;
const DIGESTS = {
  'SCRAM-SHA-256': { name: 'sha256', bytes: 32 },
  'SCRAM-SHA-512': { name: 'sha512', bytes: 64 },
} as const;

const describeRequest = request('describeScram', describeUserScramCredentialsV0.api);
const alterRequest = request('alterScram', alterUserScramCredentialsV0.api);

const derive = promisify(pbkdf2);

/** See {@link KafkaClient.describeScram}. The library reads a null list of users as an empty one: all of them. */
export async function describeScram(
  cluster: Cluster,
  { signal }: CallOptions = {},
): Promise<ScramDescription> {
  const reply = await cluster.ask(describeRequest, [[]], { signal, accept: refused });
  const escaped = await escapedNames(
    cluster,
    reply.results.map(({ user }) => user),
    signal,
  );
  const credentials: ScramCredential[] = [];
  const untold = new Map<string, KafkaError>();
  for (const { user, errorCode, errorMessage, credentialInfos } of reply.results) {
    const name = escaped.has(user) ? decodeURIComponent(user) : user;
    const detail = { subject: `describeScram ${name}`, message: errorMessage ?? undefined };
    const error = protocolError(errorCode, detail);
    if (error !== undefined && error.code !== 'RESOURCE_NOT_FOUND') untold.set(name, error);
    for (const { mechanism: number, iterations } of credentialInfos) {
      const mechanism = mechanismName(number);
      if (mechanism !== undefined) credentials.push({ user: name, mechanism, iterations });
    }
  }
  return { credentials, untold };
}

function refused({
  errorCode,
  errorMessage,
}: {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
}): void {
  raise(errorCode, 'describeScram', errorMessage);
}

/**
 * Kafka 2.8 lists users as ZooKeeper has them, percent-encoded, though it takes their plain names everywhere. Names
 * that look encoded are asked for as they are: who is not found is encoded.
 */
async function escapedNames(
  cluster: Cluster,
  users: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const suspicious = users.filter((user) => ENCODED.test(user)).map((name) => ({ name }));
  if (suspicious.length === 0) return new Set();
  const reply = await cluster.ask(describeRequest, [suspicious], {
    signal,
    objects: suspicious.length,
    accept: refused,
  });
  const unknown = reply.results.filter(
    ({ errorCode }) => protocolError(errorCode)?.code === 'RESOURCE_NOT_FOUND',
  );
  return new Set(unknown.map(({ user }) => user));
}

/** See {@link KafkaClient.alterScram}. The password stays here: the cluster gets what is derived from it. */
export function alterScram(
  cluster: Cluster,
  changes: readonly ScramChange[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: changes,
    chunk: ALTERED,
    signal,
    async ask(broker, asked) {
      const outcomes = new Map<ScramChange, Outcome>();
      for (const round of rounds(asked)) await alterOnce(broker, round, outcomes, signal);
      return asked.map((change) => outcomes.get(change));
    },
  });
}

/** A request may name a user only once, even with two mechanisms. */
function rounds(changes: readonly ScramChange[]): readonly ScramChange[][] {
  const counts = new Map<string, number>();
  const cut: ScramChange[][] = [];
  for (const change of changes) {
    const round = counts.get(change.user) ?? 0;
    counts.set(change.user, round + 1);
    cut[round] = [...(cut[round] ?? []), change];
  }
  return cut;
}

async function alterOnce(
  broker: Broker,
  changes: readonly ScramChange[],
  outcomes: Map<ScramChange, Outcome>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deletions = changes
    .filter(({ action }) => action === 'delete')
    .map(({ user, mechanism }) => ({ name: user, mechanism: MECHANISMS[mechanism] }));
  const settings = await Promise.all(changes.filter((change) => change.action === 'set').map(salted));
  const options = { signal, objects: changes.length, write: true };
  const reply = await broker.send(alterRequest, [deletions, settings], options);
  const results = new Map(reply.results.map((result) => [result.user, result]));
  for (const change of changes) {
    const told = results.get(change.user);
    const detail = { subject: `alterScram ${change.user}`, message: told?.errorMessage ?? undefined };
    outcomes.set(change, protocolError(told?.errorCode ?? -1, detail));
  }
}

/** RFC 5802: SaltedPassword := Hi(password, salt, iterations). */
async function salted({
  user,
  mechanism,
  iterations,
  password,
}: Extract<ScramChange, { action: 'set' }>): Promise<{
  name: string;
  mechanism: number;
  iterations: number;
  salt: Buffer;
  saltedPassword: Buffer;
}> {
  const salt = randomBytes(SALT_BYTES);
  const { name, bytes } = DIGESTS[mechanism];
  const saltedPassword = await derive(password, salt, iterations, bytes, name);
  return { name: user, mechanism: MECHANISMS[mechanism], iterations, salt, saltedPassword };
}

function mechanismName(number: number): ScramMechanism | undefined {
  if (number === MECHANISMS['SCRAM-SHA-256']) return 'SCRAM-SHA-256';
  return number === MECHANISMS['SCRAM-SHA-512'] ? 'SCRAM-SHA-512' : undefined;
}
