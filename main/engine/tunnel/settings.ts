import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import { type TunnelOptions, tunnelOptions } from '../../../shared/model/tunnel.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import type { SshOptions, SshSignIn } from '../../protocols/ssh/index.ts';

/** What a tunnel is called in messages. */
export const TUNNEL = 'SSH tunnel';

/**
 * The tunnel as its client takes it. @param raw options with their secrets in the clear
 * @throws HoldfastError `general.invalid-input` where options do not fit together
 */
export function tunnelSettings(raw: RawOptions, agent: string | undefined): SshOptions {
  const options = parseOptions(tunnelOptions, raw, TUNNEL);
  const { host, port, user, hostKey = '', keepAlive, connectTimeout } = options;
  return {
    host,
    port,
    user,
    signIn: signInOf(options, agent),
    hostKeys: hostKey
      .split(',')
      .map((key) => key.trim())
      .filter((key) => key !== ''),
    keepAliveMs: keepAlive * 1000,
    connectTimeoutMs: connectTimeout * 1000,
  };
}

function signInOf(
  { auth, password, privateKey, passphrase }: TunnelOptions,
  agent: string | undefined,
): SshSignIn {
  switch (auth) {
    case 'agent':
      return { by: 'agent', socket: agent };
    case 'password':
      if (password === undefined) throw missing(detail('password-needed'));
      return { by: 'password', password };
    case 'key':
      if (privateKey === undefined) throw missing(detail('private-key-needed'));
      return { by: 'key', privateKey, ...(passphrase === undefined ? {} : { passphrase }) };
  }
}

function missing(problem: Text): HoldfastError {
  return new HoldfastError('general.invalid-input', { what: TUNNEL, problem });
}
