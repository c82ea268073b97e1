import { CONTRACT_VERSION } from './contract.ts';

/** Where a host takes WebSocket connections for the contract. */
export const RPC_PATH = '/rpc';

const CONTRACT_PREFIX = 'holdfast.';
const TOKEN_PREFIX = 'holdfast-token.';

/**
 * The subprotocols that a client offers in `Sec-WebSocket-Protocol`: the contract version it speaks and, where it
 * cannot set an `Authorization` header (a browser), its token. A host answers with the version's one only, so
 * the token is never echoed and never stands in an URL.
 */
export function offeredProtocols(token?: string): string[] {
  const version = contractProtocol(CONTRACT_VERSION);
  return token === undefined ? [version] : [version, `${TOKEN_PREFIX}${token}`];
}

/** The subprotocol that stands for a contract version. */
export function contractProtocol(version: number): string {
  return `${CONTRACT_PREFIX}${version}`;
}

/** What a list of offered subprotocols says; members that it does not give are absent. */
export function readProtocols(offered: readonly string[]): { version?: string; token?: string } {
  const version = offered.find((name) => name.startsWith(CONTRACT_PREFIX));
  const token = offered.find((name) => name.startsWith(TOKEN_PREFIX));
  return {
    ...(version === undefined ? {} : { version: version.slice(CONTRACT_PREFIX.length) }),
    ...(token === undefined ? {} : { token: token.slice(TOKEN_PREFIX.length) }),
  };
}
