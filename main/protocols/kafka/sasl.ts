import {
  apiVersionsV1,
  type Connection,
  saslAuthenticateV0,
  saslAuthenticateV1,
  saslAuthenticateV2,
  saslHandshakeV1,
  saslPlain,
  saslScramSha,
} from '@platformatic/kafka';
import type { SaslOptions } from './types.ts';

/** Requests of a sign-in: SaslHandshake, SaslAuthenticate. */
export const SIGN_IN_KEYS: readonly number[] = [saslHandshakeV1.api.key, saslAuthenticateV2.api.key];

type Authenticate = (typeof saslAuthenticateV2)['api'];

/** How to sign in at this broker: the newest version that it knows. It has to be asked before anybody signs in. */
export async function authenticateApi(connection: Connection, clientId: string): Promise<Authenticate> {
  const { apiKeys } = await apiVersionsV1.api.async(connection, clientId, '1');
  const newest = apiKeys.find(({ apiKey }) => apiKey === saslAuthenticateV2.api.key)?.maxVersion ?? 0;
  if (newest >= 2) return saslAuthenticateV2.api;
  return newest === 1 ? saslAuthenticateV1.api : saslAuthenticateV0.api;
}

/** Signs in and tells how long that lasts, ms; 0: for good. */
export async function signIn(
  connection: Connection,
  authenticate: Authenticate,
  { mechanism, username, password }: SaslOptions,
): Promise<number> {
  await saslHandshakeV1.api.async(connection, mechanism);
  const answer =
    mechanism === 'PLAIN'
      ? await saslPlain.authenticate(authenticate, connection, username, password)
      : await saslScramSha.authenticate(authenticate, connection, hashOf(mechanism), username, password);
  return Number(answer.sessionLifetimeMs);
}

function hashOf(mechanism: Exclude<SaslOptions['mechanism'], 'PLAIN'>): 'SHA-256' | 'SHA-512' {
  return mechanism === 'SCRAM-SHA-256' ? 'SHA-256' : 'SHA-512';
}
