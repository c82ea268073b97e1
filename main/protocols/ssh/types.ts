/** How to prove who signs in. */
export type SshSignIn =
  | { readonly by: 'password'; readonly password: string }
  /** Text of the key file; the passphrase where it has one. */
  | { readonly by: 'key'; readonly privateKey: string; readonly passphrase?: string }
  /** Socket of the agent, or the name of its pipe; undefined where there is none. */
  | { readonly by: 'agent'; readonly socket: string | undefined };

/** An SSH host, and how to come in. */
export interface SshOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly signIn: SshSignIn;
  /** Fingerprints of the host's keys, any of which is believed. None: nothing connects. */
  readonly hostKeys: readonly string[];
  /** Silence after which the host is asked for a sign of life, ms; 0: never. */
  readonly keepAliveMs: number;
  /** Bound for TCP, key exchange and sign-in together, ms. */
  readonly connectTimeoutMs: number;
}

/** `host`, or `host:port` where the port is not the usual one. */
export function hostText({ host, port }: Pick<SshOptions, 'host' | 'port'>): string {
  if (port === 22) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
