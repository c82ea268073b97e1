import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.ts';
import { answerDigestChallenge } from './digest-md5.ts';
import { isZooKeeperError, ZooKeeperError } from './errors.ts';
import { OpCode, Xid } from './opcodes.ts';
import { saslRequest } from './session-requests.ts';
import type { AuthEntry, SaslCredentials } from './types.ts';

/** Who a connection shall be for its server. */
export interface Credentials {
  readonly sasl: SaslCredentials | undefined;
  readonly auth: readonly AuthEntry[];
}

/** What ZooKeeper's server calls itself in DIGEST-MD5: it refuses any other URI. */
const digestUri = 'zookeeper/zk-sasl-md5';
const cnonceBytes = 24;

/**
 * Proves every identity to the server, before any other request is sent. Rejects with `AuthFailed`, whose
 * `cause` is a `ConnectionLoss` where the server did not say so but dropped the connection.
 */
export async function authenticate(connection: Connection, { sasl, auth }: Credentials): Promise<void> {
  if (sasl !== undefined) await proveBySasl(connection, sasl);
  for (const entry of auth) await sendAuth(connection, entry);
}

/** Adds one identity to the session on this connection. The server drops it after a failure. */
export async function sendAuth(connection: Connection, { scheme, auth }: AuthEntry): Promise<void> {
  const token = typeof auth === 'string' ? Buffer.from(auth, 'utf8') : auth;
  await connection.sendControl(Xid.auth, OpCode.auth, `addAuth ${scheme}`, (w) => {
    w.int(0);
    w.string(scheme);
    w.buffer(token);
  });
}

async function proveBySasl(connection: Connection, credentials: SaslCredentials): Promise<void> {
  const challenge = await saslStep(connection, Buffer.alloc(0));
  const cnonce = randomBytes(cnonceBytes).toString('base64');
  const answer = answerDigestChallenge(challenge, credentials, digestUri, cnonce);
  answer.verify(await answerSasl(connection, answer.response));
}

function saslStep(connection: Connection, token: Buffer): Promise<Buffer | null> {
  const step = saslRequest(token);
  connection.send(step);
  return step.outcome;
}

async function answerSasl(connection: Connection, response: Buffer): Promise<Buffer | null> {
  try {
    return await saslStep(connection, response);
  } catch (error) {
    if (isZooKeeperError(error, 'SessionClosedRequireSasl', 'AuthFailed')) {
      throw new ZooKeeperError('AuthFailed', {
        op: 'sasl',
        message: 'the server refused the credentials',
        cause: error,
      });
    }
    if (!isZooKeeperError(error, 'ConnectionLoss')) throw error;
    const message = 'the server dropped the connection instead of accepting the credentials';
    throw new ZooKeeperError('AuthFailed', { op: 'sasl', message, cause: error });
  }
}
