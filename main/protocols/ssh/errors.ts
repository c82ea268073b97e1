/**
 * Every way in which a tunnel can fail:
 * - `Unreachable`: no connection to the SSH host, or it is no SSH server.
 * - `HostKeyUnknown`, `HostKeyChanged`: no key was accepted yet, or the host shows another one.
 * - `SignInRefused`: none of the ways to sign in was taken.
 * - `BadKey`: the private key cannot be read, or not with this passphrase.
 * - `NoAgent`: there is no agent, or it does not answer.
 * - `ForwardingRefused`: the host may not or does not want to connect further.
 * - `TargetUnreachable`: the host tried; nobody listens there, or it does not know the name.
 * - `Broken`: the connection to the host ended while streams were open.
 * - `Closed`: the tunnel was closed by its owner.
 */
export type SshErrorCode =
  | 'Unreachable'
  | 'HostKeyUnknown'
  | 'HostKeyChanged'
  | 'SignInRefused'
  | 'BadKey'
  | 'NoAgent'
  | 'ForwardingRefused'
  | 'TargetUnreachable'
  | 'Broken'
  | 'Closed';

/** What is known about a failure beside its code. */
export interface SshErrorDetail {
  /** The SSH host, with its port where it is not the usual one. */
  readonly host: string;
  readonly user: string;
  /** What went wrong, in the words of the library, the server or the system. */
  readonly problem: string;
  /** Where the stream was to go: `host:port`. */
  readonly target?: string;
  /** Fingerprint of the key that the host shows. */
  readonly shown?: string;
  /** Fingerprints that were accepted. */
  readonly known?: readonly string[];
}

/** The one error type of this client. Never carries credentials. */
export class SshError extends Error {
  override readonly name = 'SshError';
  readonly code: SshErrorCode;
  readonly detail: SshErrorDetail;

  constructor(code: SshErrorCode, detail: SshErrorDetail) {
    super(`SSH host ${detail.host}: ${detail.problem}`);
    this.code = code;
    this.detail = detail;
  }
}
